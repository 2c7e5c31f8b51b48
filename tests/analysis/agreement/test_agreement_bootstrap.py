"""The bootstrap against SciPy's and against a coefficient with a known distribution."""

import numpy as np
import pytest
from agreement_material import RUBRIC, oracle_table
from scipy import stats

from clustermark.analysis.agreement import agreement_of
from clustermark.analysis.agreement.bootstrap import bca_interval


def test_bca_interval_of_a_ratio_as_scipy_makes_it() -> None:
    rng = np.random.default_rng(5)
    pairs = np.column_stack([rng.gamma(2.0, size=80), 1 + rng.random(80)])
    found = bca_interval(pairs, lambda sums: sums[:, 0] / sums[:, 1], level=0.9, seed=1)
    other = stats.bootstrap(
        (pairs[:, 0], pairs[:, 1]),
        lambda above, below, axis: above.sum(axis=axis) / below.sum(axis=axis),
        paired=True,
        confidence_level=0.9,
        n_resamples=20_000,
        method="BCa",
        rng=np.random.default_rng(2),
    ).confidence_interval
    assert found == pytest.approx((other.low, other.high), abs=0.015)


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
