"""Gathers the facts of a case that guards look at."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Prefetch

from clustermark.casework.definition import Act, life
from clustermark.casework.facts import CaseFacts, SeatFacts
from clustermark.casework.guards import Missing, missing_for
from clustermark.casework.policy import Denied
from clustermark.ground.exact import digest
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.models import Case, Clarification, Consensus, PanelReport, Rating, Seat, Visit
from clustermark.web.cases.queries.dossiers import said_row
from clustermark.web.cases.queries.experts import candidates
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.queries.scorecards import claim_card


def missing_for_act(case: Case, act: Act, *, by: Person | None) -> list[Missing]:
    """What is missing for `act`, as told to the one who wants to do it."""
    return missing_for(act.needs, facts_of(case, needs=act.needs, actor=by.actor.id if by else None))


def facts_of(case: Case, *, needs: Collection[str], actor: int | None = None) -> CaseFacts:
    """The facts that the guards in `needs` look at; others keep their defaults and cost nothing."""
    facts: dict[str, Any] = {"state": case.state, "today": today(), "actor": actor, "due_on": case.due_on}
    if not _OF_SEATS.isdisjoint(needs):
        _seats(case, facts, frozenset(needs))
    gathered: set[Callable[[Case, dict[str, Any]], None]] = set()
    for need in needs:
        gather = _GATHER.get(need)
        if gather is not None and gather not in gathered:
            gathered.add(gather)
            gather(case, facts)
    return CaseFacts(**facts)


def rated_codes(case: Case) -> list[str]:
    """The codes of the indicators that an expert rates: all of the scheme."""
    return [indicator.code for indicator in scheme_of(case.edition).document.indicators]


def consensus_digest(rows: Collection[Consensus]) -> str:
    """The digest of the consensus as it stands: who agreed to another one has not agreed to this."""
    return digest([[*said_row(row, view="consensus"), row.follows_records] for row in rows])


def _dossier(case: Case, facts: dict[str, Any]) -> None:
    card, problems = claim_card(case)
    facts["dossier_problems"] = len(problems.errors)
    claims = list(case.claims.all())
    evidenced = 0 if card is None else sum(score.value is not None for score in card.indicators)
    facts["claimed"] = evidenced or sum(claim.rating is not None for claim in claims)
    facts["unreasoned_claims"] = tuple(
        claim.indicator
        for claim in claims
        if (claim.rating is not None or claim.value is not None) and not claim.reason.strip()
    )
    facts["unmet_gates"] = tuple(gate.title for gate in card.gates if not gate.met) if card else ()


_OF_SEATS = frozenset(
    {
        "panel_complete",
        "panel_free",
        "objections_answered",
        "seat_vacant",
        "all_declared",
        "questions_answered",
        "own_ratings_complete",
        "all_submitted",
        "consensus_agreed",
    }
)
"""Guards that look at the panel."""


def _seats(case: Case, facts: dict[str, Any], needs: frozenset[str]) -> None:
    """The panel; ratings, questions and refusals are read only where a guard in `needs` looks at them."""
    panel = scheme_of(case.edition).document.panel
    facts["experts_wanted"] = panel.experts if panel else 0
    rates, asks = "own_ratings_complete" in needs, "questions_answered" in needs
    seats = list(
        Seat.objects.filter(case=case)
        .select_related("expert")
        .prefetch_related(
            Prefetch("ratings", Rating.objects.all() if rates else Rating.objects.none()),
            Prefetch("clarifications", Clarification.objects.all() if asks else Clarification.objects.none()),
        )
    )
    refused: dict[int, tuple[Denied, ...]] = {}
    if needs & {"panel_free", "all_declared"}:
        users = [seat.expert_id for seat in seats if seat.state != Seat.State.VACATED]
        known = {row.expert.user_id: row.refusals for row in candidates(case, users=users)}
        # a person who is no expert has a reason too
        stranger = (Denied("not-expert", _("Does not hold the role of an expert today.")),)
        refused = {user: known.get(user, stranger) for user in users}
    agreed = consensus_digest(list(case.consensus.all())) if "consensus_agreed" in needs else ""
    codes = rated_codes(case) if rates else []
    facts["seats"] = tuple(seat_facts(seat, refused.get(seat.expert_id, ()), codes, agreed) for seat in seats)


def seat_facts(seat: Seat, refusals: Any, codes: list[str], agreed: str) -> SeatFacts:
    """A seat as guards see it; reads its ratings and questions. `agreed` is the digest of the consensus, or empty."""
    given = {rating.indicator: rating for rating in seat.ratings.all() if rating.given}
    return SeatFacts(
        user=seat.expert_id,
        name=seat.expert.name,
        state=seat.state,
        refusals=tuple(refusals),
        objection=seat.objection,
        declared=seat.declared,
        missing_ratings=tuple(code for code in codes if code not in given),
        unreasoned=tuple(
            code for code, one in given.items() if not one.follows_records and not one.reason.strip()
        ),
        open_questions=sum(one.state != "closed" for one in seat.clarifications.all()),
        submitted=seat.submitted_at is not None,
        agreed_consensus=bool(agreed) and seat.agreed_digest == agreed,
    )


def _visit(case: Case, facts: dict[str, Any]) -> None:
    visit = Visit.objects.filter(case=case).prefetch_related("slots", "people").first()
    if visit is not None:
        facts["visit_planned"] = visit.starts_on is not None and visit.ends_on is not None
        facts["visit_ends_on"] = visit.ends_on
        facts["agenda_slots"] = len(visit.slots.all())
        facts["people_met"] = sum(person.present for person in visit.people.all())


def _consensus(case: Case, facts: dict[str, Any]) -> None:
    rows = {row.indicator: row for row in case.consensus.all()}
    facts["consensus_missing"] = tuple(
        code for code in rated_codes(case) if code not in rows or not rows[code].given
    )
    by_code: dict[str, list[tuple[Any, ...]]] = {}
    given = Rating.objects.filter(seat__case=case, seat__state=Seat.State.SEATED).order_by()
    for code, *word in given.values_list("indicator", "rating", "value", "follows_records"):
        by_code.setdefault(code, []).append(tuple(word))
    facts["consensus_unreasoned"] = tuple(
        code
        for code, row in rows.items()
        if row.given and not row.reason.strip() and _word(row) not in by_code.get(code, [])
    )


def _word(said: Any) -> tuple[Any, ...]:
    return (said.rating, said.value, said.follows_records)


def _report(case: Case, facts: dict[str, Any]) -> None:
    report = PanelReport.objects.filter(case=case).first()
    facts["report_written"] = report is not None and bool(report.summary.strip())
    facts["hearing_finished_by_cluster"] = report is not None and report.hearing_finished_at is not None
    facts["recommendation_written"] = report is not None and bool(
        report.outcome and report.recommendation.strip()
    )
    facts["unanswered_comments"] = case.comments.filter(answer="").count()


def _decision(case: Case, facts: dict[str, Any]) -> None:
    decisions = list(case.decisions.all())
    facts["decision_written"] = bool(decisions) and bool(decisions[-1].reason.strip())
    facts["appeal_until"] = decisions[-1].appeal_until if decisions else None
    facts["appealed"] = hasattr(case, "appeal")
    items = [item for item in case.items.all() if item.kind == "condition"]
    facts["open_conditions"] = sum(item.closed_at is None for item in items)


_GATHER: dict[str, Callable[[Case, dict[str, Any]], None]] = {
    **dict.fromkeys(("dossier_sound", "something_claimed", "claims_reasoned", "eligible"), _dossier),
    **dict.fromkeys(("visit_planned", "visit_held", "people_met"), _visit),
    **dict.fromkeys(("consensus_complete", "consensus_reasoned"), _consensus),
    **dict.fromkeys(
        ("report_written", "hearing_heard", "comments_answered", "recommendation_written"), _report
    ),
    **dict.fromkeys(
        (
            "decision_complete",
            "conditions_stated",
            "conditions_closed",
            "appeal_in_time",
            "no_appeal_yet",
            "appeal_over",
        ),
        _decision,
    ),
}


def open_acts(case: Case) -> list[Act]:
    """The acts that people can do in the state of the case, whoever may."""
    return [act for act in life().acts_from(case.state) if act.permission is not None]
