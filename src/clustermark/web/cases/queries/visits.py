"""The visit of a case: its plan by days, who was met; the visits and terms of a month."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from clustermark.web.accounts.people import today
from clustermark.web.cases.models import AgendaSlot, Case, PersonMet, Visit
from clustermark.web.cases.queries.board import ON_CARD, OVER, cases_of_office, with_words

SHOWN = 6
"""Visits, and ends of terms, that a day of the calendar names."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The visit with its agenda by days, and the people met; `experts` are the names of the panel."""

    visit: Visit
    days: Sequence[tuple[date, Sequence[AgendaSlot]]]
    people: Sequence[PersonMet]
    experts: Sequence[str]


def plan_of(case: Case) -> Plan | None:
    """The plan of the visit, None when there is none. Four queries."""
    visit = Visit.objects.filter(case=case).prefetch_related("slots", "people").first()
    if visit is None:
        return None
    slots = sorted(visit.slots.all(), key=lambda slot: slot.starts_at)
    days = [
        (day, list(of_day))
        for day, of_day in groupby(slots, key=lambda slot: timezone.localtime(slot.starts_at).date())
    ]
    seats = case.seats.exclude(state="vacated").select_related("expert")
    return Plan(visit, days, list(visit.people.all()), [seat.expert.name for seat in seats])


@dataclass(slots=True)
class Day:
    """A day of the calendar: visits that take place, cases whose term ends; of many, the first and how many more."""

    day: date
    in_month: bool
    is_today: bool
    visits: list[Any] = field(default_factory=list)
    due: list[Case] = field(default_factory=list)
    more_visits: int = 0
    more_due: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on it."""
        return not self.visits and not self.due


def month_of(first: date) -> list[list[Day]]:
    """The weeks (Monday to Sunday) that show the month beginning on `first`. Three queries."""
    now = today()
    weeks = [
        [Day(day, day.month == first.month, day == now) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    by_day = {day.day: day for week in weeks for day in week}
    start, end = weeks[0][0].day, weeks[-1][-1].day
    for visit, first_day, last_day in _visits(start, end):
        day = max(first_day, start)
        while day <= min(last_day, end):
            if len(by_day[day].visits) < SHOWN:
                by_day[day].visits.append(visit)
            else:
                by_day[day].more_visits += 1
            day += timedelta(days=1)
    _name(by_day.values())
    for case in _due(start, end):
        assert case.due_on is not None  # noqa: S101 - filtered so
        by_day[case.due_on].due.append(with_words(case))
        by_day[case.due_on].more_due = case.of_day - SHOWN  # type: ignore[attr-defined] # counted by the query
    return weeks


def _due(start: date, end: date) -> QuerySet[Case]:
    """The first cases of each day whose term ends on it, with the number of all of that day."""
    found = cases_of_office().filter(due_on__range=(start, end)).exclude(state__in=OVER)
    place = Window(RowNumber(), partition_by="due_on", order_by="pk")
    of_day = Window(Count("pk"), partition_by="due_on")
    shown = found.annotate(place=place, of_day=of_day).filter(place__lte=SHOWN).order_by("pk")
    return shown.select_related(None).select_related("cluster").only(*ON_CARD)


def _visits(start: date, end: date) -> QuerySet[Visit, tuple[int, date, date]]:
    """Key, first and last day of the visits between two days."""
    found = Visit.objects.filter(starts_on__lte=end, ends_on__gte=start, case__submitted_at__isnull=False)
    found = found.exclude(case__state__in=("withdrawn", "expired")).order_by("starts_on", "pk")
    return found.values_list("pk", "starts_on", "ends_on")  # type: ignore[return-value] # both days are there: filtered


def _name(days: Collection[Day]) -> None:
    """Put the visits in the place of their keys; only those that are shown are read."""
    wanted = {key for day in days for key in day.visits}
    # asked also when there is none: a page asks the same number of times
    named = Visit.objects.select_related("case__cluster").only("case__reference", "case__cluster__name")
    known = named.in_bulk(wanted or {0})
    for day in days:
        day.visits = [known[key] for key in day.visits]
