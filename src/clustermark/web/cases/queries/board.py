"""All cases for the secretariat: filtered and searched in the database, as a board by state and as a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import RowNumber

from clustermark.casework.definition import life
from clustermark.ground.texts import local
from clustermark.web.accounts.people import today
from clustermark.web.accounts.queries.searching import holding, words_of
from clustermark.web.cases.models import Case, SchemeEdition
from clustermark.web.cases.queries.tasks import SOON, urgency
from clustermark.web.site.templatetags.site import country, level, sector

CARDS = 8
"""Cases shown in one column of the board; the list shows the rest."""
ON_CARD = (
    *("reference", "number", "level", "state", "due_on"),
    *("cluster__name", "cluster__country", "cluster__sector"),
)
"""What a card of the board and a day of the calendar say of a case."""
OVER = ("closed", "withdrawn", "expired")
SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "due": (F("due_on").asc(nulls_last=True), "pk"),
    "number": ("-number", "pk"),
    "cluster": ("cluster__name", "pk"),
    "state": ("state", F("due_on").asc(nulls_last=True), "pk"),
    "submitted": ("-submitted_at", "pk"),
}


def cases_of_office() -> QuerySet[Case]:
    """Every case that was submitted; what never was is the cluster's own and stays out."""
    return Case.objects.filter(submitted_at__isnull=False).select_related("cluster", "edition")


def late_cases() -> int:
    """How many cases are past their term. One query."""
    return cases_of_office().filter(due_on__lt=today()).exclude(state__in=OVER).count()


def filtered(cases: QuerySet[Case], wanted: dict[str, str]) -> QuerySet[Case]:
    """Those of `cases` that have what `wanted` says: q (words), scheme, country, sector, level, state, due.

    `due` is "late", "soon" or a day.
    """
    fields = {
        "scheme": "edition__scheme",
        "country": "cluster__country",
        "sector": "cluster__sector",
        "level": "level",
        "state": "state",
    }
    for name, field in fields.items():
        if wanted.get(name):
            cases = cases.filter(**{field: wanted[name]})
    for word in words_of(wanted.get("q", "")):
        cases = cases.filter(holding(word, "number", "cluster__name", "cluster__region", "cluster__city"))
    if wanted.get("due") == "late":
        cases = cases.filter(due_on__lt=today()).exclude(state__in=OVER)
    elif wanted.get("due") == "soon":
        cases = cases.filter(due_on__range=(today(), today() + timedelta(days=SOON)))
    elif wanted.get("due"):
        with suppress(ValueError):
            cases = cases.filter(due_on=date.fromisoformat(wanted["due"])).exclude(state__in=OVER)
    return cases


def choices() -> dict[str, list[tuple[str, str]]]:
    """What can be filtered by: values that there are, each with its words. Two queries."""
    there = list(
        cases_of_office()
        .order_by()
        .values_list("edition__scheme", "cluster__country", "cluster__sector", "level")
        .distinct()
    )
    titles = {
        scheme: local(title)
        for scheme, title in SchemeEdition.objects.order_by("published_at").values_list("scheme", "title")
    }
    schemes, countries, sectors, levels = ({row[at] for row in there if row[at]} for at in range(4))
    return {
        "scheme": sorted((one, titles.get(one, one)) for one in schemes),
        "country": in_words(countries, country),
        "sector": in_words(sectors, sector),
        "level": in_words(levels, level),
        "state": [(one.state, local(one.staff)) for one in life().states if one.state != "draft"],
    }


def in_words(values: set[str], words: Callable[[str], str]) -> list[tuple[str, str]]:
    """Values beside their words, in the order of the words."""
    return sorted(((value, words(value)) for value in values), key=lambda one: one[1])


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board: a state, its words, how many cases it holds, and the most urgent of them."""

    state: str
    title: str
    count: int
    cases: Sequence[Case]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cases)


def board(cases: QuerySet[Case]) -> list[Column]:
    """The states in which there are cases, in the order of the road, each with its most urgent cases. Two queries."""
    going = cases.exclude(state__in=OVER).order_by()
    counts = dict(going.values_list("state").annotate(n=Count("pk")))
    urgent_first = (F("due_on").asc(nulls_last=True), F("pk").asc())
    place = Window(RowNumber(), partition_by="state", order_by=urgent_first)
    # keys alone are put in order: whole rows would be carried along for every case
    first = going.annotate(place=place).filter(place__lte=CARDS).values("pk")
    shown: dict[str, list[Case]] = {}
    cards = Case.objects.filter(pk__in=first).select_related("cluster").only(*ON_CARD)
    for case in cards.order_by(*urgent_first):
        shown.setdefault(case.state, []).append(with_words(case))
    return [
        Column(one.state, local(one.staff), counts[one.state], shown.get(one.state, []))
        for one in life().states
        if one.state in counts
    ]


def with_words(case: Case) -> Case:
    """The case with `state_words` and `urgency` for the page."""
    shown: Any = case
    shown.state_words = local(life().state(case.state).staff)
    shown.urgency = "" if case.state in OVER else urgency(case.due_on)
    return case
