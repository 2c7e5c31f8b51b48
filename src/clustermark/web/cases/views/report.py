"""The panel's report and the hearing of the cluster about it; the full report to take along."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clustermark.ground.texts import current_language
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.domain.reporting import (
    FIELDS,
    answer_comment,
    comment,
    end_comments,
    state_finding,
    write_report,
)
from clustermark.web.cases.forms.reporting import AboutForm, AnswerForm, FindingForm, ReportForm
from clustermark.web.cases.models import HearingComment, Item, PanelReport
from clustermark.web.cases.queries.report_files import report_files_of
from clustermark.web.cases.queries.reports import FORMATS, charts_of, overrides_of, report_digest
from clustermark.web.cases.queries.scorecards import reached_levels, sealed_card
from clustermark.web.cases.views.page import CasePage, case_page, problems_in


@login_required
def report(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The report; experts write it while it is theirs to write."""
    page = case_page(request, reference, "report.view", tab="report")
    if request.method != "POST":
        return _show(request, page)
    page.require("report.edit")
    form = ReportForm(page.scheme, reached_levels(page.case), request.POST)
    saved = None
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in FIELDS if name in form.cleaned_data}
        try:
            with problems_in(page, form):
                write_report(case=page.case, by=page.by, version=form.cleaned_data["version"], **values)
                messages.success(request, _("The report was saved."))
                return redirect("report", page.case.reference)
        except Conflict as conflict:
            saved = conflict.saved
            # who saves once more has seen both
            form.data = {**request.POST.dict(), "version": saved.version}
    return _show(request, page, words=form, saved=saved)


@login_required
@require_POST
def add_finding(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """A finding that the cluster must correct."""
    page = case_page(request, reference, "report.edit", tab="report")
    form = FindingForm(page.scheme, request.POST, prefix="finding")
    if form.is_valid():
        with problems_in(page, form):
            state_finding(case=page.case, by=page.by, **form.cleaned_data)
            messages.success(request, _("The finding was stated."))
            return redirect("report", page.case.reference)
    return _show(request, page, finding=form)


@login_required
@require_POST
def add_comment(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """A comment of the cluster on a fact."""
    page = case_page(request, reference, "hearing.comment", tab="report")
    form = AboutForm(page.scheme, request.POST, prefix="comment")
    if form.is_valid():
        with problems_in(page, form):
            comment(case=page.case, by=page.by, **form.cleaned_data)
            messages.success(request, _("Your comment was sent."))
            return redirect("report", page.case.reference)
    return _show(request, page, commenting=form)


@login_required
@require_POST
def answer(request: HttpRequest, reference: uuid.UUID, pk: int) -> HttpResponse:
    """The panel's answer to a comment."""
    page = case_page(request, reference, "recommendation.make", tab="report")
    made = get_object_or_404(HearingComment, pk=pk, case=page.case)
    form = AnswerForm(request.POST, prefix=f"answer-{pk}")
    if form.is_valid():
        with problems_in(page, form):
            answer_comment(made=made, by=page.by, answer=form.cleaned_data["answer"])
            messages.success(request, _("The answer was saved."))
            return redirect("report", page.case.reference)
    return _show(request, page, answering={pk: form})


@login_required
@require_POST
def finish(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The cluster has no further comments."""
    page = case_page(request, reference, "hearing.comment", tab="report")
    with problems_in(page):
        end_comments(case=page.case, by=page.by)
        messages.success(request, _("The hearing is finished; the experts go on."))
        return redirect("report", page.case.reference)
    return _show(request, page)


def _show(
    request: HttpRequest,
    page: CasePage,
    *,
    words: ReportForm | None = None,
    saved: PanelReport | None = None,
    finding: Form | None = None,
    commenting: Form | None = None,
    answering: dict[int, AnswerForm] | None = None,
) -> HttpResponse:
    written = PanelReport.objects.filter(case=page.case).first()
    card = sealed_card(page.case)
    overrides = overrides_of(page.case)
    files = {}
    if card:
        now = report_digest(card, overrides)
        files = report_files_of(page.case, page.by.user, language=current_language(), digest=now)
    reached = [one.level for one in card.levels if one.reached] if card else []
    edits, comments_open = page.may("report.edit"), page.may("hearing.comment")
    answers = page.may("recommendation.make")
    if edits and words is None:
        initial: dict[str, Any] = {name: getattr(written, name, "") for name in FIELDS}
        initial["version"] = written.version if written else 0
        words = ReportForm(page.scheme, reached, initial=initial)
    made = list(page.case.comments.select_related("by", "answered_by"))
    forms = answering or {}
    context = {
        "page": page,
        "case": page.case,
        "written": written,
        "words": words if edits else None,
        "saved": saved,
        "findings": list(page.case.items.filter(kind=Item.Kind.FINDING)),
        "finding": (finding or FindingForm(page.scheme, prefix="finding")) if edits else None,
        "comments": [
            (one, forms.get(one.pk) or AnswerForm(prefix=f"answer-{one.pk}") if answers else None)
            for one in made
        ],
        "commenting": (commenting or AboutForm(page.scheme, prefix="comment")) if comments_open else None,
        "card": card,
        "charts": charts_of(card) if card else None,
        "overrides": overrides,
        "files": [(ending, files.get(ending)) for ending in FORMATS],
        "acts_here": edits or comments_open or answers,
        "levels": {one.level: one.title for one in card.levels} if card else {},
    }
    wrong = bool(page.problems or saved) or any(
        form is not None and form.is_bound and form.errors
        for form in (words, finding, commenting, *forms.values())
    )
    return render(request, "cases/report.html", context, status=422 if wrong else 200)
