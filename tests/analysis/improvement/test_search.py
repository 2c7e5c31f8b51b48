"""The cheapest plans against every combination, one by one; conflicts against every subset."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clustermark.analysis.improvement.path import search_paths
from clustermark.analysis.improvement.search import Outcome
from clustermark.ground.problems import ProblemsError
from clustermark.schemes.improvement import Improvement
from tests.analysis.improvement.brute_force import brute_force
from tests.analysis.improvement.material import (
    ORIGIN,
    Case,
    cases,
    rich_case,
    scheme_of,
    standing_of_values,
    text,
)

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def search(case: Case, **changed: int) -> Outcome:
    improvement = case.scheme.document.improvement
    assert improvement is not None
    improvement = improvement.model_copy(update=changed)
    return search_paths(case.standing, improvement, case.scheme.document.levels[-1])


def days(outcome: Outcome) -> list[Decimal]:
    return [outcome.choices.days(plan.days) for plan in outcome.plans]


@pytest.mark.slow
@SLOW
@given(cases())
def test_the_four_cheapest_plans_are_those_of_brute_force(case: Case) -> None:
    outcome = search(case)
    slow = brute_force(case.standing, case.scheme.document.levels[-1])
    wanted = slow.cheapest(4)
    if wanted and wanted[0] == 0:
        # nothing has to be done, and every other plan contains that
        assert days(outcome) == [0]
    else:
        assert days(outcome) == wanted
    for plan in outcome.plans:
        assert plan.outcome.level == case.scheme.document.levels[-1].level
        assert plan.bound == plan.days


@pytest.mark.slow
@SLOW
@given(st.integers(0, 10**9).map(rich_case))
@example(rich_case(183))  # a number for a sum of two values lies beyond the last edge of one of them
def test_next_best_plans_are_those_of_brute_force_where_there_are_many(case: Case) -> None:
    slow = brute_force(case.standing, case.scheme.document.levels[-1])
    assert days(search(case)) == slow.cheapest(4)


@pytest.mark.slow
@SLOW
@given(cases())
def test_a_conflict_cannot_hold_and_every_part_of_it_is_needed(case: Case) -> None:
    outcome = search(case)
    slow = brute_force(case.standing, case.scheme.document.levels[-1])
    assert bool(outcome.plans) == bool(slow.feasible().any())
    if outcome.plans:
        return
    conflict = outcome.conflict
    assert not slow.feasible(conflict).any()
    for key in conflict:
        assert slow.feasible([other for other in conflict if other != key]).any(), key
    if outcome.smallest:
        for size in range(1, len(conflict)):
            assert all(slow.feasible(some).any() for some in combinations(slow.holds, size))


@pytest.mark.slow
@SLOW
@given(cases())
def test_more_freedom_never_costs_more(case: Case) -> None:
    improvement = case.scheme.document.improvement
    assert improvement is not None
    tight = days(search(case))
    loose = days(search(case, at_most=improvement.at_most + 1))
    if tight:
        assert loose[0] <= tight[0]
    cheaper = [
        effort.model_copy(update={"days": [day / 2 for day in effort.days]}) for effort in improvement.effort
    ]
    halved = Improvement(
        at_most=improvement.at_most, years=improvement.years, effort=cheaper, origin=OWN_ORIGIN
    )
    outcome = search_paths(case.standing, halved, case.scheme.document.levels[-1])
    assert [2 * day for day in days(outcome)] == tight


OWN_ORIGIN = next(iter(scheme_of([{"code": "1", "bands": [1]}], ["points >= 1"]).document.levels)).origin


def plain(rule: object, values: list[int | None], wide: object = "committed >= 3") -> Outcome:
    """Two ratings with five bands each, every step two days, and one level with `rule`."""
    stated = [{"indicator": code, "days": [2] * 5, "months": [1] * 5} for code in ("1", "2")]
    scheme = scheme_of(
        [{"code": code, "bands": [1, 2, 3, 4, 5]} for code in ("1", "2")],
        [rule],
        improvement={"at_most": 2, "effort": stated, "origin": ORIGIN},
        gates=[{"gate": "wide", "title": text("Wide"), "when": wide, "origin": ORIGIN}],
    )
    standing = standing_of_values(scheme, values, {"committed": 3, "listed": None})
    improvement = scheme.document.improvement
    assert improvement is not None
    return search_paths(standing, improvement, scheme.document.levels[0])


def test_a_comparison_with_a_missing_fact_is_neither_true_nor_false() -> None:
    assert plain("listed >= 0", [1, 1]).conflict == (("rule", "listed >= 0"),)
    assert plain("not (listed >= 0)", [1, 1]).conflict == (("rule", "not (listed >= 0)"),)
    assert days(plain("listed >= 0 or points >= 3", [1, 1])) == [2, 2]


@pytest.mark.parametrize(("n", "most"), [(1, 4), (2, 7), (3, 10)])
def test_a_gate_of_several_must_be_false(n: int, most: int) -> None:
    """At least `n` of three ratings' conditions may not hold: what is the most points then?"""
    wide = {"at_least": n, "of": ["value('1') >= 3", "value('2') >= 3", "committed >= 9"]}
    reached = plain({"all": ["not wide", f"points >= {most}"]}, [1, 1], wide)
    assert days(reached)[0] == 2 * (most - 2)
    beyond = plain({"all": ["not wide", f"points >= {most + 1}"]}, [1, 1], wide)
    assert {key[1] for key in beyond.conflict} <= {"not wide", f"points >= {most + 1}"}
    assert beyond.plans == ()


def test_a_missing_value_must_first_be_given() -> None:
    assert days(plain("value('1') + value('2') >= 3", [None, 3])) == [2]
    assert days(plain("value('1') <= 4", [None, 3])) == [2]


def test_a_level_that_is_held_asks_for_nothing() -> None:
    outcome = plain("points >= 2", [1, 1])
    assert days(outcome) == [0]
    assert outcome.plans[0].taken == (0, 0)


def test_what_holds_already_asks_for_nothing_beside_what_does_not() -> None:
    assert days(plain({"any": ["committed >= 3", "points >= 5"]}, [1, 1])) == [0]
    assert (
        days(plain({"at_least": 2, "of": ["committed >= 3", "points >= 5", "points >= 4"]}, [1, 1]))[0] == 4
    )


def test_rules_that_are_not_linear_are_refused_by_name() -> None:
    with pytest.raises(ProblemsError) as caught:
        plain("value('1') * value('2') >= 6", [1, 1])
    (problem,) = caught.value.problems
    assert problem.code == "rule-not-linear"
    assert problem.found == "value('1') × value('2')"


def test_large_numbers_beside_small_ones_are_decided_exactly() -> None:
    # 1,000,000,000 × 5 + 5 is reached, one more is not
    assert days(plain("1000000000 * value('1') + value('2') >= 5000000005", [4, 4])) == [4]
    impossible = plain("1000000000 * value('1') + value('2') >= 5000000006", [4, 4])
    assert impossible.plans == ()
