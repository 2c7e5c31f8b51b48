"""The dossier of a case: its tasks by dimension, totals as they stand now, its problems, its seals."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from clustermark.dossiers.tables import TABLES
from clustermark.dossiers.titles import place_title
from clustermark.ground.problems import Problem
from clustermark.web.cases.models import SealedRecord
from clustermark.web.cases.queries.dossiers import KEPT_APART
from clustermark.web.cases.queries.scorecards import keep_claim_card
from clustermark.web.cases.queries.standing import DossierShown, dossier_shown, groups_of, tables_of
from clustermark.web.cases.queries.stated import rows_of
from clustermark.web.cases.views.page import CasePage, case_page

PROBLEMS_PER_PAGE = 50


def dossier_page(
    request: HttpRequest, reference: uuid.UUID, permission: str = "dossier.view"
) -> tuple[CasePage, DossierShown]:
    """The case and its dossier for the one who asks, and whether they may edit it."""
    page = case_page(request, reference, "dossier.view", tab="dossier")
    if permission != "dossier.view":
        page.require(permission)
    page.extra["editable"] = page.may("dossier.edit")
    return page, dossier_shown(page.case, applicant=page.is_applicant)


def context_of(page: CasePage, shown: DossierShown, here: str, **more: Any) -> dict[str, Any]:
    """What every page of the dossier shows beside its own: the parts of the dossier and its counts."""
    seal = (
        SealedRecord.objects.filter(case=page.case, kind="dossier")
        .select_related("sealed_by")
        .defer("content")
        .last()
    )
    return {
        "page": page,
        "case": page.case,
        "shown": shown,
        "card": shown.card,
        "editable": page.extra["editable"],
        "here": here,
        "errors": len(shown.problems.errors),
        "seal": seal,
        **more,
    }


@login_required
def dossier(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The task list by dimension, and where the cluster stands by its own claim."""
    page, shown = dossier_page(request, reference)
    groups, editable = groups_of(page.case, shown), page.extra["editable"]
    if editable:
        # what is shown is the working dossier, whose card the guards of the submission ask for
        keep_claim_card(page.case, shown.card, shown.problems)
    context = context_of(
        page,
        shown,
        "tasks",
        submit=page.acts_named("submit") if editable else [],
        groups=groups,
        count=sum(len(group.lines) for group in groups),
        claimed=sum(group.claimed for group in groups),
        evidenced=sum(group.evidenced for group in groups),
    )
    return render(request, "cases/dossier/tasks.html", context)


@login_required
def dossier_problems(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Every problem of the dossier, each with a link to where it is mended."""
    page, shown = dossier_page(request, reference)
    pages = Paginator(list(shown.problems), PROBLEMS_PER_PAGE).get_page(request.GET.get("page"))
    lines = [(problem, place_title(problem.place), place_of(page, shown, problem)) for problem in pages]
    context = context_of(page, shown, "problems", pages=pages, lines=lines)
    return render(request, "cases/dossier/problems.html", context)


@login_required
def dossier_tables(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The tables of the dossier: how many rows each states, and its problems."""
    page, shown = dossier_page(request, reference)
    edited = dict(page.case.tables.values_list("name", "edited_at")) if page.extra["editable"] else {}
    context = context_of(page, shown, "tables", tables=tables_of(shown, edited))
    return render(request, "cases/dossier/tables.html", context)


@login_required
def dossier_seals(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Every sealed version of the dossier: its digest, who sealed it and when."""
    page, shown = dossier_page(request, reference)
    seals = SealedRecord.objects.filter(case=page.case, kind="dossier").select_related("sealed_by")
    context = context_of(page, shown, "seals", seals=seals.defer("content").order_by("-version"))
    return render(request, "cases/dossier/seals.html", context)


def place_of(page: CasePage, shown: DossierShown, problem: Problem) -> str:
    """Where a problem is mended: the row of its table, the claim of its indicator, or the list of evidence."""
    reference, place = page.case.reference, problem.place
    table = place.file.removesuffix(".csv")
    if table == "ratings" and place.row is not None:
        claims = rows_of(shown.content, "ratings")
        at = place.row - 2
        if 0 <= at < len(claims):
            code = claims[at].get("indicator", "")
            if code in {one.code for one in page.scheme.document.indicators}:
                return reverse("indicator", args=[reference, code])
    if table not in TABLES or table in KEPT_APART:
        return reverse("evidence", args=[reference])
    if place.row is None or place.row < 2:
        return reverse("table", args=[reference, table])
    if page.extra["editable"]:
        anchor = f"#id_{place.column}" if place.column else ""
        return reverse("row", args=[reference, table, place.row - 2]) + anchor
    return reverse("table", args=[reference, table]) + f"?row={place.row}#row-{place.row}"
