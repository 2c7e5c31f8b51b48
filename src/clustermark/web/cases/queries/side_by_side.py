"""The ratings of all experts side by side, and the consensus on them; only after all have submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from clustermark.analysis.agreement.coefficients import Coefficient, coefficients_of
from clustermark.analysis.agreement.panel import PanelAgreement, panel_agreement, rated_titles
from clustermark.analysis.agreement.records import RatingRecord
from clustermark.ground.texts import current_language, local
from clustermark.schemes.document import Indicator
from clustermark.web.cases.models import Case, Consensus, Rating, Seat
from clustermark.web.cases.models.assessment import Said
from clustermark.web.cases.queries.schemes import scheme_of


@dataclass(frozen=True, slots=True)
class Side:
    """One indicator: what each expert said, in the order of the seats, and the consensus so far."""

    indicator: Indicator
    said: Sequence[Rating | None]
    consensus: Consensus | None

    @property
    def code(self) -> str:
        """The code of the indicator."""
        return self.indicator.code

    @property
    def title(self) -> str:
        """The title of the indicator."""
        return local(self.indicator.title)

    @property
    def anchor(self) -> str:
        """The code as part of the id of an element; no two codes share one."""
        return "".join(one if one.isalnum() else f"-{ord(one):x}-" for one in self.code)

    @property
    def differs(self) -> bool:
        """Whether the experts said different things."""
        return len({answer_of(one) for one in self.said}) > 1

    @property
    def apart(self) -> int:
        """How far the ratings are apart in steps of the rubric; 1 where a value differs."""
        steps = [one.rating for one in self.said if one is not None and one.rating is not None]
        if len(steps) > 1:
            return max(steps) - min(steps)
        return int(self.differs)

    @property
    def settled(self) -> bool:
        """Whether there is a consensus, with a reason where it differs from every expert."""
        return self.consensus is not None and self.consensus.given and not self.needs_reason

    @property
    def departs(self) -> bool:
        """Whether the consensus is what no expert said."""
        row = self.consensus
        return row is not None and row.given and answer_of(row) not in [answer_of(one) for one in self.said]

    @property
    def needs_reason(self) -> bool:
        """Whether a reason is missing: the consensus is what no expert said."""
        return self.departs and self.consensus is not None and not self.consensus.reason.strip()


def answer_of(said: Said | None) -> tuple[object, ...] | None:
    """What was said, without its reason: two who say the same agree."""
    return None if said is None else (said.rating, said.value, said.follows_records)


def sides_of(case: Case, seats: Sequence[Seat], agreed: Sequence[Consensus]) -> list[Side]:
    """Every indicator of the scheme in its order; reads nothing but the ratings already fetched with `seats`."""
    given = [{one.indicator: one for one in seat.ratings.all()} for seat in seats]
    rows = {row.indicator: row for row in agreed}
    return [
        Side(spec, [ratings.get(spec.code) for ratings in given], rows.get(spec.code))
        for spec in scheme_of(case.edition).document.indicators
    ]


def largest_first(sides: Sequence[Side]) -> list[Side]:
    """Differences first, the largest before the smaller; else in the order of the scheme."""
    return sorted(sides, key=lambda side: (-side.apart, not side.differs))


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far the experts agree, in words and coefficients."""

    panel: PanelAgreement
    coefficients: Sequence[Coefficient]


def agreement_of_case(case: Case, seats: Sequence[Seat]) -> Agreed | None:
    """The agreement of the experts on the rated indicators; None when the scheme has none or one expert rated."""
    if len(seats) < 2 or not any(
        one.scale == "rubric" for one in scheme_of(case.edition).document.indicators
    ):
        return None
    titles = rated_titles(scheme_of(case.edition))
    given = tuple(
        (seat.expert.name, one.indicator, one.rating)
        for seat in seats
        for one in seat.ratings.all()
        if one.indicator in titles and one.rating is not None
    )
    return _agreement(str(case), given, tuple(titles.items()), current_language()) if given else None


@lru_cache(maxsize=64)
def _agreement(
    case: str, given: tuple[tuple[str, str, int], ...], titles: tuple[tuple[str, str], ...], _language: str
) -> Agreed:
    records = [
        RatingRecord(case=case, indicator=code, expert=expert, rating=float(rating))
        for expert, code, rating in given
    ]
    nothing: Mapping[str, int | None] = {}
    panel = panel_agreement(case, records, nothing, dict(titles))
    return Agreed(panel, coefficients_of(panel.agreement))
