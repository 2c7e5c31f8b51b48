"""What guards look at: a case reduced to plain facts, gathered once and handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clustermark.casework.policy import Denied


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFacts:
    """A seat of the panel.

    `refusals` are the reasons why this expert may not sit (see `duties`), those overridden left out;
    `objection`: open, upheld, rejected or none; `declared`: free, interest or none.
    `missing_ratings` are the codes the expert has not rated, `unreasoned` those rated without a reason.
    """

    user: int
    name: str
    state: str
    refusals: tuple[Denied, ...] = ()
    objection: str = "none"
    declared: str = "none"
    missing_ratings: tuple[str, ...] = ()
    unreasoned: tuple[str, ...] = ()
    open_questions: int = 0
    submitted: bool = False
    agreed_consensus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """A case on a day, as the guards of acts see it.

    `actor` is the user who wants to act. Codes are those of indicators. `unmet_gates` are titles of gates that
    an application must meet; `due_on` is the end of the present state's term; `experts_wanted` the size of the panel.
    """

    state: str
    today: date
    actor: int | None = None
    due_on: date | None = None
    dossier_problems: int = 0
    claimed: int = 0
    unreasoned_claims: tuple[str, ...] = ()
    unmet_gates: tuple[str, ...] = ()
    experts_wanted: int = 2
    seats: tuple[SeatFacts, ...] = ()
    visit_planned: bool = False
    visit_ends_on: date | None = None
    agenda_slots: int = 0
    people_met: int = 0
    consensus_missing: tuple[str, ...] = ()
    consensus_unreasoned: tuple[str, ...] = ()
    report_written: bool = False
    hearing_finished_by_cluster: bool = False
    unanswered_comments: int = 0
    recommendation_written: bool = False
    decision_written: bool = False
    open_conditions: int = 0
    appealed: bool = False
    appeal_until: date | None = None

    @property
    def seated(self) -> tuple[SeatFacts, ...]:
        """The seats that are taken: proposed or seated, not vacated."""
        return tuple(seat for seat in self.seats if seat.state in ("proposed", "seated"))

    @property
    def own_seat(self) -> SeatFacts | None:
        """The seat of the one who wants to act."""
        return next((seat for seat in self.seated if seat.user == self.actor), None)
