"""Searching the register in the database: by name, country, region, sector, level, and the state on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from clustermark.register.life import IN_FORCE
from clustermark.web.register.models import Award
from clustermark.web.register.queries.documents import search_key
from clustermark.web.register.queries.whole import Head, database

IN_FORCE_CHOICE = "in_force"
ANY_STATE = "any"


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; empty words are not asked for. `state` is a state, `in_force` or `any`."""

    day: date
    name: str = ""
    country: str = ""
    region: str = ""
    sector: str = ""
    level: str = ""
    state: str = IN_FORCE_CHOICE


def found_awards(search: Search) -> QuerySet[Award]:
    """The awards in the order of their holders' names, each with its `state` on the day.

    What was not awarded yet on the day is not found. The state is told as it is known today: what was voided since was
    void on every day.
    """
    # one call of filter: the day and the state are those of the same span
    span: dict[str, Any] = {"spans__first__lte": search.day, "spans__last__gte": search.day}
    if search.state == IN_FORCE_CHOICE:
        span["spans__state__in"] = sorted(IN_FORCE)
    elif search.state != ANY_STATE:
        span["spans__state"] = search.state
    awards = Award.objects.filter(**span).annotate(state=F("spans__state"))
    # a state that says that it was awarded needs no second look at the day of the decision
    if search.state not in {IN_FORCE_CHOICE, *IN_FORCE, "suspended", "expired"}:
        known = Q(decided_on__lte=search.day) | Q(decided_on=None, year__lte=search.day.year)
        awards = awards.filter(known | Q(decided_on=None, year=None))
    if search.name:
        awards = awards.filter(
            Q(holder_search__contains=search_key(search.name)) | Q(number__iexact=search.name.strip())
        )
    if search.region:
        awards = awards.filter(region__icontains=search.region.strip())
    for column in ("country", "sector", "level"):
        asked = getattr(search, column)
        if asked:
            awards = awards.filter(**{column: asked})
    return awards.order_by("holder_search", "number")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the register has of each."""

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    levels: tuple[str, ...]
    count: int
    marks: frozenset[str]


_CHOICES: dict[str, tuple[Head, Choices]] = {}


def choices(at: Head) -> Choices:
    """Countries, sectors, levels and marks in the register; read once for each of its states."""
    kept = _CHOICES.get(database())
    if kept is None or kept[0] != at:
        kept = _CHOICES[database()] = (at, _read())
    return kept[1]


def _read() -> Choices:
    def all_of(column: str) -> tuple[str, ...]:
        values = Award.objects.order_by().values_list(column, flat=True).distinct()
        return tuple(sorted(value for value in values if value))

    return Choices(
        countries=all_of("country"),
        sectors=all_of("sector"),
        levels=all_of("level"),
        count=Award.objects.count(),
        marks=frozenset(all_of("mark")),
    )
