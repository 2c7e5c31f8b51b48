"""The expert's workspace: evidence, rubric, rating and reason of one indicator, saved as a draft while typing."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.domain.rating import record_rating
from clustermark.web.cases.forms.questions import QuestionForm
from clustermark.web.cases.forms.said import SaidForm, initial_of
from clustermark.web.cases.models import Rating
from clustermark.web.cases.queries.dossiers import content_for_panel
from clustermark.web.cases.queries.panel_evidence import EvidenceShown, evidence_of
from clustermark.web.cases.queries.questions import own_questions
from clustermark.web.cases.queries.scorecards import scorecard_of_content
from clustermark.web.cases.queries.workspace import Standing, groups_of, items_of, own_seat, standing_of
from clustermark.web.cases.views.page import CasePage, case_page, problems_in


@login_required
def work_indicator(request: HttpRequest, reference: uuid.UUID, code: str) -> HttpResponse:
    """One indicator: show it, or save my rating of it."""
    page = case_page(request, reference, "rating.view_own", tab="work")
    items = items_of(page.case, own_seat(page.case, page.by))
    standing = standing_of(items, code)
    if standing is None:
        raise Http404
    content = content_for_panel(page.case)
    evidence = evidence_of(content)
    form = _form(request, standing, evidence)
    saved: Rating | None = None
    if request.method == "POST":
        page.require("rating.edit")
        if form.is_valid():
            try:
                with problems_in(page, form):
                    row = _save(page, code, form)
                    return _saved(request, page, standing, row)
            except Conflict as conflict:
                saved = conflict.saved
        if request.htmx:  # type: ignore[attr-defined] # set by the middleware of django-htmx
            return render(request, "cases/parts/rating_unsaved.html", {"form": form, "conflict": saved})
    card = scorecard_of_content(page.case, content, view="claim")[0]
    context = {
        "page": page,
        "case": page.case,
        "standing": standing,
        "indicator": standing.item.indicator,
        "score": card.indicator(code) if card else None,
        "groups": groups_of(page.scheme, items),
        "done": sum(item.progress == "rated" for item in items),
        "all": len(items),
        "form": form,
        "saved": saved,
        "may_edit": page.may("rating.edit"),
        "may_ask": page.may("clarification.ask"),
        "questions": own_questions(page.case, page.by, code),
        "question_form": QuestionForm(),
        **_shown(request, evidence, code),
    }
    status = 409 if saved is not None else 422 if form.errors else 200
    return render(request, "cases/work_indicator.html", context, status=status)


def _form(request: HttpRequest, standing: Standing, evidence: list[EvidenceShown]) -> SaidForm:
    initial = initial_of(standing.item.rating)
    data = request.POST if request.method == "POST" else None
    return SaidForm(data, indicator=standing.item.indicator, evidence=evidence, initial=initial)


def _save(page: CasePage, code: str, form: SaidForm) -> Rating:
    return record_rating(
        case=page.case,
        indicator=code,
        by=page.by,
        version=form.cleaned_data["version"],
        **form.values(),
    )


def _saved(request: HttpRequest, page: CasePage, standing: Standing, row: Rating) -> HttpResponse:
    """After saving: a fragment for the form that saves itself, else the page that was asked for."""
    if request.htmx:  # type: ignore[attr-defined] # set by the middleware of django-htmx
        return render(request, "cases/parts/rating_saved.html", {"row": row, "at": timezone.now()})
    goes = {"next": standing.next, "previous": standing.previous, "unrated": standing.unrated}
    to = goes.get(request.POST.get("go", "")) or standing.item.code
    messages.success(request, _("Saved: {code}.").format(code=standing.item.code))
    return redirect("work-indicator", page.case.reference, to)


def _shown(request: HttpRequest, evidence: list[EvidenceShown], code: str) -> dict[str, Any]:
    """The evidence of the indicator, the rest, and the piece that is open: the one asked for, else the first."""
    own = [one for one in evidence if code in one.indicators]
    asked = request.GET.get("evidence", "")
    chosen = next((one for one in evidence if one.evidence_id == asked), None)
    readable = next((one for one in own if one.shown_as != "download"), None)
    return {
        "evidence": own,
        "other_evidence": [one for one in evidence if one not in own],
        "opened": chosen or readable,
    }
