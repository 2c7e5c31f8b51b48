"""Statistics as of any date, each with its definition, its rows and its files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from clustermark.ground.problems import ProblemsError
from clustermark.register.statistics import Statistic
from clustermark.register.writing import csv_metadata, rows_csv, rows_parquet, statistic_csv, statistic_json
from clustermark.web.register.caching import public
from clustermark.web.register.forms.statistics import StatisticForm
from clustermark.web.register.map.picture import EUROPE, Counted, Picture, picture, view_of
from clustermark.web.register.queries.counted import KINDS, Asked, computed
from clustermark.web.register.queries.search import choices
from clustermark.web.register.queries.signing import site_address
from clustermark.web.register.queries.whole import notice_of, whole_register

ON_A_PAGE = 50
FORMATS = ("csv", "json", "parquet", "rows.csv", "csv-metadata.json")


def _asked(request: HttpRequest, key: str) -> tuple[StatisticForm, Asked]:
    known = choices(request.head)  # type: ignore[attr-defined] # set by `public`
    form = StatisticForm({**request.GET.dict(), "key": key}, known)
    return form, form.asked()


@require_safe
@public()
def statistics(request: HttpRequest, key: str = "") -> HttpResponseBase:
    """One statistic: its value, its definition, its groups and its rows."""
    key = key or request.GET.get("key", "") or "in_force"
    if key not in KINDS:
        raise Http404
    form, asked = _asked(request, key)
    problem, found = "", None
    try:
        found = computed(asked, request.head)  # type: ignore[attr-defined] # set by `public`
    except ProblemsError as error:
        problem = str(error.problems[0].message)
    rows = Paginator(found.rows if found else [], ON_A_PAGE).get_page(request.GET.get("page"))
    known = choices(request.head)  # type: ignore[attr-defined] # set by `public`
    context = {
        "form": form,
        "asked": asked,
        "found": found,
        "problem": problem,
        "picture": _map(asked, found) if found and asked.by == "country" else None,
        "most": max((group.value for group in found.groups), default=0) if found else 0,
        "page": rows,
        "licence": settings.REGISTER_LICENCE,
        "notice": notice_of(known.marks),
    }
    return render(request, "register/statistics.html", context, status=422 if problem else 200)


def _map(asked: Asked, found: Statistic) -> Picture:
    """The groups by country on a map; each leads to the same statistic of that country alone."""

    def address(**changed: str) -> str:
        query = {"as_of": asked.as_of.isoformat(), "by": "country", **asked.scope.stated(), **changed}
        return f"{reverse('statistic', args=[asked.key])}?{urlencode(query)}"

    counted = [
        Counted(group.key, group.title, group.value, address(country=group.key))
        for group in found.groups
        if group.key
    ]
    return picture(counted, view_of(counted), europe=address(continent=EUROPE))


@require_safe
@public(frame=False)
def statistic_file(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """A statistic as a file, under the register's licence."""
    if key not in KINDS or form not in FORMATS:
        raise Http404
    _form, asked = _asked(request, key)
    try:
        found = computed(asked, request.head)  # type: ignore[attr-defined] # set by `public`
    except ProblemsError as error:
        return HttpResponse(
            f"{error.problems[0].message}\n", status=422, content_type="text/plain; charset=utf-8"
        )
    return file_of(found, form, request)


def file_of(found: Statistic, form: str, request: HttpRequest) -> HttpResponse:
    """The statistic in one of `FORMATS`."""
    register = whole_register(request.head)  # type: ignore[attr-defined] # set by `public`
    address = f"{site_address()}{request.get_full_path()}".replace("csv-metadata.json", "csv")
    makers: dict[str, tuple[str, Callable[[], Any]]] = {
        "csv": ("text/csv; charset=utf-8", lambda: statistic_csv(found)),
        "rows.csv": ("text/csv; charset=utf-8", lambda: rows_csv(found.rows)),
        "json": ("application/json", lambda: statistic_json(found, register)),
        "parquet": ("application/vnd.apache.parquet", lambda: rows_parquet(found, register)),
        "csv-metadata.json": ("application/csvm+json", lambda: csv_metadata(found, register, url=address)),
    }
    media_type, make = makers[form]
    response = HttpResponse(make(), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.key}-{found.as_of}.{form}"'
    response.headers["Link"] = f'<https://spdx.org/licenses/{register.licence}.html>; rel="license"'
    return response
