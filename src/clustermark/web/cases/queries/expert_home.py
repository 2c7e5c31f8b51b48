"""What an expert finds on their own page: cases by what is to be done, accreditations, the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from clustermark.casework.definition import life
from clustermark.casework.permissions import AT_WORK
from clustermark.ground.texts import local
from clustermark.web.accounts.models import Accreditation
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.models import Seat

SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class SeatShown:
    """A case as it stands on the expert's own page."""

    seat: Seat
    state: str

    @property
    def case(self) -> Any:
        """The case."""
        return self.seat.case


@dataclass(frozen=True, slots=True)
class Home:
    """The expert's cases: to declare, at work, waiting for others, done."""

    to_declare: Sequence[SeatShown]
    at_work: Sequence[SeatShown]
    waiting: Sequence[SeatShown]
    done: Sequence[SeatShown]


@dataclass(frozen=True, slots=True)
class AccreditationShown:
    """An accreditation and whether it holds today or ends soon."""

    accreditation: Accreditation
    holds: bool
    ends_soon: bool


def home_of(by: Person) -> Home:
    """The cases on which `by` sits. One query."""
    groups: dict[str, list[SeatShown]] = {"to_declare": [], "at_work": [], "waiting": [], "done": []}
    seats = (
        Seat.objects.filter(expert=by.user)
        .exclude(state=Seat.State.VACATED)
        .select_related("case__cluster", "case__edition")
        .order_by("case__due_on", "case_id")
    )
    for seat in seats:
        groups[_group(seat)].append(SeatShown(seat, local(life().state(seat.case.state).staff)))
    return Home(**groups)


def _group(seat: Seat) -> str:
    state = seat.case.state
    if state in ("closed", "withdrawn", "expired", "decided", "deciding"):
        return "done"
    if seat.state == Seat.State.PROPOSED:
        return "to_declare" if seat.declared == Seat.Declared.NONE else "waiting"
    handed_in = state == "rating" and seat.submitted_at is not None
    return "at_work" if state in AT_WORK - {"hearing"} and not handed_in else "waiting"


def accreditations_of(by: Person) -> list[AccreditationShown]:
    """The accreditations of `by`. One query."""
    day = today()
    found = Accreditation.objects.filter(expert__user=by.user)
    return [_shown(one, day) for one in found]


def _shown(one: Accreditation, day: date) -> AccreditationShown:
    holds = one.starts_on <= day <= one.ends_on
    return AccreditationShown(one, holds, holds and one.ends_on <= day + SOON)
