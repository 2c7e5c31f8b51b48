from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustermark.analysis.disclosure import Policy, declared_grid


def edges(unit: str, first: str, cap: str | None, p: int = 5) -> list[str]:
    grid = declared_grid(
        Policy(p_percent=p),
        unit=Decimal(unit),
        first=Decimal(first),
        cap=None if cap is None else Decimal(cap),
    )
    return [f"{edge.normalize():f}" for edge in grid.edges]


def test_ratings_and_checklists_keep_at_least_two_steps_in_a_cell() -> None:
    assert edges("1", "1", "5") == ["2", "4"]
    assert edges("1", "1", "6") == ["2", "4"]
    assert edges("1", "1", "8") == ["2", "4", "6"]


def test_per_cents_are_told_in_preferred_numbers() -> None:
    expected = "10 11.2 12.5 14 16 18 20 22.4 25 28 31.5 35.5 40 45 50 56 63 71 80 90"
    coarser = "10 12.5 16 20 25 31.5 40 50 63 80"
    assert edges("0.0001", "20", "100") == expected.split()
    assert edges("0.0001", "20", "100", p=10) == coarser.split()


@given(
    p=st.integers(1, 50),
    decimals=st.integers(0, 4),
    first=st.sampled_from(["1", "2", "15", "100"]),
    cap=st.none() | st.integers(2, 400),
)
def test_no_cell_tells_a_value_to_within_p(p: int, decimals: int, first: str, cap: int | None) -> None:
    """By trial of every value at the ends of every cell, and of the worst value between them."""
    unit = Decimal(1).scaleb(-decimals)
    limit = None if cap is None else Decimal(cap)
    grid = declared_grid(Policy(p_percent=p), unit=unit, first=Decimal(first), cap=limit)
    starts = [Decimal(0), *grid.edges]
    ends = [edge - unit for edge in grid.edges] + ([limit] if limit is not None else [])
    for low, high in zip(starts, ends, strict=False):
        assert low < high
        worst = 2 * Fraction(low) * Fraction(high) / (Fraction(low) + Fraction(high)) if low else Fraction(0)
        for value in (Fraction(low), Fraction(high), worst):
            slack = value * p / 100
            assert Fraction(low) < value - slack or Fraction(high) > value + slack


def test_cells_hold_their_lower_edge_and_keep_gaps() -> None:
    grid = declared_grid(Policy(), unit=Decimal("0.0001"), first=Decimal(20), cap=Decimal(100))
    found = grid.cells(np.array([0, 9.9999, 10, 11.1999, 11.2, 100, np.nan]))
    assert found.tolist() == [0, 0, 1, 1, 2, 20, -1]
    assert [grid.start(20), grid.end(20), grid.middle(20)] == [90, 100, 95]
    assert declared_grid(Policy(), unit=Decimal(1), first=Decimal(1)).end(10**6) is None


def test_a_policy_whose_quartiles_need_fewer_than_its_median_is_refused() -> None:
    with pytest.raises(ValueError, match="quartiles"):
        Policy(min_peers=12)
