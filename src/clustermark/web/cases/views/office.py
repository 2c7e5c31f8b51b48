"""The secretariat's board and list of all cases, and their export."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from clustermark.casework.policy import Subject, decide
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.domain.acting import Refused
from clustermark.web.cases.queries.board import SORTS, board, cases_of_office, choices, filtered, with_words
from clustermark.web.cases.sheets import Cell, csv_file, excel_file
from clustermark.web.cases.views.page import by_of

PAGE = 25
FILTERS = ("q", "scheme", "country", "sector", "level", "state", "due")
OFFICE = Subject(kind="office")


def for_office(request: HttpRequest, permission: str = "office.view") -> Person:
    """Who asks, when they may; raises `Refused` with the reason."""
    by = by_of(request)
    answer = decide(by.actor, permission, OFFICE)
    if not answer:
        raise Refused(answer)  # type: ignore[arg-type] # what is not Allowed is Denied
    return by


@login_required
def office(request: HttpRequest) -> HttpResponse:
    """All cases by state, or as a list that can be sorted."""
    for_office(request)
    wanted = {name: request.GET.get(name, "").strip() for name in FILTERS}
    cases = filtered(cases_of_office(), wanted)
    as_list = request.GET.get("view") == "list"
    context = {
        "wanted": wanted,
        "choices": choices(),
        "as_list": as_list,
        "any": any(wanted.values()),
        "query": urlencode({name: value for name, value in wanted.items() if value}),
    }
    if as_list:
        sort = request.GET.get("sort", "due")
        sort = sort if sort in SORTS else "due"
        page = Paginator(cases.order_by(*SORTS[sort]), PAGE).get_page(request.GET.get("page"))
        page.object_list = [with_words(case) for case in page.object_list]
        context |= {"page": page, "sort": sort, "sorts": _sorts()}
    else:
        context["columns"] = board(cases)
    return render(request, "cases/office/board.html", context)


def _sorts() -> list[tuple[str, str]]:
    return [
        ("due", _("Due")),
        ("number", _("Number")),
        ("cluster", _("Cluster")),
        ("state", _("State")),
        ("submitted", _("Submitted")),
    ]


@login_required
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The cases that the filters leave, as CSV or Excel."""
    for_office(request)
    wanted = {name: request.GET.get(name, "").strip() for name in FILTERS}
    cases = filtered(cases_of_office(), wanted).order_by(*SORTS["number"])
    header = [
        _("Number"),
        _("Cluster"),
        _("Country"),
        _("Region"),
        _("Sector"),
        _("Scheme"),
        _("Version"),
        _("Level asked for"),
        _("State"),
        _("Due"),
        _("Submitted"),
        _("Level decided"),
        _("Decided on"),
    ]
    rows: list[list[Cell]] = []
    for case in cases:
        shown = with_words(case)
        submitted = case.submitted_at.date() if case.submitted_at else None
        rows.append(
            [
                case.number,
                case.cluster.name,
                case.cluster.country,
                case.cluster.region,
                case.cluster.sector,
                case.edition.scheme,
                case.edition.version,
                case.level,
                str(shown.state_words),  # type: ignore[attr-defined] # set by with_words
                case.due_on,
                submitted,
                case.decided_level,
                case.decided_on,
            ]
        )
    if kind == "csv":
        response = HttpResponse(csv_file(header, rows), content_type="text/csv; charset=utf-8")
    elif kind == "xlsx":
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response = HttpResponse(excel_file(_("Cases"), header, rows), content_type=content_type)
    else:
        raise Http404
    name = f"cases-{today().isoformat()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
