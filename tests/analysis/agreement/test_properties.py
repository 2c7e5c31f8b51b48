"""What must hold for any ratings."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustermark.analysis.agreement import Agreement, agreement_of
from tests.analysis.agreement.material import RUBRIC, Floats, estimates_of

RATING = st.one_of(st.none(), *[st.integers(0, 5)] * 4)


@st.composite
def tables(draw: st.DrawFn, *, complete: bool = False) -> Floats:
    units, raters = draw(st.integers(1, 8)), draw(st.integers(2, 4))
    rating = st.integers(0, 5) if complete else RATING
    rows = draw(st.lists(st.lists(rating, min_size=raters, max_size=raters), min_size=units, max_size=units))
    return np.array(rows, dtype=np.float64)


def values_of(agreement: Agreement) -> dict[tuple[str, str], float | None]:
    return {key: estimate.value for key, estimate in estimates_of(agreement).items()}


def same(first: Agreement, second: Agreement, *, only: str = "") -> None:
    expected, found = values_of(first), values_of(second)
    assert expected.keys() == found.keys()
    for key, value in expected.items():
        if only in key:
            assert found[key] == (None if value is None else pytest.approx(value, rel=1e-6, abs=1e-9)), key


@settings(deadline=None, max_examples=40)
@given(tables(), st.randoms(use_true_random=False))
def test_order_of_units_and_raters_does_not_matter(table: Floats, random: "np.random.Generator") -> None:
    units, raters = list(range(table.shape[0])), list(range(table.shape[1]))
    random.shuffle(units)
    random.shuffle(raters)
    same(agreement_of(table, RUBRIC), agreement_of(table[units][:, raters], RUBRIC))


@settings(deadline=None, max_examples=40)
@given(tables(), st.permutations(RUBRIC))
def test_names_of_categories_do_not_matter_to_nominal_coefficients(table: Floats, names: list[int]) -> None:
    renamed = np.full_like(table, np.nan)
    given_ratings = ~np.isnan(table)
    renamed[given_ratings] = np.array(names)[table[given_ratings].astype(int)]
    first, second = agreement_of(table, RUBRIC), agreement_of(renamed, RUBRIC)
    same(first, second, only="nominal")
    assert first.percent.value == (second.percent.value and pytest.approx(second.percent.value))


@settings(deadline=None, max_examples=40)
@given(tables())
def test_bounds_and_intervals(table: Floats) -> None:
    for key, estimate in estimates_of(agreement_of(table, RUBRIC)).items():
        assert estimate.words
        if estimate.value is None:
            assert estimate.low is None
            continue
        assert estimate.value <= 1 + 1e-9
        if not key[0].startswith(("ICC", "gwet", "fleiss")):  # these have no lower bound with gaps
            assert estimate.value >= (0 if key[0] == "percent_agreement" else -1) - 1e-9
        if estimate.low is not None and estimate.high is not None:
            assert estimate.low <= estimate.high
            if "alpha" not in key[0]:  # a bootstrap interval may leave its estimate out
                assert estimate.low - 1e-9 <= estimate.value <= estimate.high + 1e-9, key


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 5), min_size=2, max_size=8), st.integers(2, 4))
def test_perfect_agreement_is_one_where_it_is_defined(ratings: list[int], raters: int) -> None:
    found = values_of(agreement_of([[rating] * raters for rating in ratings], RUBRIC))
    defined = {key: value for key, value in found.items() if value is not None}
    assert list(defined.values()) == pytest.approx([1] * len(defined))
    assert ("gwet_ac2", "quadratic") in defined
    if len(set(ratings)) > 1:
        assert defined.keys() == found.keys()


@settings(deadline=None, max_examples=40)
@given(tables(complete=True))
def test_moving_and_stretching_the_scale_changes_neither_alpha_nor_correlation(table: Floats) -> None:
    before, after = agreement_of(table), agreement_of(10 * table + 3)
    same(before, after)


@settings(deadline=None, max_examples=30)
@given(tables())
def test_the_same_seed_gives_the_same_interval(table: Floats) -> None:
    assert agreement_of(table, RUBRIC, seed=7) == agreement_of(table, RUBRIC, seed=7)
