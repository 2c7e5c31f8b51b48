"""Who signs for this site: the keys in use, the public key document, and the signed status lists."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.conf import settings

from clustermark.certificates.addresses import is_loopback
from clustermark.certificates.did import KeyDocument, read_key_document
from clustermark.certificates.keys import open_signer
from clustermark.certificates.signer import Issuer, Signer
from clustermark.certificates.status import Purpose, StatusList, status_list_token
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import LocalText
from clustermark.ground.texts import gettext as _
from clustermark.register.life import status_bits
from clustermark.transparency.checkpoint import VerifierKey
from clustermark.web.register.models import AwardSpan, IssuerKeys, StatusPlace
from clustermark.web.register.queries.whole import Head

LIST_LIFE = timedelta(hours=24)
FRESH = timedelta(hours=1)
"""A list that is older is signed anew, so that what is handed out is good for almost a day."""


def site_address() -> str:
    """The address of the site in certificates: https, but for a developer's own machine, as it is configured."""
    parts = urlsplit(settings.SITE_URL)
    return f"{parts.scheme if is_loopback(parts.netloc) else 'https'}://{parts.netloc}"


def issuer_of_site(name: LocalText) -> Issuer:
    """The issuer that this site is: a `did:web` of its host, certificates checked at its register."""
    host = urlsplit(settings.SITE_URL).netloc
    address = site_address()
    return Issuer.model_validate(
        {
            "id": "did:web:" + quote(host, safe=""),
            "name": name,
            "website": f"{address}/",
            "check_address": f"{address}/register/",
        }
    )


def keys_in_use() -> IssuerKeys | None:
    """The newest key document with the name of its file of keys."""
    return IssuerKeys.objects.first()


def key_document() -> KeyDocument | None:
    """The public key document; None before there are keys."""
    row = keys_in_use()
    return read_key_document(row.document, file="did.json") if row else None


def signer() -> Signer:
    """The signer in use. Raises ProblemsError where there are no keys, or the passphrase does not open them."""
    row = keys_in_use()
    if row is None:
        message = _("There are no keys to sign with; `clustermark site keys` makes them.")
        raise ProblemsError([Problem("keys-missing", message, Place("keys"))])
    path = Path(settings.HOME) / "keys" / row.file
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        message = _("The file of keys cannot be read: {reason}.").format(reason=error.strerror)
        raise ProblemsError([Problem("keys-missing", message, Place("keys", field=row.file))]) from None
    return _opened(text, row.file, settings.KEY_PASSPHRASE, settings.KEY_PIN)


@lru_cache(maxsize=4)
def _opened(text: str, file: str, passphrase: str, pin: str) -> Signer:
    return open_signer(text, file=file, passphrase=passphrase, pin=pin)


def log_key(used: Signer) -> VerifierKey:
    """The public key under which checkpoints of the log are signed: the credential key, by the site's name."""
    credential_key, _document_key = used.keys()
    public = credential_key.public_key or b""
    return VerifierKey(f"{urlsplit(settings.SITE_URL).netloc}/log", public)


def list_address(purpose: Purpose, number: int) -> str:
    """Where the status list of one purpose with this number is published; it never changes."""
    return f"{site_address()}/status/{purpose}" + (f"/{number}" if number > 1 else "")


def list_numbers() -> list[int]:
    """The numbers of the status lists, from 1; one query. The first is published from the beginning."""
    newest = StatusPlace.objects.order_by("-list_number").values_list("list_number", flat=True).first()
    return list(range(1, (newest or 1) + 1))


def status_list_on(purpose: Purpose, number: int, day: date) -> StatusList:
    """The marks of one status list on a day; one query."""
    spans = AwardSpan.objects.filter(award__status_place__list_number=number, first__lte=day, last__gte=day)
    found = spans.filter(state__in=("withdrawn", "void", "suspended")).values_list(
        "award__status_place__index", "state"
    )
    marked = {
        index
        for index, state in found
        if (bits := status_bits(state)) and (bits.revoked if purpose == "revocation" else bits.suspended)  # type: ignore[arg-type] # spans hold states alone
    }
    return StatusList(purpose, list_address(purpose, number), frozenset(marked))


_LISTS: dict[tuple[Purpose, int], tuple[tuple[object, ...], datetime, str]] = {}


def signed_list(purpose: Purpose, number: int, *, at: Head, now: datetime) -> str:
    """A status list as a signed token; made anew when the register, the day or the keys have changed."""
    used = signer()
    day = now.astimezone(UTC).date()
    key = (at, day, used.key_id, settings.SITE_URL, str(settings.HOME))
    kept = _LISTS.get((purpose, number))
    if kept is None or kept[0] != key or now - kept[1] > FRESH:
        marks = status_list_on(purpose, number, day)
        token = status_list_token(marks, used, issued_at=now, life=LIST_LIFE)
        _LISTS[purpose, number] = kept = (key, now, token)
    return kept[2]
