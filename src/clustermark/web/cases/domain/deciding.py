"""The committee's acts: award, refuse, defer with conditions, hear an appeal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.scoring.scorecard import Scorecard
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.domain.acting import Acting, acting, due_date
from clustermark.web.cases.domain.sealing import seal
from clustermark.web.cases.models import Appeal, Case, Decision, Item
from clustermark.web.cases.queries.scorecards import consensus_card
from clustermark.web.cases.queries.sealed import latest
from clustermark.web.register.queries.renewing import Term, held_before, term_of_award

AWARD, REFUSE, DEFER = "award", "refuse", "defer"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a deferral: what, whose, until when."""

    text: str
    owner: str = ""
    due_on: date | None = None
    indicator: str = ""


def decide_case(*, case: Case, by: Person, outcome: str, reason: str, level: str = "") -> Decision:
    """Award a level or refuse, with reasons. A level that the consensus does not reach cannot be awarded."""
    with acting(case=case, act="decide", by=by, reason=reason) as doing:
        return _decide(doing, by, outcome=outcome, level=level, reason=reason)


def defer_case(*, case: Case, by: Person, reason: str, conditions: Sequence[Condition]) -> Decision:
    """Put the decision off until conditions are met."""
    with acting(case=case, act="defer", by=by, reason=reason) as doing:
        current = doing.case
        last_day = due_date(current, "deferred")
        Item.objects.bulk_create(
            Item(
                case=current,
                kind=Item.Kind.CONDITION,
                text=one.text,
                owner=one.owner,
                due_on=one.due_on or last_day,
                indicator=one.indicator,
                stated_by=by.user,
            )
            for one in conditions
            if one.text.strip()
        )
        return _decide(doing, by, outcome=DEFER, level="", reason=reason)


def resume_decision(*, case: Case, by: Person, reason: str = "") -> None:
    """Give a deferred case back to the committee: every condition was closed."""
    with acting(case=case, act="resume", by=by, reason=reason):
        pass


def appeal(*, case: Case, by: Person, reason: str) -> Appeal:
    """The cluster appeals, once, within the term."""
    with transaction.atomic():
        # the guard asks whether there was an appeal before, so this one is written after it
        with acting(case=case, act="appeal", by=by, reason=reason):
            pass
        against = case.decisions.last()
        assert against is not None  # noqa: S101 - a case in this state was decided
        return Appeal.objects.create(
            case=case, against=against, reason=reason, made_by=by.user, made_at=timezone.now()
        )


def decide_appeal(*, case: Case, by: Person, outcome: str, reason: str, level: str = "") -> Decision:
    """Decide on the appeal, by others than those who decided before; it ends the case."""
    with acting(case=case, act="decide_appeal", by=by, reason=reason) as doing:
        return _decide(doing, by, outcome=outcome, level=level, reason=reason, on_appeal=True)


def close_case(*, case: Case, by: Person, reason: str = "") -> None:
    """Close the case: nobody can appeal any more."""
    with acting(case=case, act="close", by=by, reason=reason):
        pass


def _decide(
    doing: Acting, by: Person, *, outcome: str, level: str, reason: str, on_appeal: bool = False
) -> Decision:
    case = doing.case
    _outcome(case, outcome, (DEFER,) if doing.act == "defer" else (AWARD, REFUSE))
    card = consensus_card(case, language="en")
    if card is None:
        raise ProblemsError([Problem("scorecard-missing", _("There is no scorecard."), Place(case.subject))])
    if outcome == AWARD:
        _reached(case, card, level)
    previous = case.decisions.last()
    term = term_of_award(case, card, held_before(case).get(level), on=today()) if outcome == AWARD else None
    decision = Decision.objects.create(
        case=case,
        outcome=outcome,
        level=level if outcome == AWARD else "",
        reason=reason,
        on_appeal=on_appeal,
        decided_by=by.user,
        decided_at=timezone.now(),
        valid_from=term.first if term else None,
        valid_until=term.last if term else None,
        appeal_until=previous.appeal_until if on_appeal and previous else due_date(case, "decided"),
    )
    if outcome != DEFER:
        case.decided_level, case.decided_on = decision.level, today()
    record = seal(
        case=case, kind="decision", content=_content(case, decision, card, term), by=by.user, reason=reason
    )
    doing.after = record.digest
    doing.facts = {"outcome": outcome, "level": decision.level}
    return decision


def _outcome(case: Case, outcome: str, possible: tuple[str, ...]) -> None:
    if outcome not in possible:
        message, place = _("This cannot be decided here."), Place(case.subject, field="outcome")
        allowed = ", ".join(possible)
        raise ProblemsError([Problem("outcome-unknown", message, place, found=outcome, allowed=allowed)])


def _reached(case: Case, card: Scorecard, level: str) -> None:
    """Gates apart from points: what the consensus does not reach cannot be awarded."""
    reached = [one.level for one in card.levels if one.reached]
    if level not in reached:
        message = _("The consensus does not reach this level.")
        place = Place(case.subject, field="level")
        allowed = ", ".join(reached) or _("no level")
        raise ProblemsError([Problem("level-not-reached", message, place, found=level, allowed=allowed)])


def _content(case: Case, decision: Decision, card: Scorecard, term: Term | None) -> dict[str, object]:
    digests = {
        kind: record.digest if (record := latest(case, kind)) else None
        for kind in ("dossier", "consensus", "report")
    }
    return {
        "format": "clustermark-sealed-decision/1",
        "case": case.number,
        "cluster": {
            "reference": str(case.cluster.reference),
            "name": case.cluster.name,
            "country": case.cluster.country,
            "region": case.cluster.region,
            "city": case.cluster.city,
            "sector": case.cluster.sector,
        },
        "scheme": {
            "id": case.edition.scheme,
            "version": case.edition.version,
            "digest": case.edition.digest,
        },
        "outcome": decision.outcome,
        "level": decision.level,
        "on_appeal": decision.on_appeal,
        "decided_by": str(decision.decided_by.reference),
        "decided_on": today(),
        "valid_from": decision.valid_from,
        "valid_until": decision.valid_until,
        "renews": term.renews if term else None,
        "appeal_until": decision.appeal_until,
        "conditions": [
            {"text": item.text, "owner": item.owner, "due_on": item.due_on, "indicator": item.indicator}
            for item in case.items.filter(kind=Item.Kind.CONDITION)
        ],
        "sealed": digests,
        "summary": {
            "points": card.points,
            "max_points": card.max_points,
            "level_reached": card.level,
            "rated": len(card.indicators),
            "indicators": card.significantly_above.of,
            "significantly_above": card.significantly_above.count,
            "share": card.significantly_above.share,
        },
    }
