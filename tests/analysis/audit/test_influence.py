"""Effective weights, one indicator removed, and scenarios."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats

from clustermark.analysis.audit.basis import basis_of
from clustermark.analysis.audit.removal import removal
from clustermark.analysis.audit.scenarios import DRAWS, SPREAD, outcomes, scenarios, weight_sets
from clustermark.analysis.audit.weights import main_effect, weights
from tests.analysis.audit.material import correlated, portfolio_of, scheme_of


def test_main_effect_is_the_adjusted_share_of_variance_between_groups() -> None:
    x = np.array([0.0, 0, 1, 1, 2, 2])
    y = np.array([1.0, 3, 4, 6, 2, 2])
    # means 2, 5, 2 around 3: between 2·(1 + 4 + 1) = 12, within 2 + 2 + 0 = 4; 1 − (4/3)/(16/5)
    assert main_effect(x, y) == pytest.approx(1 - (4 / 3) / (16 / 5))


def test_main_effect_sees_what_is_not_linear_and_not_what_is_chance() -> None:
    random = np.random.default_rng(2)
    x = random.integers(-2, 3, 4000).astype(float)
    assert main_effect(x, x**2 + 0.1 * random.standard_normal(4000)) > 0.98
    assert main_effect(x, random.standard_normal(4000)) < 0.005
    fine = random.standard_normal(4000)
    assert main_effect(fine, fine) == pytest.approx(0.96, abs=0.03)  # ten groups of a normal
    assert np.isnan(main_effect(np.ones(10), random.standard_normal(10)))


def test_independent_indicators_have_the_weight_of_their_variance() -> None:
    scheme = scheme_of([2, 2])
    random = np.random.default_rng(5)
    values = random.choice([10.0, 30, 50, 70, 90, 100], (5000, 4))
    values[:, 3] = random.choice([50.0, 70], 5000)  # hardly differs: hardly decides
    rows = {row.code: row for row in weights(basis_of(scheme, portfolio_of(scheme, values)))}
    variances = np.array([35 / 12, 35 / 12, 35 / 12, 1 / 4])
    for row, wanted in zip(rows.values(), variances / variances.sum(), strict=True):
        assert row.effective == pytest.approx(wanted, abs=0.02)
        assert row.nominal == 0.25
        assert row.ratio == pytest.approx(wanted / 0.25, abs=0.1)


def test_removal_against_a_plain_recount() -> None:
    scheme = scheme_of([2, 2], cut=10, minimum=True)
    values = correlated(120, 4, seed=9)
    values[5, 1] = np.nan
    rows = removal(basis_of(scheme, portfolio_of(scheme, values)))
    points = np.searchsorted([20, 40, 60, 80, 95], np.nan_to_num(values), side="right").astype(float)
    met = np.nan_to_num(values) >= 40
    silver = met.all(axis=1) & (points.sum(axis=1) >= 10)
    before = scipy.stats.rankdata(-points.sum(axis=1))
    for j, row in enumerate(rows):
        rest = [i for i in range(4) if i != j]
        total = points[:, rest].sum(axis=1) * 4 / 3
        after = scipy.stats.rankdata(-np.round(total, 9))
        assert row.mean_shift == pytest.approx(np.abs(after - before).mean(), abs=1e-5)
        changed = int(((met[:, rest].all(axis=1) & (total >= 10 - 1e-9)) != silver).sum())
        assert row.level_changes == (pytest.approx(changed / 120, abs=1e-6) if not 0 < changed < 6 else None)


def test_scenarios_hold_every_combination_once_and_the_nominal_one_changes_nothing() -> None:
    scheme = scheme_of([2, 3])
    values = correlated(80, 5, seed=4)
    values[::7, 2] = np.nan
    basis = basis_of(scheme, portfolio_of(scheme, values))
    found = outcomes(basis, seed=1)
    assert len(set(found.keys)) == len(found.keys) == 2 * 3 * (DRAWS + 2)
    nominal = found.keys.index(("arithmetic", "no_points", 0))
    assert not found.shifts[:, nominal].any()
    assert not found.changed[:, nominal].any()
    assert found.shifts.any()


def test_scenario_totals_against_plain_sums() -> None:
    scheme = scheme_of([1, 2], cut=7)
    values = np.array([[10.0, 30, 50], [50, 50, 50], [100, 10, 90], [100, np.nan, 90], *[[70.0, 70, 70]] * 6])
    basis = basis_of(scheme, portfolio_of(scheme, values))
    found = outcomes(basis, seed=1)
    # points 0+1+2, 2·3, 5+0+4, 5+?+4, 3·3: left out 9 of 10 → 13.5; equal dimensions 15/2·(d₁ + d₂)
    left_out = found.keys.index(("arithmetic", "left_out", 0))
    totals = np.array([3, 6, 9, 13.5, *[9] * 6])
    nominal = scipy.stats.rankdata(-np.array([3.0, 6, 9, 9, *[9] * 6]))
    assert found.shifts[:, left_out] == pytest.approx(scipy.stats.rankdata(-totals) - nominal)
    equal = found.keys.index(("arithmetic", "no_points", 1))
    shares = np.array([[0, 0.3], [0.4, 0.4], [1, 0.4], [1, 0.4], *[[0.6, 0.6]] * 6])
    assert found.shifts[:, equal] == pytest.approx(
        scipy.stats.rankdata(-np.round(7.5 * shares.sum(axis=1), 9)) - nominal
    )
    geometric = found.keys.index(("geometric", "no_points", 0))
    means = np.exp((np.log(1 + 99 * shares) @ [5, 10]) / 15)
    assert found.shifts[:, geometric] == pytest.approx(scipy.stats.rankdata(-np.round(means, 9)) - nominal)
    assert found.changed[1, equal] == (7.5 * 0.8 >= 7)


def test_random_weights_stay_within_their_spread_and_follow_the_seed() -> None:
    scheme = scheme_of([2, 3])
    basis = basis_of(scheme, portfolio_of(scheme, correlated(20, 5, seed=4)))
    sets = weight_sets(basis, seed=3)
    assert sets[:, 0] == pytest.approx(5)
    assert sets[:2, 1].sum() == pytest.approx(sets[2:, 1].sum())
    assert sets[:, 2:].min() >= 5 * (1 - SPREAD)
    assert sets[:, 2:].max() <= 5 * (1 + SPREAD)
    assert (weight_sets(basis, seed=3) == sets).all()
    assert (weight_sets(basis, seed=4) != sets).any()


def test_groups_of_ranks_hold_all_clusters_and_none_is_small() -> None:
    scheme = scheme_of([2, 3])
    found = scenarios(basis_of(scheme, portfolio_of(scheme, correlated(131, 5, seed=4))), seed=1)
    assert sum(group.n for group in found.groups) == 131
    assert min(group.n for group in found.groups) >= 12
    assert [group.first_rank for group in found.groups[1:]] == [g.last_rank + 1 for g in found.groups[:-1]]
    assert all(group.low <= group.median <= group.high for group in found.groups)
