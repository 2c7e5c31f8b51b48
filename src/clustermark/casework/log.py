"""The log of acts: entries chained by SHA-256 over RFC 8785, checked without any database.

Every entry carries the hash of the one before it, so a changed, removed, inserted or reordered entry is found and
named. An entry holds references and digests, never a person's words: what was written is kept beside the
log with a random salt, and erasing it leaves the chain whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from clustermark.ground.documents import Document
from clustermark.ground.exact import canonical
from clustermark.ground.problems import Place, Problem
from clustermark.ground.texts import gettext as _

GENESIS = "0" * 64
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Digest = Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]


class LogEntry(Document):
    """One act.

    `number` counts from 1 without gaps; `at` is UTC to the microsecond; `actor` is a reference to a person
    (``user:…``) or ``system``; `subject` is what was acted on (``case:…``); `reason` is the salted digest of the
    reason's words; `before` and `after` are digests of what was changed; `facts` are the act's own
    plain facts (states, codes, digests: never a person's text). `previous` is the hash of the entry before.
    """

    format: Literal["clustermark-log/1"] = "clustermark-log/1"
    number: Annotated[int, Field(ge=1)]
    at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")]
    actor: str
    role: str
    act: str
    subject: str
    reason: Digest | None = None
    before: Digest | None = None
    after: Digest | None = None
    facts: dict[str, str | int | bool | None] = {}
    previous: Hash

    @property
    def hash(self) -> str:
        """SHA-256 over the canonical form of the entry, 64 hexadecimal digits."""
        return hashlib.sha256(canonical(self.model_dump())).hexdigest()

    def to_line(self) -> str:
        """The entry as one line of an exported log, with its hash beside it."""
        return json.dumps({**self.model_dump(), "hash": self.hash}, ensure_ascii=False, sort_keys=True)


def instant(moment: datetime) -> str:
    """A moment as the log writes it: UTC with microseconds and Z. Raises ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("A moment in the log needs a time zone.")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def salted_digest(text: str, salt: str) -> str:
    """The digest of a person's words: without the salt nobody can try out what the words were."""
    return "sha256:" + hashlib.sha256(canonical({"salt": salt, "text": text})).hexdigest()


def verify_chain(
    entries: Iterable[tuple[LogEntry, str]],
    *,
    file: str,
    first: int = 1,
    previous: str = GENESIS,
    ends_with: str | None = None,
) -> Iterator[Problem]:
    """Every fault of a chain, naming the entry; nothing when it holds.

    `entries` are entries in stored order, each with the hash stored beside it. `ends_with` is the hash of the
    last entry as known from elsewhere (a published head): without it, entries cut off at the end cannot be
    seen by anyone.
    """
    number, last = first, previous
    for entry, stored in entries:
        place = Place(file, row=entry.number)
        if entry.number != number:
            yield _out_of_order(entry, number, place)
        if entry.hash != stored:
            yield Problem(
                "log-changed",
                _("Entry {n} was changed: its hash is not the one stored with it.").format(n=entry.number),
                place,
                found=entry.hash,
                allowed=stored,
            )
        if entry.previous != last:
            yield Problem(
                "log-broken",
                _(
                    "Entry {n} does not follow the entry before it: one was changed, removed or inserted."
                ).format(n=entry.number),
                place,
                found=entry.previous,
                allowed=last,
            )
        number, last = entry.number + 1, stored
    if ends_with is not None and last != ends_with:
        yield Problem(
            "log-cut",
            _("The log does not end with the entry that is known to be the last."),
            Place(file, row=number - 1),
            found=last,
            allowed=ends_with,
        )


def _out_of_order(entry: LogEntry, expected: int, place: Place) -> Problem:
    if entry.number > expected:
        missing = (
            _("Entry {n} is missing.") if entry.number == expected + 1 else _("Entries from {n} are missing.")
        )
        return Problem("log-missing", missing.format(n=expected), place)
    return Problem("log-order", _("Entry {n} stands out of order or twice.").format(n=entry.number), place)


def read_log(lines: Iterable[str], *, file: str) -> Iterator[tuple[LogEntry, str] | Problem]:
    """The entries of an exported log, one JSON object a line; a `Problem` for each line that is none."""
    for row, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            stored = data.pop("hash")
            # strict: a number written as a text is another line than the one that was hashed
            yield LogEntry.model_validate(data, strict=True), str(stored)
        except (ValueError, KeyError, AttributeError, TypeError, RecursionError, ValidationError):
            yield Problem(
                "log-unreadable",
                _("This line is not an entry of a log."),
                Place(file, row=row),
                found=line.strip()[:80],
            )
