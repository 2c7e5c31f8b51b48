"""Each guard red and green: what is missing, in which words, and that nothing is missing when it is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clustermark.casework.facts import CaseFacts, SeatFacts
from clustermark.casework.guards import GUARDS, missing_for
from clustermark.casework.policy import Denied
from clustermark.ground.texts import use_language

TODAY = date(2026, 6, 1)
A = SeatFacts(
    user=1, name="Anna Keller", state="seated", declared="free", submitted=True, agreed_consensus=True
)
B = replace(A, user=2, name="Jan Novák")
GREEN = CaseFacts(
    state="rating",
    today=TODAY,
    actor=1,
    due_on=TODAY,
    claimed=1,
    experts_wanted=2,
    seats=(A, B),
    visit_planned=True,
    visit_ends_on=TODAY,
    agenda_slots=1,
    people_met=1,
    report_written=True,
    hearing_finished_by_cluster=True,
    recommendation_written=True,
    decision_written=True,
    appeal_until=TODAY,
)


def with_seat(**changes: object) -> dict[str, object]:
    return {"seats": (A, replace(B, **changes))}  # type: ignore[arg-type] # each case names fields of a seat


RED: list[tuple[str, dict[str, object], list[str]]] = [
    ("dossier_sound", {"dossier_problems": 1}, ["The dossier has 1 problem."]),
    ("dossier_sound", {"dossier_problems": 3}, ["The dossier has 3 problems."]),
    ("something_claimed", {"claimed": 0}, ["No indicator has a value or claim yet."]),
    ("claims_reasoned", {"unreasoned_claims": ("2.1", "2.5")}, ["These claims have no reason: 2.1, 2.5."]),
    (
        "eligible",
        {"unmet_gates": ("Two years old.", "A manager")},
        ["Not met: Two years old.", "Not met: A manager."],
    ),
    ("panel_complete", {"seats": (A,)}, ["The panel has 1 of 2 experts."]),
    ("panel_complete", with_seat(state="vacated"), ["The panel has 1 of 2 experts."]),
    ("panel_complete", {"experts_wanted": 1}, ["The panel has 2 of 1 experts."]),
    (
        "panel_free",
        with_seat(refusals=(Denied("advises", "Advises the cluster."),)),
        ["Jan Novák: Advises the cluster."],
    ),
    (
        "objections_answered",
        with_seat(objection="open"),
        ["The secretariat has not answered the objection to Jan Novák."],
    ),
    (
        "objections_answered",
        with_seat(objection="upheld", state="vacated"),
        ["The panel has 1 of 2 experts."],
    ),
    ("seat_vacant", {}, ["No seat of the panel is empty."]),
    ("all_declared", with_seat(declared="none"), ["Not yet declared free of interest: Jan Novák."]),
    ("all_declared", with_seat(declared="interest", state="vacated"), ["The panel has 1 of 2 experts."]),
    ("all_declared", with_seat(refusals=(Denied("x", "Too late."),)), ["Jan Novák: Too late."]),
    ("questions_answered", with_seat(open_questions=1), ["1 question is not closed."]),
    (
        "questions_answered",
        {"seats": (replace(A, open_questions=2), replace(B, open_questions=1))},
        ["3 questions are not closed."],
    ),
    ("visit_planned", {"visit_planned": False}, ["The visit has no dates yet."]),
    ("visit_planned", {"agenda_slots": 0}, ["The agenda is empty."]),
    ("visit_held", {"visit_ends_on": date(2026, 6, 2)}, ["The visit lasts until 2 June 2026."]),
    ("people_met", {"people_met": 0}, ["Nobody is noted as met."]),
    ("own_ratings_complete", {"actor": 9}, ["You have no seat on this panel."]),
    (
        "own_ratings_complete",
        {"seats": (replace(A, missing_ratings=("2.1",), unreasoned=("3.1",)), B)},
        ["Not yet rated: 2.1.", "Rated without a reason: 3.1."],
    ),
    ("all_submitted", with_seat(submitted=False), ["Not yet submitted: Jan Novák."]),
    ("consensus_complete", {"consensus_missing": ("2.1",)}, ["No consensus yet on: 2.1."]),
    (
        "consensus_reasoned",
        {"consensus_unreasoned": ("2.1",)},
        ["Differs from both ratings without a reason: 2.1."],
    ),
    ("consensus_agreed", with_seat(agreed_consensus=False), ["Not yet agreed: Jan Novák."]),
    ("report_written", {"report_written": False}, ["The report has no summary yet."]),
    (
        "hearing_heard",
        {"hearing_finished_by_cluster": False},
        ["The cluster has not finished its comments and its term is not over."],
    ),
    ("comments_answered", {"unanswered_comments": 1}, ["1 comment has no answer."]),
    ("comments_answered", {"unanswered_comments": 2}, ["2 comments have no answer."]),
    ("recommendation_written", {"recommendation_written": False}, ["There is no recommendation yet."]),
    ("decision_complete", {"decision_written": False}, ["The decision has no outcome or no reason yet."]),
    ("conditions_stated", {}, ["A deferral needs at least one condition."]),
    ("conditions_closed", {"open_conditions": 1}, ["1 condition is open."]),
    ("conditions_closed", {"open_conditions": 2}, ["2 conditions are open."]),
    (
        "appeal_in_time",
        {"appeal_until": TODAY - timedelta(days=1)},
        ["The term of appeal ended on 31 May 2026."],
    ),
    ("no_appeal_yet", {"appealed": True}, ["This case was appealed once already."]),
    ("appeal_over", {}, ["The cluster may appeal until 1 June 2026."]),
    ("term_over", {}, ["The term is not over."]),
    ("term_over", {"due_on": None}, ["The term is not over."]),
]
"""Guard, what differs from the green case, what is then missing."""

GREENS: list[tuple[str, dict[str, object]]] = [
    *(
        (name, {})
        for name in GUARDS
        if name not in ("seat_vacant", "conditions_stated", "appeal_over", "term_over")
    ),
    ("seat_vacant", {"seats": (A,)}),
    ("seat_vacant", with_seat(state="vacated")),
    ("conditions_stated", {"open_conditions": 1}),
    ("appeal_over", {"appeal_until": TODAY - timedelta(days=1)}),
    ("appeal_over", {"appealed": True}),
    ("appeal_over", {"appeal_until": None}),
    ("appeal_in_time", {"appeal_until": None}),
    ("term_over", {"due_on": TODAY - timedelta(days=1)}),
    ("hearing_heard", {"hearing_finished_by_cluster": False, "due_on": TODAY - timedelta(days=1)}),
    ("visit_held", {"visit_ends_on": None}),
    ("own_ratings_complete", with_seat(missing_ratings=("2.1",), unreasoned=("3.1",))),
    ("objections_answered", with_seat(objection="rejected")),
    ("panel_free", with_seat(state="vacated", refusals=(Denied("x", "Gone."),))),
]


@pytest.mark.parametrize(("guard", "changes", "missing"), RED)
def test_red(guard: str, changes: dict[str, object], missing: list[str]) -> None:
    facts = replace(GREEN, **changes)  # type: ignore[arg-type] # each row names fields of the facts
    assert [one.message for one in GUARDS[guard](facts)] == missing
    assert all(one.part for one in GUARDS[guard](facts))


@pytest.mark.parametrize(("guard", "changes"), GREENS)
def test_green(guard: str, changes: dict[str, object]) -> None:
    facts = replace(GREEN, **changes)  # type: ignore[arg-type] # each row names fields of the facts
    assert GUARDS[guard](facts) == []


def test_every_guard_is_seen_red_and_green() -> None:
    assert {row[0] for row in RED} == set(GUARDS)
    assert {row[0] for row in GREENS} == set(GUARDS)


def test_what_is_missing_is_told_all_at_once_in_the_order_of_needs() -> None:
    facts = replace(GREEN, people_met=0, visit_planned=False)
    told = [one.message for one in missing_for(["people_met", "visit_held", "visit_planned"], facts)]
    assert told == ["Nobody is noted as met.", "The visit has no dates yet."]


def test_guards_of_an_experts_own_act_do_not_see_the_other_expert() -> None:
    """Blindness: whatever the other has or has not rated, the answer is the same."""
    for other in (
        replace(B, missing_ratings=("2.1",), submitted=False),
        replace(B, unreasoned=("3.1",)),
        replace(B, state="vacated"),
    ):
        facts = replace(GREEN, seats=(A, other))
        assert GUARDS["own_ratings_complete"](facts) == []


def test_guards_speak_the_readers_language() -> None:
    facts = replace(GREEN, dossier_problems=5)
    with use_language("de"):
        assert "5" in GUARDS["dossier_sound"](facts)[0].message
