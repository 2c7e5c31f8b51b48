"""Benefit of the doubt: the published index, the textbook's programme, and what must hold for any data."""

import csv
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.optimize import linprog

from clustermark.analysis.benefit_of_doubt import LimitsOn, benefit_of_doubt
from clustermark.ground.problems import ProblemsError

Floats = NDArray[np.float64]


def shared_rows(name: str) -> list[dict[str, str]]:
    for parent in Path(__file__).resolve().parents:
        path = parent / "shared" / "data" / name
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as file:
                return list(csv.DictReader(file))
    pytest.skip(f"../shared/data/{name} is not here")


def column(rows: Sequence[dict[str, str]], name: str) -> Floats:
    return np.array([float(row[name]) for row in rows])


@pytest.fixture
def technology() -> Floats:
    """The eight indicators of the Technology Achievement Index, best of the sample 1, worst 0."""
    rows = shared_rows("tai/tai_data_23x8.csv")
    values = np.column_stack([column(rows, name) for name in rows[0] if name != "country"])
    normalised: Floats = (values - values.min(axis=0)) / np.ptp(values, axis=0)
    return normalised


def test_technology_achievement_index_with_free_weights(technology: Floats) -> None:
    expected = column(shared_rows("tai/tai_bod_recomputed.csv"), "bod_minmax_unrestricted")
    np.testing.assert_allclose(benefit_of_doubt(technology).scores, expected, rtol=0, atol=1e-9)


def test_technology_achievement_index_with_weights_from_10_to_15_per_cent(technology: Floats) -> None:
    expected = column(shared_rows("tai/tai_bod_recomputed.csv"), "bod_minmax_share_10_15")
    found = benefit_of_doubt(technology, low=0.10, high=0.15, limits_on="weights")
    np.testing.assert_allclose(found.scores, expected, rtol=0, atol=1e-9)
    shares = found.weights / found.weights.sum(axis=1, keepdims=True)
    assert shares.min() >= 0.10 - 1e-9
    assert shares.max() <= 0.15 + 1e-9


def test_technology_achievement_index_as_the_handbook_prints_it(technology: Floats) -> None:
    """Its table 19 has two decimals; the published inputs are rounded, so the last one may differ by 1.5."""
    published = column(shared_rows("tai/tai_published_ranks.csv"), "table19_BOD_score")
    found = benefit_of_doubt(technology, low=0.10, high=0.15, limits_on="weights")
    np.testing.assert_allclose(found.scores, published, rtol=0, atol=0.015)


def textbook(values: Floats, low: float, high: float, limits_on: LimitsOn) -> Floats:
    """One programme a unit with a row for every unit, as the Handbook writes it."""
    count, width = values.shape
    scores = []
    for own in values:
        each, whole = (np.diag(own), own) if limits_on == "shares" else (np.eye(width), np.ones(width))
        rows = np.vstack([values, each - high * whole, low * whole - each])
        most = np.concatenate([np.ones(count), np.zeros(2 * width)])
        scores.append(-linprog(-own, A_ub=rows, b_ub=most, method="highs").fun)
    return np.array(scores)


@pytest.mark.parametrize("limits_on", ["shares", "weights"])
@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (0.0, 0.3), (0.05, 0.3), (0.05, 1.0), (0.125, 0.125)])
@pytest.mark.parametrize("common", [0.0, 3.0])
def test_equals_the_textbooks_programme(limits_on: LimitsOn, low: float, high: float, common: float) -> None:
    rng = np.random.default_rng(11)
    values = np.exp(common * rng.normal(size=(60, 1)) + rng.normal(size=(60, 8)))
    found = benefit_of_doubt(values, low=low, high=high, limits_on=limits_on)
    np.testing.assert_allclose(found.scores, textbook(values, low, high, limits_on), rtol=0, atol=1e-9)
    assert found.programmes >= found.frontier.sum() > 0


def best_corner(values: Floats, own: Floats) -> float:
    """The best score over every corner of {w ≥ 0, values·w ≤ 1}: brute force, no solver."""
    width = len(own)
    rows = np.vstack([values, -np.eye(width)])
    most = np.concatenate([np.ones(len(values)), np.zeros(width)])
    best = 0.0
    for chosen in combinations(range(len(rows)), width):
        square = rows[list(chosen)]
        if abs(np.linalg.det(square)) > 1e-12:
            corner = np.linalg.solve(square, most[list(chosen)])
            if (rows @ corner <= most + 1e-9).all():
                best = max(best, float(own @ corner))
    return best


def tables(units: int = 6, indicators: int = 3, least: int = 1) -> st.SearchStrategy[Floats]:
    shape = st.tuples(st.integers(1, units), st.integers(1, indicators))
    grid = shape.flatmap(lambda size: arrays(np.int64, size, elements=st.integers(least, 12)))
    return grid.map(lambda whole: whole / 4.0)


@settings(deadline=None, max_examples=60)
@given(tables())
def test_brute_force_over_all_corners_of_small_tables(values: Floats) -> None:
    expected = [best_corner(values, own) for own in values]
    np.testing.assert_allclose(benefit_of_doubt(values).scores, expected, rtol=0, atol=1e-9)


@settings(deadline=None, max_examples=60)
@given(tables(units=8, indicators=4), st.sampled_from(["shares", "weights"]), st.booleans())
def test_scores_weights_and_shares_fit_together(values: Floats, limits_on: LimitsOn, limited: bool) -> None:
    width = values.shape[1]
    low, high = (0.5 / width, min(1.0, 2 / width)) if limited else (0.0, 1.0)
    found = benefit_of_doubt(values, low=low, high=high, limits_on=limits_on)
    assert (found.scores > 0).all()
    assert (found.scores <= 1).all()
    if limits_on == "weights" or not limited:
        assert found.scores.max() == 1
    assert (values @ found.weights.T).max() <= 1 + 1e-9
    np.testing.assert_allclose((values * found.weights).sum(axis=1), found.scores, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.shares.sum(axis=1), 1, rtol=0, atol=1e-9)
    if limits_on == "shares":
        assert found.shares.min() >= low - 1e-9
        assert found.shares.max() <= high + 1e-9


@settings(deadline=None, max_examples=60)
@given(tables(units=8, indicators=4), st.booleans())
def test_units_of_measure_and_order_do_not_matter(values: Floats, limited: bool) -> None:
    width = values.shape[1]
    low, high = (0.5 / width, min(1.0, 2 / width)) if limited else (0.0, 1.0)
    scores = benefit_of_doubt(values, low=low, high=high).scores
    rescaled = values * 10.0 ** np.arange(-2, width - 2)
    np.testing.assert_allclose(
        benefit_of_doubt(rescaled, low=low, high=high).scores, scores, rtol=0, atol=1e-9
    )
    backwards = benefit_of_doubt(values[::-1, ::-1], low=low, high=high).scores[::-1]
    np.testing.assert_allclose(backwards, scores, rtol=0, atol=1e-9)


@settings(deadline=None, max_examples=60)
@given(tables(units=8, indicators=4, least=0))
def test_a_unit_that_is_nowhere_better_never_scores_higher(values: Floats) -> None:
    scores = benefit_of_doubt(values).scores
    nowhere_better = (values[:, None, :] <= values[None, :, :]).all(axis=2)
    for lesser, greater in np.argwhere(nowhere_better):
        assert scores[lesser] <= scores[greater] + 1e-9


@settings(deadline=None, max_examples=60)
@given(tables(units=8, indicators=4), st.data())
def test_a_better_value_never_lowers_the_own_score(values: Floats, data: st.DataObject) -> None:
    unit = data.draw(st.integers(0, len(values) - 1))
    indicator = data.draw(st.integers(0, values.shape[1] - 1))
    better = values.copy()
    better[unit, indicator] += 0.5
    assert benefit_of_doubt(better).scores[unit] >= benefit_of_doubt(values).scores[unit] - 1e-9


def test_only_the_dominant_unit_is_on_the_frontier() -> None:
    found = benefit_of_doubt([[4, 4], [2, 2], [1, 3]])
    assert found.scores.tolist() == [1.0, 0.5, 0.75]
    assert found.frontier.tolist() == [True, False, False]
    assert found.shares[2].tolist() == [0.0, 1.0]


def test_a_unit_of_zeros_scores_zero() -> None:
    assert benefit_of_doubt([[0.0, 0.0], [1.0, 0.0]]).scores.tolist() == [0.0, 1.0]
    assert benefit_of_doubt([[0.0, 0.0]]).scores.tolist() == [0.0]


def codes_of(error: pytest.ExceptionInfo[ProblemsError]) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.place)) for problem in error.value.problems]


def test_every_missing_and_negative_value_is_named() -> None:
    with pytest.raises(ProblemsError) as error:
        benefit_of_doubt([[1.0, float("nan")], [-2.0, 1.0]])
    assert codes_of(error) == [
        ("value-missing", "values, unit 1, indicator 2"),
        ("value-negative", "values, unit 2, indicator 1"),
    ]


def test_a_zero_cannot_give_a_share_and_a_table_needs_units() -> None:
    with pytest.raises(ProblemsError) as error:
        benefit_of_doubt([[1.0, 0.0], [1.0, 1.0]], low=0.1)
    assert codes_of(error) == [("share-of-zero", "values, unit 1, indicator 2")]
    with pytest.raises(ProblemsError) as error:
        benefit_of_doubt([[1.0, 0.0], [1.0, 1.0]], high=0.6)
    assert codes_of(error) == [("shares-too-small", "values, unit 1")]
    with pytest.raises(ProblemsError) as error:
        benefit_of_doubt([])
    assert codes_of(error) == [("values-not-a-table", "values")]


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        (0.6, 1.0, "limits-sum"),
        (0.0, 0.4, "limits-sum"),
        (0.5, 0.4, "limits-order"),
        (-0.1, 1.0, "limits-order"),
    ],
)
def test_limits_nobody_can_keep_are_refused(low: float, high: float, code: str) -> None:
    with pytest.raises(ProblemsError) as error:
        benefit_of_doubt([[1.0, 2.0]], low=low, high=high)
    assert {problem.code for problem in error.value.problems} == {code}


def test_a_limit_for_each_indicator() -> None:
    found = benefit_of_doubt([[4.0, 1.0], [1.0, 4.0]], low=[0.5, 0.0], high=[1.0, 0.25])
    assert (found.shares[:, 0] >= 0.75 - 1e-9).all()
    with pytest.raises(ProblemsError) as error:
        benefit_of_doubt([[1.0, 2.0]], low=[0.1, 0.1, 0.1])
    assert codes_of(error) == [("limits-count", "low")]
