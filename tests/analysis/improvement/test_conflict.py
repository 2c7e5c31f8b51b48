"""Conflicts of known size in programmes of seven conditions, wherever they stand."""

from __future__ import annotations

from itertools import combinations

import pytest

from clustermark.analysis.improvement.conflict import smallest_conflict
from clustermark.analysis.improvement.programme import Programme

CONDITIONS = 7


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_conditions_that_cannot_hold_together_are_found(size: int) -> None:
    for clash in combinations(range(CONDITIONS), size):
        programme = Programme()
        columns = [programme.column() for _condition in range(CONDITIONS)]
        for column in columns:
            programme.require(column, ("rule", str(column)))
        programme.at_most(dict.fromkeys(clash, 1), size - 1)
        conflict, _smallest = smallest_conflict(programme)
        assert conflict == tuple(("rule", str(column)) for column in clash)


def test_a_smaller_conflict_is_preferred() -> None:
    programme = Programme()
    columns = [programme.column() for _condition in range(5)]
    for column in columns:
        programme.require(column, ("rule", str(column)))
    # the first three clash, and so do the last two
    programme.at_most(dict.fromkeys(columns[:3], 1), 2)
    programme.at_most(dict.fromkeys(columns[3:], 1), 1)
    assert smallest_conflict(programme) == ((("rule", "3"), ("rule", "4")), True)


def test_a_solution_tells_of_more_conditions_than_were_asked_for() -> None:
    programme = Programme()
    first, second = programme.column(), programme.column()
    programme.require(first, ("rule", "first"))
    programme.at_least({first: 1, second: -1}, 0, ("rule", "second only with first"))
    programme.require(second, ("rule", "second"))
    programme.at_most({second: 1}, 0, ("rule", "not second"))
    found = programme.compatible([("rule", "second"), ("rule", "second only with first")])
    assert found == {("rule", "first"), ("rule", "second"), ("rule", "second only with first")}
    assert programme.compatible([("rule", "second"), ("rule", "not second")]) is None


def test_a_condition_that_can_never_hold_is_the_whole_conflict() -> None:
    programme = Programme()
    programme.require(programme.column(), ("rule", "can"))
    programme.require(False, ("rule", "never"))
    programme.require(programme.column(), ("minimum", "1"))
    assert programme.compatible([("rule", "never")]) is None
    assert programme.compatible([("rule", "can")]) is not None
    assert smallest_conflict(programme) == ((("rule", "never"),), True)
