"""Correlations: within and across dimensions, and the pairs and indicators that stand out.

Limits in use in statistical audits of composite indicators (OECD/JRC 2008, *Handbook on Constructing
Composite Indicators*, steps 4 and 7; the JRC's audits): an indicator should go with its own dimension at
.3 or more and not more with another; a pair above .92 says the same twice; none should run against another
of its dimension.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.audit.basis import Basis, plain
from clustermark.analysis.audit.parts import Correlations, IndicatorFit, PairFlag
from clustermark.analysis.portfolio import Floats

WEAK = 0.3
REDUNDANT = 0.92
CERTAIN = 1.96
"""Normal quantile of a two-sided test at 5 %."""

Counts = NDArray[np.int64]


def correlations(basis: Basis) -> Correlations:
    """Over the indicators that can earn points: Pearson of points, Spearman of values."""
    columns = list(basis.scored)
    pearson, counts = pairwise(basis.points[:, columns], least=basis.least)
    spearman, _counts = pairwise(_ranked(basis.oriented[:, columns]), least=basis.least)
    off = ~np.eye(len(columns), dtype=bool)
    return Correlations(
        codes=list(basis.scored_codes),
        pearson=[[plain(value) for value in row] for row in pearson],
        spearman=[[plain(value) for value in row] for row in spearman],
        least_n=int(counts[off & (counts >= basis.least)].min(initial=len(basis))),
        fit=[_fit(basis, j) for j in columns],
        flags=_flags(basis, pearson, spearman, counts),
    )


def pairwise(table: Floats, *, least: int) -> tuple[Floats, Counts]:
    """Pearson correlations of the columns over the rows that have both, and how many those are.

    NaN where fewer than `least` rows have both or one of them does not vary there.
    """
    there = ~np.isnan(table)
    centred = table - np.nanmean(
        np.where(there.any(axis=0), table, 0.0), axis=0
    )  # keeps sums of squares small
    filled, mask = np.where(there, centred, 0.0), there.astype(float)
    n = mask.T @ mask
    with np.errstate(divide="ignore", invalid="ignore"):
        product = filled.T @ filled
        sums = filled.T @ mask  # [i, j]: sum of i over the rows that have j
        squares = (filled**2).T @ mask
        covariance = product - sums * sums.T / n
        variance = np.where(squares - sums**2 / n > 1e-9 * squares, squares - sums**2 / n, np.nan)
        found = np.clip(covariance / np.sqrt(variance * variance.T), -1, 1)
    counts = n.astype(np.int64)
    return np.where(counts >= max(least, 3), found, np.nan), counts


def _ranked(table: Floats) -> Floats:
    """Mean ranks of each column; gaps stay."""
    from scipy.stats import rankdata  # noqa: PLC0415 - SciPy's statistics load slowly

    ranks: Floats = rankdata(table, axis=0, nan_policy="omit")
    return ranks


def _scores(basis: Basis, columns: tuple[int, ...]) -> Floats:
    """The mean share of the most points over the known indicators of each cluster; NaN without any."""
    shares = basis.points[:, list(columns)] / basis.most[list(columns)]
    there = ~np.isnan(shares)
    known = there.sum(axis=1)
    total = np.where(there, shares, 0.0).sum(axis=1)
    return np.where(known > 0, total / np.maximum(known, 1), np.nan)


def _fit(basis: Basis, j: int) -> IndicatorFit:
    own_code = basis.scheme.document.indicators[j].dimension
    own_columns = tuple(i for i in basis.by_dimension[own_code] if i != j)
    mine = basis.points[:, j]
    rest = _scores(basis, own_columns) if own_columns else np.full(len(basis), np.nan)
    own, n = _correlation(mine, rest, basis.least)
    own_scores = _scores(basis, basis.by_dimension[own_code])
    with_itself, _n = _correlation(mine, own_scores, basis.least)
    best_code, best, best_scores = None, math.nan, own_scores
    for code, columns in basis.by_dimension.items():
        if code == own_code:
            continue
        scores = _scores(basis, columns)
        found, _n = _correlation(mine, scores, basis.least)
        if not found <= best and not math.isnan(found):
            best_code, best, best_scores = code, found, scores
    between, _n = _correlation(own_scores, best_scores, basis.least)
    return IndicatorFit(
        code=basis.codes[j],
        dimension=own_code,
        n=basis.told(n if own_columns else int((~np.isnan(mine)).sum())),
        own=plain(own),
        own_with_itself=plain(with_itself),
        other_dimension=best_code,
        other=plain(best),
        elsewhere=differ(best, with_itself, between, n) > CERTAIN,
    )


def _correlation(a: Floats, b: Floats, least: int) -> tuple[float, int]:
    found, counts = pairwise(np.column_stack([a, b]), least=least)
    return float(found[0, 1]), int(counts[0, 1])


def differ(first: float, second: float, between: float, n: int) -> float:
    """How far one variable's correlations with two others differ, as a standard normal z; 0 if undefined.

    `between` is the correlation of the two others. Source: Meng, Rosenthal and Rubin 1992, "Comparing
    correlated correlation coefficients", Psychological Bulletin 111 (1).
    """
    if any(math.isnan(r) for r in (first, second, between)) or n < 4 or max(abs(first), abs(second)) >= 1:
        return 0.0
    if between >= 1:
        return 0.0
    square = (first**2 + second**2) / 2
    f = min(1.0, (1 - between) / (2 * (1 - square)))
    h = (1 - f * square) / (1 - square)
    return (math.atanh(first) - math.atanh(second)) * math.sqrt((n - 3) / (2 * (1 - between) * h))


def _flags(basis: Basis, pearson: Floats, spearman: Floats, counts: Counts) -> list[PairFlag]:
    """Pairs above the limit of redundancy by either measure, and pairs of one dimension certainly below 0."""
    items = basis.scheme.document.indicators
    flags = []
    for a, first in enumerate(basis.scored):
        for b, second in enumerate(basis.scored[a + 1 :], start=a + 1):
            r, rho, n = float(pearson[a, b]), float(spearman[a, b]), int(counts[a, b])
            if math.isnan(r) or math.isnan(rho):
                continue
            same = items[first].dimension == items[second].dimension
            against = same and r < 0 and math.atanh(max(r, -0.999999)) * math.sqrt(n - 3) < -CERTAIN
            if max(r, rho) > REDUNDANT or against:
                flags.append(
                    PairFlag(
                        kind="negative" if against else "redundant",
                        first=basis.codes[first],
                        second=basis.codes[second],
                        pearson=round(r, 6),
                        spearman=round(rho, 6),
                        n=n,
                    )
                )
    return flags
