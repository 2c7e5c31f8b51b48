"""A table of the dossier: its rows in pages with every problem at its cell, and one row with typed inputs."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clustermark.dossiers.tables import TABLES, Column, Table
from clustermark.dossiers.titles import column_title, word_title
from clustermark.ground.problems import Problem
from clustermark.ground.texts import gettext
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.domain.tables import record_row, remove_row, row_mark, state_empty
from clustermark.web.cases.forms.row import RowForm
from clustermark.web.cases.models import DossierTable
from clustermark.web.cases.queries.changes import key_columns
from clustermark.web.cases.queries.dossiers import KEPT_APART
from clustermark.web.cases.queries.standing import DossierShown, problems_of
from clustermark.web.cases.queries.stated import filled, rows_of, says_none
from clustermark.web.cases.views.dossier import context_of, dossier_page
from clustermark.web.cases.views.page import CasePage, problems_in
from clustermark.web.cases.views.typed import keeps_typed, typed_before
from clustermark.web.site.numbers import whole_number

ROWS_PER_PAGE = 25
COLUMNS_SHOWN = 7
"""Columns of a row in the list beside those with problems; all of them are on the row's own page."""


@login_required
def table(request: HttpRequest, reference: uuid.UUID, name: str) -> HttpResponse:
    """The rows of one table; with POST it is stated to be empty, or that is taken back."""
    spec = _spec(name)
    page, shown = dossier_page(request, reference)
    if request.method == "POST":
        page.require("dossier.edit")
        with problems_in(page):
            state_empty(case=page.case, table=name, empty=request.POST.get("empty") == "yes", by=page.by)
            return redirect("table", reference, name)
    stated = shown.content["tables"].get(
        name, {"header": [column.name for column in spec.columns], "rows": []}
    )
    rows = stated["rows"] if filled(stated["rows"]) else []
    problems = problems_of(shown.problems, name)
    wrong = {column for (row, column) in problems if column and row != 1}
    columns = _columns(spec, stated["header"], wrong)
    query = request.GET.get("q", "").strip()
    numbered = [
        (at, row) for at, row in enumerate(rows) if any(row) and _matches(spec, stated["header"], row, query)
    ]
    pages = Paginator(numbered, ROWS_PER_PAGE).get_page(_page_of(request, numbered))
    context = context_of(
        page,
        shown,
        "tables",
        spec=spec,
        title=gettext(spec.title),
        help=gettext(spec.help),
        columns=[column_title(name, one) for one in columns],
        rows=[_line(stated["header"], at, row, columns, problems) for at, row in pages],
        pages=pages,
        count=len(numbered),
        query=query,
        empty=says_none(stated["rows"]),
        stated=bool(rows),
        wide=[
            problem
            for (row, _column), found in problems.items()
            if row is None or row < 2
            for problem in found
        ],
    )
    return render(request, "cases/dossier/table.html", context, status=422 if page.problems else 200)


def _spec(name: str) -> Table:
    if name not in TABLES or name in KEPT_APART:
        raise Http404
    return TABLES[name]


def _columns(spec: Table, header: list[str], wrong: set[str]) -> dict[str, Column | None]:
    """The first columns of the table, and those with problems."""
    known = [column.name for column in spec.columns]
    first = known[:COLUMNS_SHOWN]
    more = [name for name in dict.fromkeys([*known, *header]) if name in wrong - set(first)]
    return {name: spec.column(name) for name in [*first, *more]}


def _matches(spec: Table, header: list[str], row: list[str], query: str) -> bool:
    """Whether a cell has these words, as the file says them or as the page shows them."""
    words = [word_title(spec.column(name), cell) for name, cell in zip(header, row, strict=False)]
    return not query or any(query.casefold() in cell.casefold() for cell in [*row, *words])


def _page_of(request: HttpRequest, numbered: list[Any]) -> str | int:
    """The page asked for, or the one with the row asked for (as the file counts it)."""
    row = whole_number(request.GET.get("row", ""))
    if row:
        before = [at for at, _row in numbered if at < row - 2]
        return len(before) // ROWS_PER_PAGE + 1
    return request.GET.get("page", "1")


def _line(
    header: list[str],
    at: int,
    row: list[str],
    columns: dict[str, Column | None],
    problems: dict[Any, list[Any]],
) -> dict[str, Any]:
    cells = dict(zip(header, row, strict=False))
    number = at + 2
    return {
        "at": at,
        "number": number,
        "cells": [
            {
                "day": column is not None and column.type == "date",
                "text": word_title(column, cells.get(name, "")),
                "problems": problems.get((number, name), []),
            }
            for name, column in columns.items()
        ],
        "problems": problems.get((number, None), []),
        "wrong": any(row_number == number for row_number, _column in problems),
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of a table as somebody asks for it; `at` counts from 0, None for a new row."""

    request: HttpRequest
    page: CasePage
    shown: DossierShown
    spec: Table
    at: int | None


@keeps_typed
def row(request: HttpRequest, reference: uuid.UUID, name: str, at: int | None = None) -> HttpResponseBase:
    """One row with an input for each column; `at` counts from 0, without it a row is added."""
    spec = _spec(name)
    page, shown = dossier_page(request, reference, "dossier.edit")
    asked = Asked(request, page, shown, spec, at)
    stated = shown.content["tables"].get(name, {"header": [], "rows": []})
    there = stated["rows"][at] if at is not None and at < len(stated["rows"]) else None
    if at is not None and there is None and request.method != "POST":
        raise Http404
    cells = dict(zip(stated["header"], there or [], strict=False))
    known = {column.refers_to: _ids(shown, column.refers_to) for column in spec.columns if column.refers_to}
    if request.method != "POST":
        form = RowForm(spec, typed_before(request), initial=cells, known=known)
        return _row_page(asked, form, row_mark(there or []))
    form, was = RowForm(spec, request.POST, known=known), request.POST.get("was", "")
    try:
        with problems_in(page, form):
            if "remove" in request.POST and at is not None:
                remove_row(case=page.case, table=name, row=at, was=was, by=page.by)
                messages.success(request, _("The row was removed."))
            else:
                form.full_clean()
                record_row(case=page.case, table=name, cells=form.cleaned_data, row=at, was=was, by=page.by)
                messages.success(request, _("The row was saved."))
            again = "again" in request.POST and "remove" not in request.POST
            return redirect("row-new", reference, name) if again else redirect(_list(reference, name, at))
    except Conflict as conflict:
        return _row_conflict(asked, form, conflict.saved)
    return _row_page(asked, form, was)


def _list(reference: uuid.UUID, name: str, at: int | None) -> str:
    address = reverse("table", args=[reference, name])
    return address if at is None else f"{address}?row={at + 2}#row-{at + 2}"


def _ids(shown: DossierShown, target: str | None) -> list[str]:
    spec = TABLES.get(target or "")
    if spec is None or spec.key is None:
        return []
    return [value for one in rows_of(shown.content, spec.name) if (value := one.get(spec.key.name, ""))]


def _row_page(
    asked: Asked, form: RowForm, was: str, *, conflict: list[dict[str, str]] | None = None
) -> HttpResponse:
    request, shown, spec, at = asked.request, asked.shown, asked.spec, asked.at
    status = 409 if conflict is not None else 422 if request.method == "POST" else 200
    number = None if at is None else at + 2
    found = [
        problem
        for (row_number, _column), some in problems_of(shown.problems, spec.name).items()
        if row_number == number and number is not None
        for problem in some
    ]
    context = context_of(
        asked.page,
        shown,
        "tables",
        spec=spec,
        title=gettext(spec.title),
        form=form,
        at=at,
        number=number,
        was=was,
        found=_named(spec, found) if request.method == "GET" else [],
        conflict=conflict,
    )
    return render(request, "cases/dossier/row.html", context, status=status)


def _named(spec: Table, problems: list[Problem]) -> list[tuple[Problem, str]]:
    """Each problem with the title of its column."""
    return [(one, column_title(spec.name, one.place.column) if one.place.column else "") for one in problems]


def _row_conflict(asked: Asked, form: RowForm, saved: DossierTable) -> HttpResponse:
    """Both versions of the row side by side; saving again replaces the one that stands there now."""
    at = _same_row(asked, form, saved)
    there = [] if at is None else saved.rows[at]
    now = dict(zip(saved.header, there, strict=False))
    typed = {column.name: form.data.get(column.name, "") for column in asked.spec.columns}
    rows = [
        {
            "label": str(form.fields[name].label),
            "typed": word_title(asked.spec.column(name), text),
            "saved": word_title(asked.spec.column(name), now.get(name, "")),
        }
        for name, text in typed.items()
        if there and (text or now.get(name))
    ]
    return _row_page(replace(asked, at=at), form, row_mark(there), conflict=rows)


def _same_row(asked: Asked, form: RowForm, saved: DossierTable) -> int | None:
    """Where the row that was edited stands now, by its key; None when it is gone: what was typed is then a new row."""
    if asked.spec.one_row:
        return 0 if saved.rows else None
    key = key_columns(asked.spec.name)
    if not key:
        return asked.at if asked.at is not None and asked.at < len(saved.rows) else None
    wanted = [form.data.get(column, "").strip() for column in key]
    for at, cells in enumerate(saved.rows):
        there = dict(zip(saved.header, cells, strict=False))
        if [there.get(column, "") for column in key] == wanted:
            return at
    return None
