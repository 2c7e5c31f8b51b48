"""The life of a case: its names, and that every state can be reached and left."""

from __future__ import annotations

import pytest

from clustermark.casework.definition import LIFE, Life, life, read_life, term_days
from clustermark.casework.guards import GUARDS
from clustermark.casework.permissions import PERMISSIONS
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import LANGUAGES
from clustermark.schemes.document import Terms
from clustermark.schemes.scheme import Scheme

ENDS = {"closed", "withdrawn", "expired"}
TEXT = LIFE.read_text(encoding="utf-8")


def reachable(found: Life) -> set[str]:
    reached, waiting = {"draft"}, ["draft"]
    while waiting:
        here = waiting.pop()
        for act in found.acts:
            if here in act.from_ and act.to and act.to not in reached:
                reached.add(act.to)
                waiting.append(act.to)
    return reached


def test_every_state_is_reached() -> None:
    assert reachable(life()) == {state.state for state in life().states}


def test_every_state_but_the_ends_is_left() -> None:
    left = {state for act in life().acts if act.to for state in act.from_}
    assert {state.state for state in life().states} - left == ENDS


def test_from_every_state_the_case_can_come_to_an_end() -> None:
    for state in life().states:
        reached, waiting = {state.state}, [state.state]
        while waiting:
            here = waiting.pop()
            for act in life().acts:
                if here in act.from_ and act.to and act.to not in reached:
                    reached.add(act.to)
                    waiting.append(act.to)
        assert reached & ENDS, state.state


def test_every_guard_is_used() -> None:
    assert {need for act in life().acts for need in act.needs} == set(GUARDS)


def test_every_milestone_is_used_in_order() -> None:
    order = [one.milestone for one in life().milestones]
    used = list(dict.fromkeys(state.milestone for state in life().states))
    assert sorted(used, key=order.index) == order


def test_ends_have_no_term_and_nobody_acts_next() -> None:
    for state in life().states:
        if state.state in ENDS:
            assert (state.term, state.acts_next) == (None, "nobody")
        elif state.state != "draft":
            assert state.term is not None, state.state


def test_every_text_is_in_every_language() -> None:
    texts = [state.staff for state in life().states] + [state.applicant for state in life().states]
    texts += [act.title for act in life().acts] + [one.title for one in life().milestones]
    for text in texts:
        assert all(text.get(language, "").strip() for language in LANGUAGES), text


def test_what_ends_or_refuses_wants_a_reason() -> None:
    for name in ("withdraw", "return", "decide", "defer", "appeal", "decide_appeal"):
        assert life().act(name).reason == "required"


def test_the_system_alone_opens_and_seals_the_consensus_and_lets_cases_expire() -> None:
    assert {act.act for act in life().acts if act.permission is None} == {
        "open_consensus",
        "seal_consensus",
        "expire",
    }


def test_what_is_sealed() -> None:
    assert {act.act: act.seals for act in life().acts if act.seals} == {
        "submit": "dossier",
        "submit_ratings": "ratings",
        "seal_consensus": "consensus",
        "send_report": "report",
        "recommend": "report",
        "decide": "decision",
        "defer": "decision",
        "decide_appeal": "decision",
    }


def test_as_whom_each_act_is_done() -> None:
    sides = {act.act: tuple(act.as_) for act in life().acts}
    assert sides["finish_visit"] == ("expert", "secretariat")
    assert sides["finish_hearing"] == ("cluster", "secretariat")
    assert sides["resume"] == ("expert",)
    assert sides["appeal"] == ("cluster",)
    assert sides["decide_appeal"] == ("committee",)
    assert sides["expire"] == ()


def test_terms_come_from_the_scheme() -> None:
    terms = Scheme.load("ecei-silver-2017").document.terms
    assert terms is not None
    assert term_days("hearing", terms) == terms.hearing_days
    assert term_days("closed", terms) is None
    assert term_days("hearing", None) is None
    named = {state.term for state in life().states if state.term}
    assert named <= set(Terms.model_fields)


@pytest.mark.parametrize(
    ("old", "new", "field", "found"),
    [
        ("to: admitted\n", "to: admited\n", "acts.admit.to", "admited"),
        ("from: [appealed]", "from: [apealed]", "acts.decide_appeal.from", "apealed"),
        ("needs: [term_over]", "needs: [term_ended]", "acts.expire.needs", "term_ended"),
        ("permission: case.close", "permission: case.shut", "acts.close.permission", "case.shut"),
        ("term: appeal_days", "term: apeal_days", "states.decided.term", "apeal_days"),
        ("milestone: visit\n", "milestone: visits\n", "states.site_visit.milestone", "visits"),
    ],
)
def test_a_wrong_name_is_told_with_its_place(old: str, new: str, field: str, found: str) -> None:
    assert old in TEXT
    with pytest.raises(ProblemsError) as caught:
        read_life(TEXT.replace(old, new, 1), file="mine.yaml")
    problems = [p for p in caught.value.problems if p.code == "life-name"]
    assert [(p.place.file, p.place.field, p.found) for p in problems] == [("mine.yaml", field, found)]


@pytest.mark.parametrize(
    ("old", "new", "act"),
    [
        ("    permission: case.close\n    as: [secretariat]\n", "    permission: case.close\n", "close"),
        (
            "    from: [rating]\n    to: consensus",
            "    as: [expert]\n    from: [rating]\n    to: consensus",
            "open_consensus",
        ),
    ],
)
def test_people_act_on_a_side_and_the_system_on_none(old: str, new: str, act: str) -> None:
    assert old in TEXT
    with pytest.raises(ProblemsError) as caught:
        read_life(TEXT.replace(old, new), file="mine.yaml")
    assert [(p.code, p.place.field) for p in caught.value.problems] == [("life-side", f"acts.{act}.as")]


def test_a_wrong_shape_is_told() -> None:
    with pytest.raises(ProblemsError) as caught:
        read_life(TEXT.replace("acts_next: cluster", "acts_next: someone", 1), file="mine.yaml")
    assert [p.place.field for p in caught.value.problems] == ["states.0.acts_next"]


def test_every_permission_of_an_act_is_known_and_unknown_names_raise() -> None:
    assert {act.permission for act in life().acts if act.permission} <= set(PERMISSIONS)
    with pytest.raises(KeyError):
        life().act("bribe")
    with pytest.raises(KeyError):
        life().state("limbo")
