"""The timeline keeps to its limits and to what must come first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clustermark.analysis.improvement.timeline import Work, schedule


@st.composite
def works(draw: st.DrawFn) -> list[Work]:
    found: list[Work] = []
    for number in range(draw(st.integers(0, 9))):
        after = frozenset(piece.code for piece in found if draw(st.integers(0, 3)) == 0)
        found.append(Work(str(number), draw(st.integers(1, 30)), after))
    return found


@given(works(), st.integers(1, 4))
def test_limits_and_needs_hold(work: list[Work], at_most: int) -> None:
    starts = schedule(work, at_most=at_most)
    assert set(starts) == {piece.code for piece in work}
    months = {piece.code: piece.months for piece in work}
    for piece in work:
        assert all(starts[code] + months[code] <= starts[piece.code] for code in piece.after)
    for month in range(max((starts[code] + months[code] for code in starts), default=0)):
        assert sum(starts[code] <= month < starts[code] + months[code] for code in starts) <= at_most
    years = [start // 12 for start in starts.values()]
    assert all(years.count(year) <= at_most for year in years)


def test_long_work_first_and_the_rest_as_soon_as_there_is_room() -> None:
    work = [Work("a", 3, frozenset()), Work("b", 6, frozenset()), Work("c", 2, frozenset({"a"}))]
    assert schedule(work, at_most=2) == {"b": 0, "a": 0, "c": 12}
    assert schedule(work, at_most=3) == {"b": 0, "a": 0, "c": 3}


def test_needs_outside_the_plan_are_met_already() -> None:
    assert schedule([Work("a", 3, frozenset({"z"}))], at_most=1) == {"a": 0}
