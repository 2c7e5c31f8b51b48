"""Checks the log in the database and exports it for a check without one."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from clustermark.casework.log import GENESIS, LogEntry, salted_digest, verify_chain
from clustermark.ground.problems import Place, Problem
from clustermark.ground.texts import gettext as _
from clustermark.web.log.models import LogRow, LogText

NAME = "log"


def verify_log(*, ends_with: str | None = None) -> Iterator[Problem]:
    """Every fault of the stored log, and every text beside it that is not the one whose digest it holds."""
    unreadable: list[Problem] = []
    yield from verify_chain(_entries(unreadable), file=NAME, ends_with=ends_with)
    yield from unreadable
    for words in LogText.objects.select_related("row").iterator():
        if salted_digest(words.text, words.salt) != words.row.reason:
            yield Problem(
                "log-words-changed",
                _("The words kept beside entry {n} are not the ones that were logged.").format(
                    n=words.row_id
                ),
                Place(NAME, row=words.row_id),
            )


def _entries(unreadable: list[Problem]) -> Iterator[tuple[LogEntry, str]]:
    for row in LogRow.objects.order_by("number").iterator():
        try:
            yield row.entry(), row.hash
        except ValidationError:
            unreadable.append(
                Problem("log-unreadable", _("This is not an entry of a log."), Place(NAME, row=row.number))
            )


def export_lines() -> Iterator[str]:
    """The whole log, one line an entry; `clustermark log verify FILE` checks it without the database."""
    for row in LogRow.objects.order_by("number").iterator():
        yield row.entry().to_line() + "\n"


def head() -> str:
    """The hash of the last entry: publish it elsewhere, and nothing can be cut off unseen."""
    last = LogRow.objects.order_by("-number").first()
    return GENESIS if last is None else last.hash
