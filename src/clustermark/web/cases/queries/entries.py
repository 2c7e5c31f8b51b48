"""Entries of the log in words, for the pages that show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from django.utils.functional import Promise

from clustermark.web.accounts.models import User
from clustermark.web.cases.queries.log_subjects import About
from clustermark.web.log.models import LogRow
from clustermark.web.log.words import ROLES, act_words

PANEL_WORDS = frozenset({"state_finding", "answer_comment"})
"""What the panel wrote: nobody reads it here who may not read the report yet."""


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry as a page shows it; `reason` is empty where there is none, and `erased` where it was erased."""

    number: int
    at: datetime
    actor: str
    role: str | Promise
    act: str | Promise
    subject: str
    about: About | None
    reason: str
    hidden: bool
    erased: bool
    before: str | None
    after: str | None
    hash: str
    facts: dict[str, object] = field(default_factory=dict)


def shown(
    rows: Iterable[LogRow],
    *,
    hide: frozenset[str] = frozenset(),
    about: Mapping[str, About] = MappingProxyType({}),
) -> list[EntryShown]:
    """The rows in words; the words people wrote with acts in `hide` are left out. Two queries at most.

    `rows` have their `words` selected with them (`select_related("words")`). `about` has the words for their
    subjects, where they are not all of one.
    """
    found = list(rows)
    references = {row.actor.removeprefix("user:") for row in found if row.actor.startswith("user:")}
    names = {
        str(reference): name
        for reference, name in User.objects.filter(reference__in=references).values_list("reference", "name")
    }
    return [_entry(row, names, hide, about.get(row.subject)) for row in found]


def _entry(row: LogRow, names: dict[str, str], hide: frozenset[str], about: About | None) -> EntryShown:
    words = getattr(row, "words", None)
    concealed = row.act in hide
    return EntryShown(
        number=row.number,
        at=datetime.fromisoformat(row.at),
        actor=names.get(row.actor.removeprefix("user:"), row.actor),
        role=ROLES.get(row.role, row.role),
        act=act_words(row.act),
        subject=row.subject,
        about=about,
        reason="" if words is None or concealed else words.text,
        hidden=concealed and words is not None,
        erased=row.reason is not None and words is None,
        before=row.before,
        after=row.after,
        hash=row.hash,
        facts={name: value for name, value in row.facts.items() if value not in ("", None)},
    )
