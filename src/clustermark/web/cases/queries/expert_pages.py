"""Experts as the secretariat sees them: accreditations, ties, cases, and what others think of their work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from clustermark.casework.definition import life
from clustermark.ground.texts import local
from clustermark.web.accounts.models import Accreditation, Grant, Tie, User
from clustermark.web.accounts.people import today
from clustermark.web.accounts.queries.searching import holding, words_of
from clustermark.web.cases.models import Feedback, Seat
from clustermark.web.cases.queries.experts import CLOSED
from clustermark.web.cases.queries.tasks import ENDING

MARKS = {
    "prepared": _("well prepared"),
    "fair": _("fair"),
    "clear": _("clear"),
    "useful": _("useful"),
}
"""What clusters mark of an expert's work."""
CASES_A_PAGE = 25
ENDED = "ended"
SOON = "soon"
VALID = "valid"


def experts_of_office(*, name: str = "", ending: bool = False) -> QuerySet[User]:
    """People who hold the role of an expert today or have a profile.

    `name` are letters of the name; `ending` keeps those of whom an accreditation ends in the next 90 days.
    """
    day = today()
    held = Grant.objects.filter(user=OuterRef("pk"), role="expert", starts_on__lte=day)
    held = held.filter(Q(ends_on=None) | Q(ends_on__gte=day))
    found = User.objects.filter(Q(expert__isnull=False) | Exists(held), is_active=True)
    for word in words_of(name):
        found = found.filter(holding(word, "name"))
    if ending:
        found = found.filter(Exists(ending_accreditations().filter(expert__user=OuterRef("pk"))))
    return found.select_related("expert").prefetch_related("expert__accreditations").order_by("name", "pk")


def loads_of(users: Iterable[User]) -> dict[int, int]:
    """How many cases that go on each of `users` sits on; who sits on none is not there. One query."""
    busy = Seat.objects.filter(expert__in=[user.pk for user in users], state=Seat.State.SEATED)
    busy = busy.exclude(case__state__in=CLOSED).order_by()
    return dict(busy.values_list("expert_id").annotate(n=Count("pk")))


def ending_accreditations() -> QuerySet[Accreditation]:
    """Accreditations that end in the next 90 days and are not followed by another for the same scheme."""
    day = today()
    later = Accreditation.objects.filter(
        expert=OuterRef("expert"), scheme=OuterRef("scheme"), ends_on__gt=OuterRef("ends_on")
    )
    return Accreditation.objects.filter(
        ~Exists(later), ends_on__gte=day, ends_on__lte=day + timedelta(days=ENDING)
    ).select_related("expert__user")


@dataclass(frozen=True, slots=True)
class Held:
    """An accreditation and whether it is valid, ends soon, or has ended."""

    accreditation: Accreditation
    state: str


def held_by(accreditations: Sequence[Accreditation]) -> list[Held]:
    """Accreditations with their state today, those that last longest first."""
    ordered = sorted(accreditations, key=lambda one: one.ends_on, reverse=True)
    return [Held(one, _state(one.ends_on)) for one in ordered]


def _state(ends_on: date) -> str:
    days = (ends_on - today()).days
    return ENDED if days < 0 else SOON if days <= ENDING else VALID


@dataclass(frozen=True, slots=True)
class Record:
    """What the secretariat knows of an expert beyond the profile.

    `marks` are means of the marks 1 to 5 that clusters gave, to one decimal, by what was marked.
    """

    held: Sequence[Held]
    ties: Sequence[Tie]
    seats: Page[Any]
    marks: Sequence[tuple[str, Decimal]]
    given: Sequence[Feedback]


def record_of(user: User, *, page: str | None = None) -> Record:
    """The record of an expert, with one page of their cases, the newest first. Five queries."""
    expert = getattr(user, "expert", None)
    seats = Paginator(user.seats.select_related("case__cluster").order_by("-pk"), CASES_A_PAGE).get_page(page)
    for seat in seats.object_list:
        seat.case_words = local(life().state(seat.case.state).staff)  # type: ignore[attr-defined] # for the page
    given = list(
        Feedback.objects.filter(seat__expert=user, from_cluster=True).select_related("case__cluster")
    )
    return Record(
        held=held_by(list(expert.accreditations.all())) if expert else [],
        ties=list(user.ties.select_related("cluster")),
        seats=seats,
        marks=_means([one.marks for one in given]),
        given=given,
    )


def _means(marks: Sequence[dict[str, int]]) -> list[tuple[str, Decimal]]:
    names = list(dict.fromkeys(name for one in marks for name in one))
    means = []
    for name in names:
        values = [one[name] for one in marks if name in one]
        means.append(
            (str(MARKS.get(name, name)), (Decimal(sum(values)) / len(values)).quantize(Decimal("0.1")))
        )
    return means
