"""The decision: what it rests on, the committee's acts, the cluster's view of it and its appeal."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clustermark.casework.policy import Role
from clustermark.scoring.scorecard import Scorecard
from clustermark.web.accounts.people import today
from clustermark.web.cases.domain.deciding import Condition, decide_appeal, decide_case, defer_case
from clustermark.web.cases.forms.deciding import ConditionForms, DecideForm, DeferForm
from clustermark.web.cases.models import Case, Item
from clustermark.web.cases.queries.peers import peers_of
from clustermark.web.cases.queries.reports import charts_of, overrides_of
from clustermark.web.cases.queries.scorecards import consensus_card, reached_levels
from clustermark.web.cases.queries.voices import voices_of
from clustermark.web.cases.views.page import CasePage, case_page, problems_in
from clustermark.web.register.queries.renewing import Term, held_before, term_of_award


@login_required
def decision(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The decision and what it rests on."""
    return _show(request, case_page(request, reference, "decision.view", tab="decision"))


@login_required
@require_POST
def decide(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Award a level or refuse, also on an appeal."""
    page = case_page(request, reference, "decision.view", tab="decision")
    on_appeal = page.case.state == "appealed"
    page.require("appeal.decide" if on_appeal else "decision.make")
    form = DecideForm(page.scheme, reached_levels(page.case), request.POST, prefix="decide")
    if form.is_valid():
        with problems_in(page, form):
            verb = decide_appeal if on_appeal else decide_case
            verb(case=page.case, by=page.by, **form.cleaned_data)
            messages.success(request, _("The decision was made and sealed."))
            return redirect("decision", page.case.reference)
    return _show(request, page, deciding=form)


@login_required
@require_POST
def defer(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Defer with conditions."""
    page = case_page(request, reference, "decision.make", tab="decision")
    form = DeferForm(request.POST, prefix="defer")
    rows = ConditionForms(request.POST, prefix="conditions", form_kwargs={"scheme": page.scheme})
    if form.is_valid() and rows.is_valid():
        conditions = [Condition(**row) for row in rows.cleaned_data if row.get("text", "").strip()]
        with problems_in(page, form):
            defer_case(case=page.case, by=page.by, reason=form.cleaned_data["reason"], conditions=conditions)
            messages.success(request, _("The decision was deferred; the cluster sees the conditions."))
            return redirect("decision", page.case.reference)
    return _show(request, page, deferring=form, rows=rows)


def _show(
    request: HttpRequest,
    page: CasePage,
    *,
    deciding: DecideForm | None = None,
    deferring: DeferForm | None = None,
    rows: ConditionForms | None = None,  # type: ignore[valid-type] # made by a factory
) -> HttpResponse:
    case = page.case
    reads = page.may("report.view") and case.state in BASIS
    card = consensus_card(case) if reads else None
    decides = page.may("decision.make") or page.may("appeal.decide")
    defers = page.may("decision.make")
    if decides and deciding is None:
        reached = [one.level for one in card.levels if one.reached] if card else []
        deciding = DecideForm(page.scheme, reached, prefix="decide")
    if defers and deferring is None:
        deferring = DeferForm(prefix="defer")
        rows = ConditionForms(prefix="conditions", form_kwargs={"scheme": page.scheme})
    # both in one query; a case without one has none
    beside = Case.objects.select_related("report", "appeal__made_by").get(pk=case.pk)
    decisions = list(case.decisions.select_related("decided_by"))
    last = decisions[-1] if decisions else None
    context = {
        "page": page,
        "case": case,
        "decisions": decisions,
        "last": last,
        "appeal": getattr(beside, "appeal", None),
        "appeals": case.state == "decided" and page.may("appeal.make") and _in_time(last),
        "written": getattr(beside, "report", None) if reads else None,
        "card": card,
        "charts": charts_of(card) if card else None,
        "voices": voices_of(case) if reads and page.may("rating.view_all") else None,
        "peers": peers_of(case, card) if reads and page.by.actor.is_(Role.DECIDER) else None,
        "overrides": overrides_of(case) if reads else None,
        # conditions come of a decision, so there are none before the first
        "conditions": list(case.items.filter(kind=Item.Kind.CONDITION)) if decisions else [],
        "deciding": deciding if decides else None,
        "deferring": deferring if defers else None,
        "rows": rows if defers else None,
        "terms": _terms(case, card) if decides and card else [],
        "levels": {one.level: one.title for one in card.levels} if card else {},
    }
    wrong = bool(page.problems) or any(
        form is not None and form.is_bound and form.errors for form in (deciding, deferring)
    )
    return render(request, "cases/decision.html", context, status=422 if wrong else 200)


def _terms(case: Case, card: Scorecard) -> list[tuple[str, Term]]:
    """For a renewal: the term that an award of each level reached would have, decided today."""
    if case.previous is None:
        return []
    held = held_before(case)
    reached = [one for one in card.levels if one.reached]
    return [(one.title, term_of_award(case, card, held.get(one.level), on=today())) for one in reached]


BASIS = ("deciding", "deferred", "decided", "appealed", "closed")
"""States in which there is something to decide on."""


def _in_time(last: object) -> bool:
    until = getattr(last, "appeal_until", None)
    return until is None or today() <= until
