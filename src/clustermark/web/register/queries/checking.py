"""Checking what somebody brings: a PDF, a credential, an address or a number. Nothing is kept, nothing is fetched."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import unquote, urlsplit

from clustermark.certificates.bounded import inspect_bounded
from clustermark.certificates.number import PATTERN, read_number
from clustermark.certificates.pdf_reading import PdfFindings
from clustermark.certificates.status import Purpose
from clustermark.certificates.verdict import Verdict
from clustermark.certificates.verify import verify
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.register.models import Award
from clustermark.web.register.queries.signing import key_document, list_numbers, signed_list
from clustermark.web.register.queries.whole import head

MOST = 2_500_000
"""Bytes of a file that is looked at."""
READERS = 2
"""PDFs that are read at the same time, each in a process of its own with limits of time and memory."""
WAIT = 10.0
_READERS = threading.BoundedSemaphore(READERS)
_PURPOSES: tuple[Purpose, Purpose] = ("revocation", "suspension")


def check(data: bytes, *, now: datetime) -> Verdict:
    """The verdict on a PDF or a credential, by this site's own keys and states.

    Raises ProblemsError for what is too large, and while too many others are being checked.
    """
    if len(data) > MOST:
        raise too_large()
    document = key_document()
    lists = []
    if document is not None:
        at = head()
        try:
            lists = [
                signed_list(purpose, number, at=at, now=now)
                for number in list_numbers()
                for purpose in _PURPOSES
            ]
        except ProblemsError:
            lists = []
    return verify(
        data,
        documents=[document] if document else [],
        status_lists=lists,
        now=now,
        inspect=_inspect,
    )


def too_large() -> ProblemsError:
    """The refusal of a file that is too large."""
    message = _("The file is larger than a certificate can be.")
    allowed = _("at most {size} MB").format(size="2.5")
    return ProblemsError([Problem("file-large", message, Place("verify", field="file"), allowed=allowed)])


def _inspect(data: bytes) -> PdfFindings:
    with _turn():
        return inspect_bounded(data)


@contextmanager
def _turn() -> Iterator[None]:
    if not _READERS.acquire(timeout=WAIT):
        message = _("Too many files are being checked at the moment; please try again in a minute.")
        raise ProblemsError([Problem("busy", message, Place("verify"))])
    try:
        yield
    finally:
        _READERS.release()


def number_in(text: str) -> str | None:
    """The number that a text names: the number itself, or the last part of an address; None where it names none.

    Raises ProblemsError for a number whose check digits do not fit.
    """
    text = text.strip()
    if len(text) > 400 or "\n" in text:
        return None
    if "://" in text:
        try:
            parts = [unquote(part) for part in urlsplit(text).path.split("/") if part]
        except ValueError:
            return None
        text = parts[-1] if parts else ""
    if "\0" in text:  # PostgreSQL takes none
        return None
    if Award.objects.filter(number=text).exists():
        return text
    text = text.upper()
    if re.fullmatch(PATTERN, text):
        return str(read_number(text))
    return None
