"""The full report to take along: asked for by a button, made by a job, its progress shown, fetched when it is there."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clustermark.ground.texts import current_language
from clustermark.web.cases.domain.report_files import ask_for_report, reports_store
from clustermark.web.cases.queries.report_files import making_of
from clustermark.web.cases.queries.reports import FORMATS, overrides_of, report_digest
from clustermark.web.cases.queries.scorecards import sealed_card
from clustermark.web.cases.views.page import case_page, problems_in
from clustermark.web.files.names import disposition

STOP_ASKING = 286
"""htmx takes what this answers and asks no more."""


@login_required
def report_making(request: HttpRequest, reference: uuid.UUID, ending: str) -> HttpResponse:
    """How far the report is; with POST it is asked for. The page asks again by itself until it is there."""
    page = case_page(request, reference, "report.view", tab="report")
    if ending not in FORMATS:
        raise Http404
    language = current_language()
    if request.method == "POST":
        with problems_in(page):
            ask_for_report(case=page.case, by=page.by, ending=ending, language=language)
            return redirect("report-making", reference, ending)
    card = sealed_card(page.case)
    now = report_digest(card, overrides_of(page.case)) if card else None
    making = making_of(page.case, page.by.user, ending, language=language, digest=now)
    context = {
        "page": page,
        "case": page.case,
        "ending": ending,
        "making": making,
        "possible": card is not None,
    }
    if request.htmx and making is not None:  # type: ignore[attr-defined]  # set by django-htmx
        if request.GET.get("seen") == making.seen:
            return HttpResponse(status=204)
        status = STOP_ASKING if making.over else 200
        return render(request, "cases/parts/report_making.html", context, status=status)
    return render(request, "cases/report_making.html", context, status=422 if page.problems else 200)


@login_required
def report_file(request: HttpRequest, reference: uuid.UUID, ending: str) -> FileResponse | HttpResponse:
    """The report itself; the page of its making where it is not there."""
    page = case_page(request, reference, "report.view", tab="report")
    if ending not in FORMATS:
        raise Http404
    making = making_of(page.case, page.by.user, ending, language=current_language(), digest=None)
    if making is None or making.state != "done":
        return redirect("report-making", reference, ending)
    response = FileResponse(reports_store().open(making.row.sha256), content_type=FORMATS[ending])
    response.headers["Content-Disposition"] = disposition(f"report-{page.case.number}.{ending}", inline=False)
    return response
