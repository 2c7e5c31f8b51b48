"""The secretariat's calendar: visits and ends of terms, a month at a time."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clustermark.ground.texts import current_language
from clustermark.web.accounts.people import today
from clustermark.web.cases.queries.visits import month_of
from clustermark.web.cases.views.office import for_office


@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """One month, by `?month=2026-11`; this one without."""
    from babel.dates import format_date  # noqa: PLC0415 - locale data; only this page names months

    for_office(request)
    first = _month(request.GET.get("month", ""))
    weeks = month_of(first)
    spoken = current_language()
    context = {
        "first": first,
        "title": format_date(first, "LLLL y", locale=spoken),
        "weekdays": [
            (format_date(day.day, "ccc", locale=spoken), format_date(day.day, "cccc", locale=spoken))
            for day in weeks[0]
        ],
        "weeks": weeks,
        "before": (first - timedelta(days=1)).strftime("%Y-%m"),
        "after": (first + timedelta(days=31)).strftime("%Y-%m"),
    }
    return render(request, "cases/office/calendar.html", context)


def _month(text: str) -> date:
    """The first day of the month that `text` names; of this month where it names none that can be shown."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today().replace(day=1)
    return found if 1990 <= found.year <= 2200 else today().replace(day=1)
