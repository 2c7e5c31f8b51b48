"""Correlations, alpha and components against hand-computed numbers and independent oracles."""

from __future__ import annotations

import statistics

import numpy as np
import pytest
import scipy.stats

from clustermark.analysis.audit.basis import basis_of
from clustermark.analysis.audit.components import components, principal_components
from clustermark.analysis.audit.consistency import consistency, cronbach_alpha
from clustermark.analysis.audit.correlations import correlations, differ, pairwise
from clustermark.schemes.scheme import Scheme
from tests.analysis.audit.material import correlated, portfolio_of, scheme_of


def test_alpha_of_a_small_table_by_hand() -> None:
    # variances 1, 1, 4/3; sums 6, 6, 10 with variance 16/3: 3/2 · (1 − (10/3) / (16/3)) = 9/16
    table = np.array([[1.0, 2, 3], [2, 3, 1], [3, 4, 3]])
    variances = [1, 1, 4 / 3]
    sums = [6, 6, 10]
    wanted = 3 / 2 * (1 - sum(variances) / statistics.variance(sums))
    assert cronbach_alpha(table) == pytest.approx(wanted, abs=1e-12)
    assert wanted == pytest.approx(9 / 16, abs=1e-12)


def test_alpha_of_equal_columns_is_one_and_undefined_without_spread() -> None:
    column = np.array([[1.0], [2], [5], [4]])
    assert cronbach_alpha(np.hstack([column, column, column])) == pytest.approx(1)
    assert np.isnan(cronbach_alpha(np.ones((4, 3))))
    assert np.isnan(cronbach_alpha(column))


def test_alpha_without_each_indicator_rests_on_complete_clusters() -> None:
    scheme = scheme_of([4])
    values = correlated(60, 4, seed=3)
    values[:10, 2] = np.nan
    row = consistency(basis_of(scheme, portfolio_of(scheme, values)))[0]
    points = np.searchsorted([20, 40, 60, 80, 95], values[10:], side="right").astype(float)
    for dropped, alpha in enumerate(row.dropped):
        columns = [column for column in range(4) if column != dropped]
        parts = [statistics.variance(points[:, column]) for column in columns]
        whole = statistics.variance(points[:, columns].sum(axis=1))
        assert alpha == pytest.approx(3 / 2 * (1 - sum(parts) / whole), abs=1e-6)
    assert row.n == 50


def test_components_of_two_columns_by_hand() -> None:
    # correlation .8: eigenvalues 1.8 and .2, both load √.9 on the first
    table = np.array([[1.0, 1], [2, 3], [3, 2], [4, 5], [5, 4]])
    assert np.corrcoef(table.T)[0, 1] == pytest.approx(0.8)
    values, loadings = principal_components(table)
    assert values == pytest.approx([1.8, 0.2])
    assert loadings[:, 0] == pytest.approx([0.9**0.5, 0.9**0.5])


def test_loadings_are_correlations_with_the_components() -> None:
    table = correlated(200, 5, seed=5)
    values, loadings = principal_components(table)
    standard = (table - table.mean(axis=0)) / table.std(axis=0)
    singular = np.linalg.svd(standard, full_matrices=False)
    assert values == pytest.approx(singular.S**2 / len(table))
    scores = standard @ singular.Vh.T
    for component in range(5):
        found = [scipy.stats.pearsonr(standard[:, j], scores[:, component]).statistic for j in range(5)]
        assert np.abs(loadings[:, component]) == pytest.approx(np.abs(found))
    assert values.sum() == pytest.approx(5)


def test_two_qualities_in_one_dimension_give_two_components() -> None:
    scheme = scheme_of([6])
    values = np.hstack([correlated(400, 3, seed=1, weight=0.9), correlated(400, 3, seed=2, weight=0.9)])
    row = components(basis_of(scheme, portfolio_of(scheme, values)))[0]
    assert row.kaiser == 2
    assert sum(row.explained) == pytest.approx(1, abs=1e-5)


def test_too_few_complete_clusters_for_components() -> None:
    scheme = scheme_of([4])
    row = components(basis_of(scheme, portfolio_of(scheme, correlated(11, 4, seed=1))))[0]
    assert (row.n, row.eigenvalues, row.loadings) == (11, [], [])


def test_pairwise_correlations_are_scipys_over_the_rows_that_have_both() -> None:
    table = correlated(80, 4, seed=8)
    table[np.random.default_rng(1).random(table.shape) < 0.2] = np.nan
    found, counts = pairwise(table, least=6)
    for a in range(4):
        for b in range(4):
            both = ~np.isnan(table[:, a]) & ~np.isnan(table[:, b])
            assert counts[a, b] == both.sum()
            assert found[a, b] == pytest.approx(
                scipy.stats.pearsonr(table[both, a], table[both, b]).statistic
            )


def test_a_pair_of_too_few_or_without_spread_has_no_correlation() -> None:
    table = np.column_stack([np.arange(10.0), np.full(10, 3.0), np.r_[np.full(6, np.nan), 1.0, 2, 3, 5]])
    found, counts = pairwise(table, least=6)
    assert np.isnan(found[0, 1])
    assert np.isnan(found[0, 2])
    assert counts[0, 2] == 4


def test_audit_tells_pearson_of_points_and_spearman_of_values() -> None:
    scheme = scheme_of([2, 2])
    values = correlated(150, 4, seed=4)
    found = correlations(basis_of(scheme, portfolio_of(scheme, values)))
    points = np.searchsorted([20, 40, 60, 80, 95], values, side="right")
    for a in range(4):
        for b in range(4):
            pearson, spearman = found.pearson[a][b], found.spearman[a][b]
            assert pearson == pytest.approx(
                scipy.stats.pearsonr(points[:, a], points[:, b]).statistic, abs=1e-6
            )
            assert spearman == pytest.approx(
                scipy.stats.spearmanr(values[:, a], values[:, b]).statistic, abs=1e-6
            )


def test_a_redundant_and_a_contrary_pair_are_flagged() -> None:
    scheme = scheme_of([3, 2])
    values = correlated(300, 5, seed=6)
    values[:, 3] = np.clip(values[:, 0] + 0.5, 0, 100)
    values[:, 4] = 110 - values[:, 3]
    flags = {
        (f.first, f.second): f for f in correlations(basis_of(scheme, portfolio_of(scheme, values))).flags
    }
    assert flags["1.1", "2.1"].kind == "redundant"
    assert flags["1.1", "2.1"].n == 300
    assert flags["2.1", "2.2"].kind == "negative"
    assert set(flags) == {("1.1", "2.1"), ("2.1", "2.2")}


def test_values_where_less_is_better_are_turned() -> None:
    values = correlated(200, 31, seed=6)
    scheme = Scheme.load("ecei-gold-2013")
    codes = [item.code for item in scheme.document.indicators]
    quality = values[:, codes.index("2.5")]
    values[:, codes.index("2.3")] = np.round(60 - quality / 2, 2)  # participants that left: fewer is better
    portfolio = portfolio_of(scheme, values, schemes=[""] * 200)
    found = correlations(basis_of(scheme, portfolio))
    pair = found.codes.index("2.3"), found.codes.index("2.5")
    rho = found.spearman[pair[0]][pair[1]]
    assert rho is not None
    assert rho > 0.99


def test_an_indicator_in_the_wrong_dimension_is_seen() -> None:
    scheme = scheme_of([3, 3])
    values = np.hstack([correlated(400, 3, seed=1, weight=0.9), correlated(400, 3, seed=2, weight=0.9)])
    values[:, [2, 3]] = values[:, [3, 2]]
    fit = {row.code: row for row in correlations(basis_of(scheme, portfolio_of(scheme, values))).fit}
    assert [code for code, row in fit.items() if row.elsewhere] == ["1.3", "2.1"]
    assert fit["1.3"].other_dimension == "2"


def test_meng_rosenthal_rubin_by_their_formula() -> None:
    # r₁ .6, r₂ .4, between .5, n 103: r̄² .26, f .5/1.48, h (1 − f·.26)/.74
    f = 0.5 / (2 * 0.74)
    h = (1 - f * 0.26) / 0.74
    wanted = (np.arctanh(0.6) - np.arctanh(0.4)) * (100 / (2 * 0.5 * h)) ** 0.5
    assert differ(0.6, 0.4, 0.5, 103) == pytest.approx(wanted)
    assert differ(0.4, 0.4, 0.5, 103) == 0
    assert differ(float("nan"), 0.4, 0.5, 103) == 0
