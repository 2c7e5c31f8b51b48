"""Scorecards of a case: the claim live, each expert's, the consensus; computed by the engine, never stored twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clustermark.ground.exact import digest
from clustermark.ground.problems import ProblemList
from clustermark.ground.texts import Language, current_language
from clustermark.scoring.assess import assess
from clustermark.scoring.scorecard import Scorecard
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case, Consensus, SealedRecord, Seat
from clustermark.web.cases.queries.dossiers import (
    Content,
    content_for_panel,
    dossier_of,
    said_row,
    with_ratings,
    working_content,
)
from clustermark.web.cases.queries.memory import Memory
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.queries.sealed import content_of, latest

_cards: Memory[tuple[Scorecard | None, ProblemList]] = Memory(256)


def scorecard_of_content(
    case: Case,
    content: Content,
    *,
    view: str,
    as_of: date | None = None,
    language: Language | None = None,
    sealed: SealedRecord | None = None,
) -> tuple[Scorecard | None, ProblemList]:
    """The scorecard of `content` under the scheme of the case; None when the dossier has errors; and every problem.

    Remembered by what it depends on, so that pages of the same dossier compute it once. `sealed` is the record that
    `content` was read from: its digest is known.
    """
    spoken = language or current_language()
    frozen_on = case.submitted_at.date() if case.submitted_at else None
    day = as_of or (None if frozen_on else today())
    known = digest(content) if sealed is None else sealed.digest
    key = (case.edition.digest, known, view, str(day), str(frozen_on), spoken)

    def computed() -> tuple[Scorecard | None, ProblemList]:
        dossier, problems = dossier_of(content, name=str(case), frozen_on=frozen_on)
        if dossier is None:
            return None, problems
        scheme = scheme_of(case.edition)
        return assess(dossier, scheme, view=view, as_of=day, language=spoken), problems

    return _cards.get(key, computed)


def claim_card(case: Case, *, language: Language | None = None) -> tuple[Scorecard | None, ProblemList]:
    """Where the cluster stands by its own claim: the working dossier while it can be edited, else the sealed one."""
    known: tuple[Scorecard | None, ProblemList] | None = getattr(case, "_claim_card", None)
    if known is not None and language is None:
        return known
    record = None if case.state in ("draft", "returned") else latest(case, "dossier")
    content = working_content(case) if record is None else content_of(record)["dossier"]
    return scorecard_of_content(case, content, view="claim", language=language, sealed=record)


def keep_claim_card(case: Case, card: Scorecard | None, problems: ProblemList) -> None:
    """Let `claim_card` answer this for `case`, on a page that only shows it and has the card already."""
    case._claim_card = (card, problems)  # type: ignore[attr-defined] # remembered as long as the case is


def expert_card(case: Case, seat: Seat, *, language: Language | None = None) -> Scorecard | None:
    """The scorecard by one expert's ratings so far; only for that expert until all have submitted."""
    rated_on = seat.submitted_at.date() if seat.submitted_at else today()
    rows = [
        said_row(rating, view="expert", rater=seat.expert.name, rated_on=rated_on)
        for rating in seat.ratings.all()
        if rating.rating is not None or rating.value is not None
    ]
    if not rows:
        return None
    content = with_ratings(content_for_panel(case), rows)
    return scorecard_of_content(case, content, view=f"expert:{seat.expert.name}", language=language)[0]


def submitted_seats(case: Case) -> list[Seat]:
    """The seats whose ratings are submitted, with expert and ratings. Two queries."""
    submitted = case.seats.filter(submitted_at__isnull=False).select_related("expert")
    return list(submitted.prefetch_related("ratings"))


def consensus_content(
    case: Case, *, seats: Sequence[Seat] | None = None, agreed: Sequence[Consensus] | None = None
) -> Content:
    """The dossier with every expert's ratings and the consensus, as it goes into the report and the decision.

    `seats` and `agreed` are read unless the caller has them.
    """
    rows = []
    for seat in submitted_seats(case) if seats is None else seats:
        assert seat.submitted_at is not None  # noqa: S101 - filtered above
        rated_on = seat.submitted_at.date()
        rows += [
            said_row(one, view="expert", rater=seat.expert.name, rated_on=rated_on)
            for one in seat.ratings.all()
            if one.rating is not None or one.value is not None
        ]
    last = max((day for row in rows if (day := row[-1])), default=today().isoformat())
    rows += [
        said_row(one, view="consensus", rated_on=date.fromisoformat(last))
        for one in (case.consensus.all() if agreed is None else agreed)
        if one.rating is not None or one.value is not None
    ]
    return with_ratings(content_for_panel(case), rows)


def consensus_card(case: Case, *, language: Language | None = None) -> Scorecard | None:
    """The scorecard that the decision rests on: of the sealed consensus, or of the one being agreed on."""
    record = latest(case, "consensus")
    content = consensus_content(case) if record is None else content_of(record)["dossier"]
    return scorecard_of_content(case, content, view="consensus", language=language, sealed=record)[0]


def sealed_card(case: Case, *, language: Language | None = None) -> Scorecard | None:
    """The scorecard of the sealed consensus, which the full report is about; None before it is sealed."""
    record = latest(case, "consensus")
    if record is None:
        return None
    content = content_of(record)["dossier"]
    return scorecard_of_content(case, content, view="consensus", language=language, sealed=record)[0]


def reached_levels(case: Case) -> list[str]:
    """The levels that the consensus reaches, in the order of the scheme: what can be recommended and awarded."""
    card = consensus_card(case)
    return [] if card is None else [one.level for one in card.levels if one.reached]
