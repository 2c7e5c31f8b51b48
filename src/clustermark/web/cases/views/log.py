"""The log: of one case, and the whole of it; sealed records with what was sealed."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render

from clustermark.casework.policy import Denied, Subject, decide
from clustermark.web.accounts.access import require
from clustermark.web.cases.forms.log import LogForm
from clustermark.web.cases.models import SealedRecord
from clustermark.web.cases.queries.entries import PANEL_WORDS, shown
from clustermark.web.cases.queries.log_search import found_rows
from clustermark.web.cases.queries.log_subjects import in_words
from clustermark.web.cases.queries.subjects import subject_of
from clustermark.web.cases.views.page import CasePage, case_page
from clustermark.web.log.checking import export_lines, head
from clustermark.web.log.models import LogRow

A_PAGE = 50
SEALED = {
    "dossier": "dossier.view",
    "ratings": "rating.view_all",
    "consensus": "consensus.view",
    "report": "report.view",
    "decision": "decision.view",
}
"""Kind of sealed record → the permission to read it."""


@login_required
def case_log(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """What happened in a case, and what was sealed."""
    page = case_page(request, reference, "case.log", tab="log")
    rows = LogRow.objects.filter(subject=page.case.subject).select_related("words").order_by("-number")
    entries = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    records = page.case.sealed.select_related("sealed_by", "seat__expert").defer("content")
    context = {
        "page": page,
        "case": page.case,
        "pages": entries,
        "entries": shown(entries, hide=_hidden(page)),
        "records": [(record, page.may(SEALED[record.kind])) for record in records],
    }
    return render(request, "cases/log.html", context)


def _hidden(page: CasePage) -> frozenset[str]:
    """Acts whose words are not for the one who asks: an expert's interest, and the panel's before the hearing.

    Until all experts have submitted, an expert of the panel reads of no question here, whatever else they may be.
    """
    office = page.may("consensus.view") and not page.is_applicant
    hidden = frozenset() if office else frozenset({"declare"})
    subject = subject_of(page.case)
    if subject.seat(page.by.actor.id) is not None and not subject.all_submitted:
        hidden |= {"ask", "answer"}
    return hidden if page.may("report.view") else hidden | PANEL_WORDS


@login_required
def sealed(request: HttpRequest, reference: uuid.UUID, pk: int) -> HttpResponse:
    """A sealed record as it was sealed: the canonical text whose SHA-256 is its digest."""
    page = case_page(request, reference, "case.view", tab="log")
    record = get_object_or_404(SealedRecord, pk=pk, case=page.case)
    if not page.may(SEALED[record.kind]) and not page.may("case.log"):
        raise Http404  # that something was sealed is known to those who see the log
    page.require(SEALED[record.kind])
    response = HttpResponse(record.content, content_type="application/json")
    name = f"{page.case.number}-{record.kind}-{record.version}"
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


@login_required
def whole_log(request: HttpRequest) -> HttpResponse:
    """The whole log or what is looked for in it, newest first, with its head."""
    actor = require(request, "log.export", Subject(kind="log"))
    cases = not isinstance(decide(actor, "office.view", Subject(kind="office")), Denied)
    form = LogForm(request.GET)
    entries = Paginator(found_rows(form.search(), cases=cases), A_PAGE).get_page(request.GET.get("page"))
    # words are for those who may see the case; here stands who did what, not what they wrote
    every = frozenset(row.act for row in entries)
    about = in_words({row.subject for row in entries}, cases=cases)
    context = {
        "page": entries,
        "entries": shown(entries, hide=every, about=about),
        "of_many": True,
        "filter": form,
        "head": head(),
    }
    return render(request, "cases/whole_log.html", context)


@login_required
def export_log(request: HttpRequest) -> StreamingHttpResponse:
    """The whole log as a file that verifies without the database."""
    require(request, "log.export", Subject(kind="log"))
    response = StreamingHttpResponse(export_lines(), content_type="application/x-ndjson")
    response["Content-Disposition"] = 'attachment; filename="clustermark-log.jsonl"'
    return response
