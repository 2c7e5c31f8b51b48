"""The bootstrap against SciPy's and against a coefficient with a known distribution."""

import numpy as np
import pytest
from scipy import stats

from clustermark.analysis.agreement import agreement_of
from clustermark.analysis.agreement.bootstrap import bca_interval
from tests.analysis.agreement.material import RUBRIC, Floats, oracle_table


def test_bca_interval_of_a_variance_as_scipy_makes_it() -> None:
    """The variance of a skewed sample: bias and skewness both move the interval (plain percentiles: a tenth to a fifth lower)."""
    sample = np.random.default_rng(5).gamma(2.0, size=25)
    parts = np.column_stack([np.ones(25), sample, sample**2])

    def variance(sums: Floats) -> Floats:
        result: Floats = sums[:, 2] / sums[:, 0] - (sums[:, 1] / sums[:, 0]) ** 2
        return result

    found = bca_interval(parts, variance, level=0.9, seed=1)
    other = stats.bootstrap(
        (sample,),
        np.var,
        confidence_level=0.9,
        n_resamples=20_000,
        method="BCa",
        rng=np.random.default_rng(2),
    ).confidence_interval
    assert found == pytest.approx((other.low, other.high), rel=0.05)


def test_seed_and_level_set_the_interval_of_alpha() -> None:
    table = oracle_table("panel")
    first, again = (agreement_of(table, RUBRIC, seed=3).alpha_interval for _ in range(2))
    assert (first.low, first.high) == (again.low, again.high)
    assert first.low is not None
    other = agreement_of(table, RUBRIC, seed=4).alpha_interval
    assert other.low != first.low
    assert other.low == pytest.approx(first.low, abs=0.03)
    wider = agreement_of(table, RUBRIC, level=0.99, seed=3).alpha_interval
    assert wider.low is not None
    assert wider.low < first.low


def test_no_interval_without_spread() -> None:
    same = np.array([[1.0, 2.0]] * 6)
    assert bca_interval(same, lambda sums: sums[:, 0] / sums[:, 1], level=0.95, seed=1) is None
    assert bca_interval(same[:1], lambda sums: sums[:, 0], level=0.95, seed=1) is None
