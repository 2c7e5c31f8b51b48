"""What has happened that a person should know, in words: on the start page and in mails."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clustermark.ground.texts import date_text
from clustermark.web.accounts.models import User
from clustermark.web.cases.models import Notice

SHOWN = 8
WORDS: dict[str, Promise] = {
    "submitted": _("The dossier was submitted."),
    "withdrawn": _("The cluster withdrew its application."),
    "admitted": _("The application was admitted; experts are being chosen."),
    "returned": _("The application was returned to be completed; the reasons stand in the case."),
    "panel_proposed": _("Experts were proposed: agree, or object to one of them with reasons."),
    "panel_agreed": _("The cluster agreed to the experts; each declares whether they have an interest."),
    "review_opened": _("The desk review has begun."),
    "visit_next": _("The desk review is finished; the visit comes next."),
    "rating_opened": _("The visit is finished: rate every indicator on your own."),
    "consensus_opened": _("All ratings are submitted: the consensus is open."),
    "report_next": _("The consensus is sealed; the report comes next."),
    "hearing_opened": _("The draft report is there: comment on facts in it."),
    "hearing_finished": _("The hearing is finished: consider the cluster's comments."),
    "decision_next": _("A recommendation waits for the committee's decision."),
    "decided": _("The committee decided."),
    "deferred": _("The decision was deferred with conditions."),
    "appealed": _("The cluster appealed against the decision."),
    "appeal_decided": _("The appeal was decided."),
    "expired": _("The case expired because a term passed."),
    "objection": _("The cluster objects to an expert; answer with reasons."),
    "objection_answered": _("The secretariat answered the objection."),
    "interest_declared": _("An expert declared an interest; their seat is empty."),
    "override_declined": _(
        "Your request to set a rule aside for {expert} was turned down; the reasons stand in the case."
    ),
    "question_asked": _("An expert asks a question on indicator {indicator}."),
    "question_answered": _("The cluster answered the question on indicator {indicator}."),
    "visit_planned": _("The visit is planned for {starts_on}."),
    "item_corrected": _("The cluster says how a condition or finding was corrected; check it."),
    "fee_quoted": _("A fee was quoted: {amount} {currency}."),
    "reminder_cluster": _("A term of the cluster ends on {due_on}."),
    "reminder_secretariat": _("A term of the secretariat ends on {due_on}."),
    "reminder_experts": _("A term of the experts ends on {due_on}."),
    "reminder_committee": _("A term of the committee ends on {due_on}."),
}
"""Notice → what it says; in braces the facts that its text needs."""


def words_of(name: str, facts: Mapping[str, object]) -> str:
    """What a notice says, in the reader's language; days are written out."""
    return str(WORDS[name]).format(**{key: _spelt(key, value) for key, value in facts.items()})


def _spelt(key: str, value: object) -> str:
    return date_text(date.fromisoformat(str(value))) if key.endswith("_on") else str(value)


def notices_for(user: User, *, page: str | None = None) -> Page[Notice]:
    """One page of the notices of a person, unread ones first, then the latest, each with its `words`. Two queries."""
    notices = Notice.objects.filter(user=user).select_related("case__cluster")
    read = ("case__reference", "case__number", "case__cluster__name", "name", "facts", "at", "read_at")
    ordered = notices.only(*read).order_by(F("read_at").asc(nulls_first=True), "-at", "-pk")
    found = Paginator(ordered, SHOWN).get_page(page)
    found.object_list = list(found.object_list)
    for notice in found.object_list:
        notice.words = words_of(notice.name, notice.facts)  # type: ignore[attr-defined] # for the template
    return found
