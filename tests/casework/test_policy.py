"""The policy as one table: every action × every kind of person × every state, written out; all else is denied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from clustermark.casework.definition import life
from clustermark.casework.permissions import PERMISSIONS, acted_as
from clustermark.casework.policy import (
    NOBODY,
    Actor,
    Denied,
    Granted,
    Role,
    SeatOf,
    Subject,
    decide,
    permitted,
)

TODAY = date(2026, 6, 1)
OKA, OTHER, OFFICE, COMMITTEE, AGENCY, FAR_AGENCY = 1, 2, 3, 4, 5, 6

ALL = [
    "draft",
    "submitted",
    "returned",
    "admitted",
    "panel",
    "declaring",
    "desk_review",
    "site_visit",
    "rating",
    "consensus",
    "reporting",
    "hearing",
    "recommending",
    "deciding",
    "deferred",
    "decided",
    "appealed",
    "closed",
    "withdrawn",
    "expired",
]
PUBLIC = [state for state in ALL if state != "draft"]
WORK = ["desk_review", "site_visit", "rating", "consensus", "reporting", "hearing", "recommending"]
DECISION = ["deciding", "deferred", "decided", "appealed", "closed"]
HEARD = ["hearing", "recommending", *DECISION]

CLUSTER = ("manager", "team")
PANEL = ("expert", "early", "done")  # not submitted; submitted before the other; both have submitted
DECIDERS = ("decider", "decided")  # one who took no part; the one who took the decision

EXPECTED: dict[str, list[tuple[tuple[str, ...], list[str]]]] = {
    "cluster.view": [((*CLUSTER, "secretariat", "agency"), ALL)],
    "case.start": [(CLUSTER, ALL)],
    "case.view": [
        (CLUSTER, ALL),
        (("secretariat",), PUBLIC),
        (("proposed", *PANEL), ALL),
        (DECIDERS, DECISION),
    ],
    "case.log": [(CLUSTER, ALL), (("secretariat",), PUBLIC), (DECIDERS, DECISION)],
    "dossier.view": [(CLUSTER, ALL), (("secretariat", *PANEL), PUBLIC), (DECIDERS, DECISION)],
    "dossier.edit": [(CLUSTER, ["draft", "returned"])],
    "evidence.open": [(CLUSTER, ALL), (("secretariat", *PANEL), PUBLIC), (DECIDERS, DECISION)],
    "case.submit": [(("manager",), ALL)],
    "case.withdraw": [(("manager",), ALL)],
    "case.admit": [(("secretariat",), PUBLIC)],
    "case.return": [(("secretariat",), PUBLIC)],
    "case.fee": [(("secretariat",), PUBLIC)],
    "case.fee.view": [(CLUSTER, ALL), (("secretariat",), PUBLIC)],
    "panel.view": [(CLUSTER, ALL), (("secretariat", *PANEL), PUBLIC), (DECIDERS, DECISION)],
    "panel.propose": [(("secretariat",), PUBLIC)],
    "panel.override.request": [(("secretariat",), PUBLIC)],
    "panel.override.confirm": [(("secretariat",), PUBLIC)],
    "panel.override.decline": [(("secretariat",), PUBLIC)],
    "panel.agree": [(("manager",), ALL)],
    "panel.object": [(("manager",), ALL)],
    "panel.answer_objection": [(("secretariat",), PUBLIC)],
    "panel.declare": [(("proposed", *PANEL), ALL)],
    "panel.confirm": [(("secretariat",), PUBLIC)],
    "clarification.view": [(CLUSTER, ALL), (("secretariat", *PANEL), PUBLIC), (DECIDERS, DECISION)],
    "clarification.view_all": [(CLUSTER, ALL), (("secretariat", "done"), PUBLIC), (DECIDERS, DECISION)],
    "clarification.ask": [(("expert",), PUBLIC)],
    "clarification.answer": [(CLUSTER, ALL)],
    "clarification.close": [(PANEL, PUBLIC)],
    "review.finish": [(("secretariat",), PUBLIC)],
    "visit.plan": [((*PANEL, "secretariat"), PUBLIC)],
    "visit.view": [(CLUSTER, ALL), (("secretariat", *PANEL), PUBLIC), (DECIDERS, DECISION)],
    "visit.finish": [((*PANEL, "secretariat"), PUBLIC)],
    "rating.edit": [(("expert",), WORK)],
    "rating.view_own": [(PANEL, PUBLIC)],
    "rating.submit": [(("expert",), ["rating"])],
    "rating.view_all": [(("done",), PUBLIC), (DECIDERS, DECISION)],
    "consensus.edit": [(("done",), ["consensus"])],
    "consensus.view": [(("done", "secretariat"), PUBLIC), (DECIDERS, DECISION)],
    "consensus.agree": [(("done",), ["consensus"])],
    "report.edit": [(("done",), ["reporting", "recommending"])],
    "report.send": [(PANEL, ["reporting"])],
    "report.view": [(("done", "secretariat"), PUBLIC), (CLUSTER, HEARD), (DECIDERS, DECISION)],
    "hearing.comment": [(CLUSTER, ["hearing"])],
    "hearing.finish": [(("manager",), ALL), (("secretariat",), PUBLIC)],
    "recommendation.make": [(PANEL, ["recommending"])],
    "decision.make": [(DECIDERS, ["deciding"])],
    "decision.view": [(CLUSTER, ALL), (("secretariat", *PANEL), PUBLIC), (DECIDERS, DECISION)],
    "appeal.make": [(("manager",), ALL)],
    "appeal.decide": [(("decider",), ["appealed"])],
    "item.view": [(CLUSTER, ALL), (("secretariat", *PANEL), PUBLIC), (DECIDERS, DECISION)],
    "item.correct": [(CLUSTER, ALL)],
    "item.close": [(PANEL, PUBLIC)],
    "case.close": [(("secretariat",), PUBLIC)],
    "feedback.give": [(("manager",), ALL), (PANEL, PUBLIC)],
    "feedback.rate_expert": [(("manager",), ALL)],
    "feedback.rate_dossier": [(PANEL, PUBLIC)],
    "feedback.view": [(("secretariat",), ALL)],
    "certificate.issue": [(("secretariat",), PUBLIC)],
    "certificate.manage": [(("secretariat",), ALL)],
    "certificate.report_change": [(CLUSTER, ALL)],
    "certificate.consent": [(("manager",), ALL)],
    "participation.state": [(CLUSTER, ALL)],
    "register.import": [(("secretariat",), ALL)],
    "register.surveillance": [(("secretariat",), ALL)],
    "office.view": [(("secretariat",), ALL)],
    "expert.manage": [(("secretariat",), ALL)],
    "mail.manage": [(("secretariat",), ALL)],
    "scheme.manage": [(("secretariat",), ALL)],
    "grant.view": [(("secretariat", "admin"), ALL)],
    "grant.invite": [(("secretariat", "admin"), ALL)],
    "grant.manage": [(("admin",), ALL)],
    "log.export": [(("secretariat", "admin"), ALL)],
    "portfolio.view": [(("agency", "secretariat"), ALL)],
}
"""Action → who may do it in which states of the case. Nobody else, nowhere else."""

IDS = {
    "manager": 10, "team": 11, "other_manager": 12, "proposed": 13, "expert": 14, "early": 15, "done": 16,
    "vacated": 17, "other_expert": 18, "secretariat": 19, "tied_secretariat": 20, "managing_secretariat": 21,
    "decider": 22, "decided": 23, "assessed_decider": 24, "tied_decider": 25, "managing_decider": 26, "agency": 27,
    "far_agency": 28, "admin": 29, "stranger": 30, "ended_manager": 31, "coming_secretariat": 32,
    "weak_expert": 33, "weak_secretariat": 34, "weak_decider": 35, "weak_admin": 36, "ended_expert": 37,
}  # fmt: skip
ROLES: dict[str, tuple[tuple[Role, int], ...]] = {
    "manager": ((Role.MANAGER, OKA),),
    "team": ((Role.TEAM, OKA),),
    "other_manager": ((Role.MANAGER, OTHER),),
    **dict.fromkeys(("proposed", *PANEL, "vacated", "other_expert", "weak_expert"), ((Role.EXPERT, OFFICE),)),
    "secretariat": ((Role.SECRETARIAT, OFFICE),),
    "tied_secretariat": ((Role.SECRETARIAT, OFFICE),),
    "managing_secretariat": ((Role.SECRETARIAT, OFFICE),),
    "weak_secretariat": ((Role.SECRETARIAT, OFFICE),),
    **dict.fromkeys(
        (*DECIDERS, "assessed_decider", "tied_decider", "weak_decider"), ((Role.DECIDER, COMMITTEE),)
    ),
    "managing_decider": ((Role.DECIDER, COMMITTEE), (Role.AGENCY, OKA)),
    "agency": ((Role.AGENCY, AGENCY),),
    "far_agency": ((Role.AGENCY, FAR_AGENCY),),
    "admin": ((Role.ADMIN, OFFICE),),
    "weak_admin": ((Role.ADMIN, OFFICE),),
}


def actor(kind: str) -> Actor:
    if kind == "nobody":
        return NOBODY
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    grants = tuple(Granted(role, body, date(2020, 1, 1)) for role, body in ROLES.get(kind, ()))
    if kind == "ended_manager":
        grants = (Granted(Role.MANAGER, OKA, date(2020, 1, 1), yesterday),)
    if kind == "ended_expert":
        grants = (Granted(Role.EXPERT, OFFICE, date(2020, 1, 1), yesterday),)
    if kind == "coming_secretariat":
        grants = (Granted(Role.SECRETARIAT, OFFICE, tomorrow),)
    return Actor(id=IDS[kind], today=TODAY, grants=grants, strong=not kind.startswith("weak_"))


def subject(kind: str, state: str) -> Subject:
    """The case as it lies before somebody of this kind: their seat, and whether the others have submitted."""
    mine = IDS.get(kind, 0)
    seats = [SeatOf(99, "seated", declared_free=True, submitted=kind == "done")]
    if kind == "proposed":
        seats.append(SeatOf(mine, "proposed", declared_free=False, submitted=False))
    if kind in (*PANEL, "weak_expert", "ended_expert"):
        seats.append(SeatOf(mine, "seated", declared_free=True, submitted=kind in ("early", "done")))
    if kind == "vacated":
        seats.append(SeatOf(mine, "vacated", declared_free=True, submitted=False))
    return Subject(
        kind="case",
        organisation=OKA,
        state=state,
        private=state == "draft",
        seats=tuple(seats),
        assessed_by=frozenset({99, IDS["assessed_decider"], IDS["vacated"]}),
        decided_by=frozenset({IDS["decided"]}),
        tied=frozenset({IDS["tied_decider"], IDS["tied_secretariat"]}),
        region_of=frozenset({AGENCY}),
    )


def expected(action: str, kind: str, state: str) -> bool:
    return any(kind in kinds and state in states for kinds, states in EXPECTED[action])


def cells() -> Iterator[tuple[str, str, str]]:
    for action in PERMISSIONS:
        for kind in ("nobody", *IDS):
            if kind == "managing_secretariat":
                continue  # has a test of their own: they are of the cluster too
            for state in ALL:
                yield action, kind, state


def test_the_table_names_every_action_and_state() -> None:
    assert set(EXPECTED) == set(PERMISSIONS)
    assert set(ALL) == {state.state for state in life().states}


def test_the_whole_table() -> None:
    """Every action × 28 kinds of people × 20 states, each answer as written above."""
    wrong = [
        (action, kind, state, expected(action, kind, state))
        for action, kind, state in cells()
        if bool(decide(actor(kind), action, subject(kind, state))) != expected(action, kind, state)
    ]
    assert wrong == []


def test_every_refusal_says_why_in_a_sentence() -> None:
    for action, kind, state in cells():
        answer = decide(actor(kind), action, subject(kind, state))
        if isinstance(answer, Denied):
            assert answer.code, (action, kind, state)
            assert answer.reason.endswith("."), (action, kind, state)


def test_what_has_no_rule_is_denied_to_everyone() -> None:
    for kind in ("nobody", *IDS):
        answer = decide(actor(kind), "case.burn", subject(kind, "deciding"))
        assert isinstance(answer, Denied)
        assert answer.code == "action-unknown"


@pytest.mark.parametrize(
    ("kind", "action", "state", "code"),
    [
        ("nobody", "case.view", "submitted", "not-signed-in"),
        ("assessed_decider", "decision.make", "deciding", "assessed"),
        ("tied_decider", "decision.make", "deciding", "tied"),
        ("managing_decider", "decision.make", "deciding", "tied"),
        ("decided", "appeal.decide", "appealed", "decided"),
        ("weak_decider", "decision.make", "deciding", "second-factor"),
        ("weak_secretariat", "case.admit", "submitted", "second-factor"),
        ("weak_expert", "rating.edit", "rating", "second-factor"),
        ("weak_admin", "grant.manage", "draft", "second-factor"),
        ("tied_secretariat", "case.admit", "submitted", "tied"),
        ("proposed", "dossier.view", "declaring", "not-declared"),
        ("proposed", "rating.edit", "rating", "not-declared"),
        ("vacated", "rating.edit", "rating", "not-on-panel"),
        ("early", "rating.edit", "rating", "submitted"),
        ("early", "consensus.edit", "consensus", "blind"),
        ("team", "case.submit", "draft", "not-manager"),
        ("secretariat", "case.admit", "draft", "private"),
        ("manager", "hearing.comment", "reporting", "wrong-state"),
        ("manager", "report.view", "reporting", "wrong-state"),
        ("stranger", "report.view", "hearing", "not-decider"),
        ("decider", "dossier.view", "rating", "wrong-state"),
        ("agency", "case.fee", "submitted", "not-secretariat"),
    ],
)
def test_the_reason_of_a_refusal(kind: str, action: str, state: str, code: str) -> None:
    answer = decide(actor(kind), action, subject(kind, state))
    assert isinstance(answer, Denied)
    assert answer.code == code


def test_a_manager_of_the_cluster_in_the_secretariat_is_not_its_secretariat() -> None:
    both = Actor(
        IDS["managing_secretariat"],
        TODAY,
        (Granted(Role.SECRETARIAT, OFFICE, date(2020, 1, 1)), Granted(Role.MANAGER, OKA, date(2020, 1, 1))),
    )
    case = subject("managing_secretariat", "submitted")
    assert decide(both, "dossier.view", case)
    assert decide(both, "case.admit", case) == Denied(
        "tied", "You are tied to this cluster; others must do this."
    )
    assert decide(both, "office.view", Subject(kind="office"))


def test_grants_hold_from_their_first_day_through_their_last() -> None:
    grant = Granted(Role.TEAM, OKA, date(2026, 1, 1), date(2026, 1, 31))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]
    assert [grant.holds(day) for day in days] == [False, True, True, False]


def test_permitted_keeps_what_is_allowed() -> None:
    found = permitted(actor("team"), ["dossier.edit", "case.submit", "case.burn"], subject("team", "draft"))
    assert found == {"dossier.edit"}


def test_all_submitted_needs_somebody_seated() -> None:
    assert not Subject(kind="case").all_submitted
    assert not Subject(kind="case", seats=(SeatOf(1, "proposed", True, True),)).all_submitted
    assert Subject(kind="case", seats=(SeatOf(1, "seated", True, True),)).all_submitted


@pytest.mark.parametrize(
    ("kind", "sides", "side"),
    [
        ("manager", ["cluster", "secretariat"], "cluster"),
        ("secretariat", ["cluster", "secretariat"], "secretariat"),
        ("expert", ["expert", "secretariat"], "expert"),
        ("secretariat", ["expert", "secretariat"], "secretariat"),
        ("decider", ["committee"], "committee"),
    ],
)
def test_as_whom_a_person_acts(kind: str, sides: list[str], side: str) -> None:
    assert acted_as(actor(kind), sides, subject(kind, "hearing")) == side


def test_a_stranger_acts_as_nobody() -> None:
    with pytest.raises(KeyError):
        acted_as(actor("stranger"), ["cluster", "secretariat"], subject("stranger", "hearing"))
