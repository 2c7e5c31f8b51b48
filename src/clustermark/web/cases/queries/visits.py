"""The visit of a case: its plan by days, who was met; the visits and terms of a month."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from clustermark.web.accounts.people import today
from clustermark.web.cases.models import AgendaSlot, Case, PersonMet, Visit
from clustermark.web.cases.queries.board import OVER, cases_of_office, with_words


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
    """A day of the calendar: visits that take place, cases whose term ends."""

    day: date
    in_month: bool
    is_today: bool
    visits: list[Visit] = field(default_factory=list)
    due: list[Case] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on it."""
        return not self.visits and not self.due


def month_of(first: date) -> list[list[Day]]:
    """The weeks (Monday to Sunday) that show the month beginning on `first`. Two queries."""
    now = today()
    weeks = [
        [Day(day, day.month == first.month, day == now) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    by_day = {day.day: day for week in weeks for day in week}
    start, end = weeks[0][0].day, weeks[-1][-1].day
    for visit in _visits(start, end):
        assert visit.starts_on is not None and visit.ends_on is not None  # noqa: S101, PT018 - filtered so
        day = max(visit.starts_on, start)
        while day <= min(visit.ends_on, end):
            by_day[day].visits.append(visit)
            day += timedelta(days=1)
    for case in cases_of_office().filter(due_on__range=(start, end)).exclude(state__in=OVER).order_by("pk"):
        assert case.due_on is not None  # noqa: S101 - filtered so
        by_day[case.due_on].due.append(with_words(case))
    return weeks


def _visits(start: date, end: date) -> QuerySet[Visit]:
    found = Visit.objects.filter(starts_on__lte=end, ends_on__gte=start, case__submitted_at__isnull=False)
    return found.exclude(case__state__in=("withdrawn", "expired")).select_related("case__cluster")
