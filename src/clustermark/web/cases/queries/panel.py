"""A panel being built: candidates by fit, who may not and why, the seats and what was said of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from clustermark.casework.duties import OVERRIDABLE, AccreditedFor
from clustermark.casework.policy import Denied
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case, Override, Seat
from clustermark.web.cases.queries.experts import ExpertRow, candidates

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """An expert as a candidate for one case; `fit` counts what speaks for them (language, sector, free capacity)."""

    row: ExpertRow
    speaks: bool
    knows_sector: bool
    accreditation: AccreditedFor | None
    seated: bool
    pending: tuple[Override, ...]

    @property
    def key(self) -> str:
        """The key of the person, as forms send it."""
        return str(self.row.expert.user_id)

    @property
    def free(self) -> bool:
        """Whether they have room for another case."""
        return self.row.load < self.row.expert.most_cases

    @property
    def fit(self) -> int:
        """0 to 3."""
        return self.speaks + self.knows_sector + self.free

    @property
    def may_sit(self) -> bool:
        """Whether nothing forbids it."""
        return not self.row.refusals

    @property
    def overridable(self) -> tuple[Denied, ...]:
        """The refusals that could be set aside and for which nobody has asked yet."""
        asked = {one.code for one in self.pending}
        return tuple(one for one in self.row.refusals if one.code in OVERRIDABLE - asked)


def choices_for(case: Case, *, name: str = "") -> list[Choice]:
    """Every expert for this case: those who may sit first, best fit and least busy before others.

    With `name`, only experts whose name holds its words. A fixed number of queries. Raises ValueError when the
    scheme has no rules for a panel.
    """
    overrides, day = list(case.overrides.all()), today()
    seated = {seat.expert_id for seat in case.seats.all() if seat.state != Seat.State.VACATED}
    found = [_choice(row, case, overrides, seated, day) for row in candidates(case, name=name)]
    return sorted(found, key=lambda one: (not one.may_sit, -one.fit, one.row.load, one.row.expert.user.name))


def _choice(row: ExpertRow, case: Case, overrides: Iterable[Override], seated: set[int], day: date) -> Choice:
    expert = row.expert
    valid = [one for one in row.accreditations if one.starts_on <= day <= one.ends_on]
    return Choice(
        row=row,
        speaks=case.language in expert.languages,
        knows_sector=case.cluster.sector in expert.sectors,
        accreditation=max(valid, key=lambda one: one.ends_on, default=None),
        seated=expert.user_id in seated,
        pending=tuple(
            one for one in overrides if one.expert_id == expert.user_id and one.confirmed_by_id is None
        ),
    )


@dataclass(frozen=True, slots=True)
class Panel:
    """The seats as they stand, and those that were emptied."""

    seats: Sequence[Seat]
    vacated: Sequence[Seat]
    overrides: Sequence[Override]


def panel_of(case: Case) -> Panel:
    """The panel of a case with the experts' profiles; kept with `case` for `choices_for`. Two queries."""
    prefetch_related_objects(
        [case],
        Prefetch("seats", Seat.objects.select_related("expert__expert")),
        Prefetch("overrides", Override.objects.select_related("expert", "requested_by", "confirmed_by")),
    )
    seats, overrides = list(case.seats.all()), list(case.overrides.all())
    return Panel(
        seats=[seat for seat in seats if seat.state != Seat.State.VACATED],
        vacated=[seat for seat in seats if seat.state == Seat.State.VACATED],
        overrides=overrides,
    )
