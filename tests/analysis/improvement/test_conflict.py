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
