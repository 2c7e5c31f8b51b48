"""An expert's own work on a case: what is rated, what is missing, what comes next. Never anything of another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from clustermark.casework.facts import CaseFacts, SeatFacts
from clustermark.casework.guards import Missing, own_ratings_complete
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import local
from clustermark.schemes.document import Indicator
from clustermark.schemes.scheme import Scheme
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.models import Case, Rating, SealedRecord, Seat
from clustermark.web.cases.queries.schemes import scheme_of

Progress = Literal["empty", "unreasoned", "rated"]


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator and what the expert said of it so far."""

    indicator: Indicator
    rating: Rating | None

    @property
    def code(self) -> str:
        """The code of the indicator."""
        return self.indicator.code

    @property
    def title(self) -> str:
        """The title of the indicator."""
        return local(self.indicator.title)

    @property
    def progress(self) -> Progress:
        """Whether it is rated, and with a reason where one is needed."""
        said = self.rating
        if said is None or not said.given:
            return "empty"
        return "rated" if said.follows_records or said.reason.strip() else "unreasoned"


@dataclass(frozen=True, slots=True)
class Group:
    """The indicators of one dimension, and how many of them are done."""

    title: str
    items: Sequence[Item]
    done: int


def own_seat(case: Case, by: Person) -> Seat:
    """The seat of `by`; raises Seat.DoesNotExist without one. One query."""
    return Seat.objects.select_related("expert").get(case=case, expert=by.user, state=Seat.State.SEATED)


def items_of(case: Case, seat: Seat) -> list[Item]:
    """Every indicator of the scheme with the rating of `seat`. One query."""
    given = {rating.indicator: rating for rating in seat.ratings.all()}
    return [Item(spec, given.get(spec.code)) for spec in scheme_of(case.edition).document.indicators]


def groups_of(scheme: Scheme, items: Sequence[Item]) -> list[Group]:
    """The items by dimension, in the order of the scheme."""
    titles = {dimension.code: local(dimension.title) for dimension in scheme.document.dimensions}
    groups = []
    for code, found in groupby(items, key=lambda item: item.indicator.dimension):
        members = list(found)
        done = sum(item.progress == "rated" for item in members)
        groups.append(Group(titles.get(code, code), members, done))
    return groups


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an indicator stands in the list: its item and its neighbours' codes; None at the ends."""

    item: Item
    number: int
    previous: str | None
    next: str | None
    unrated: str | None


def standing_of(items: Sequence[Item], code: str) -> Standing | None:
    """Where `code` stands; `unrated` is the next that is not done, round the end; None when there is no such code."""
    codes = [item.code for item in items]
    if code not in codes:
        return None
    at = codes.index(code)
    after = [*items[at + 1 :], *items[:at]]
    return Standing(
        item=items[at],
        number=at + 1,
        previous=codes[at - 1] if at else None,
        next=codes[at + 1] if at + 1 < len(codes) else None,
        unrated=next((item.code for item in after if item.progress != "rated"), None),
    )


def missing_of(case: Case, by: Person, items: Sequence[Item]) -> list[Missing]:
    """What is missing before the expert can submit, by the guard of that act, from their own ratings alone."""
    seat = SeatFacts(
        user=by.user.pk,
        name=by.user.name,
        state="seated",
        missing_ratings=tuple(item.code for item in items if item.progress == "empty"),
        unreasoned=tuple(item.code for item in items if item.progress == "unreasoned"),
    )
    return own_ratings_complete(CaseFacts(state=case.state, today=today(), actor=by.user.pk, seats=(seat,)))


def own_seal(seat: Seat) -> SealedRecord | None:
    """The sealed ratings of this seat. One query."""
    return seat.sealed.filter(kind=SealedRecord.Kind.RATINGS).order_by("-version").first()


def indicator_or_problem(scheme: Scheme, code: str) -> Indicator:
    """The indicator with this code; raises ProblemsError when the scheme has none."""
    for spec in scheme.document.indicators:
        if spec.code == code:
            return spec
    raise ProblemsError(
        [Problem("indicator-unknown", _("The scheme has no such indicator."), Place("ratings"), found=code)]
    )
