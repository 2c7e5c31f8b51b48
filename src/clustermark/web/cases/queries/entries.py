"""Entries of the log in words, for the pages that show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clustermark.casework.definition import life
from clustermark.ground.texts import local
from clustermark.web.accounts.models import User
from clustermark.web.log.models import LogRow

ACTS: dict[str, str | Promise] = {
    "start": _("Start the case"),
    "take_dossier": _("Take over a whole dossier"),
    "quote_fee": _("Quote the fee"),
    "invoice_fee": _("Invoice the fee"),
    "mark_paid": _("Note that the fee was paid"),
    "object": _("Object to an expert"),
    "answer_objection": _("Answer the objection"),
    "declare": _("Declare whether there is an interest"),
    "request_override": _("Ask that a rule be set aside"),
    "confirm_override": _("Confirm that a rule is set aside"),
    "decline_override": _("Turn down that a rule is set aside"),
    "ask": _("Ask the cluster"),
    "answer": _("Answer a question"),
    "close_question": _("Close a question"),
    "plan_visit": _("Plan the visit"),
    "note_people": _("Note who was met"),
    "state_finding": _("State a finding"),
    "comment": _("Comment on the draft report"),
    "answer_comment": _("Answer a comment"),
    "correct_item": _("Say what was corrected"),
    "close_item": _("Close a condition or finding"),
    "give_feedback": _("Give feedback"),
    "publish_scheme": _("Publish a scheme"),
}
"""Acts that do not move a case; the others have their words in the life of a case."""
ROLES: dict[str, str | Promise] = {
    "cluster": _("cluster"),
    "expert": _("expert"),
    "secretariat": _("secretariat"),
    "committee": _("committee"),
    "admin": _("administrator"),
    "system": _("system"),
    "self": _("for themselves"),
}
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
    reason: str
    hidden: bool
    erased: bool
    before: str | None
    after: str | None
    hash: str
    facts: dict[str, object] = field(default_factory=dict)


def shown(rows: Iterable[LogRow], *, hide: frozenset[str] = frozenset()) -> list[EntryShown]:
    """The rows in words; the words people wrote with acts in `hide` are left out. Two queries at most.

    `rows` have their `words` selected with them (`select_related("words")`).
    """
    found = list(rows)
    references = {row.actor.removeprefix("user:") for row in found if row.actor.startswith("user:")}
    names = {
        str(reference): name
        for reference, name in User.objects.filter(reference__in=references).values_list("reference", "name")
    }
    titles = {act.act: local(act.title) for act in life().acts}
    return [_entry(row, names, titles, hide) for row in found]


def _entry(row: LogRow, names: dict[str, str], titles: dict[str, str], hide: frozenset[str]) -> EntryShown:
    words = getattr(row, "words", None)
    concealed = row.act in hide
    return EntryShown(
        number=row.number,
        at=datetime.fromisoformat(row.at),
        actor=names.get(row.actor.removeprefix("user:"), row.actor),
        role=ROLES.get(row.role, row.role),
        act=titles.get(row.act) or ACTS.get(row.act, row.act),
        subject=row.subject,
        reason="" if words is None or concealed else words.text,
        hidden=concealed and words is not None,
        erased=row.reason is not None and words is None,
        before=row.before,
        after=row.after,
        hash=row.hash,
        facts={name: value for name, value in row.facts.items() if value not in ("", None)},
    )
