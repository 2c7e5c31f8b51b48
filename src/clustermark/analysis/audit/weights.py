"""Effective beside nominal weights: how much each indicator really decides.

The importance of an indicator is its main effect: the share of the variance of the total that would go if
the indicator were known, V(E(total | indicator)) / V(total) (Paruolo, Saisana and Saltelli 2013, "Ratings
and rankings: voodoo or science?", JRSS A 176 (3)). Points take few values, so the conditional mean needs no
smoother: it is the mean total of the clusters with the same points. The points of a dimension take many
values; there it is the mean within ten groups of equal size. Groups explain something by chance alone;
that is taken off as in the adjusted correlation ratio (Kelley 1935).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.audit.basis import Basis, plain
from clustermark.analysis.audit.parts import WeightRow
from clustermark.analysis.portfolio import Floats

MOST_GROUPS = 10


def main_effect(x: Floats, y: Floats) -> float:
    """The adjusted correlation ratio of `y` on the groups of equal `x` (ten of equal size where x is finer).

    NaN where either does not vary or a group a cluster leaves nothing to judge by.
    """
    groups = _groups(x)
    count, n = int(groups.max(initial=-1)) + 1, len(y)
    spread = float(((y - y.mean()) ** 2).sum()) if n else 0.0
    if count < 2 or n <= count or spread <= 0:
        return math.nan
    sizes = np.bincount(groups, minlength=count)
    means = np.bincount(groups, weights=y, minlength=count) / sizes
    within = float(((y - means[groups]) ** 2).sum())
    return max(0.0, 1 - within / (n - count) / (spread / (n - 1)))


def _groups(x: Floats) -> NDArray[np.int64]:
    values, groups = np.unique(x, return_inverse=True)
    if len(values) > MOST_GROUPS:
        cuts = np.unique(np.quantile(x, np.arange(1, MOST_GROUPS) / MOST_GROUPS))
        _used, groups = np.unique(np.searchsorted(cuts, x, side="right"), return_inverse=True)
    found: NDArray[np.int64] = groups.reshape(-1).astype(np.int64)
    return found


def weights(basis: Basis) -> list[WeightRow]:
    """Every indicator that can earn points; a missing value counts as it counts in the total, no points."""
    columns = {basis.codes[j]: basis.earned[:, j] for j in basis.scored}
    few = {basis.codes[j] for j in basis.scored if basis.few[j]}
    return _rows(basis, columns, {basis.codes[j]: float(basis.most[j]) for j in basis.scored}, few)


def dimension_weights(basis: Basis) -> list[WeightRow]:
    """The same for the points of each dimension."""
    columns = {code: basis.earned[:, list(js)].sum(axis=1) for code, js in basis.by_dimension.items()}
    known = {
        code: ~np.isnan(basis.points[:, list(js)]).all(axis=1) for code, js in basis.by_dimension.items()
    }
    few = {code for code, some in known.items() if basis.told(int(some.sum())) is None}
    most = {code: float(basis.most[list(js)].sum()) for code, js in basis.by_dimension.items()}
    return _rows(basis, columns, most, few)


def _rows(basis: Basis, columns: dict[str, Floats], most: dict[str, float], few: set[str]) -> list[WeightRow]:
    """`few`: columns known of too few clusters; they have no effect to tell, and are not in the sum of all."""
    effects = {
        code: math.nan if code in few else main_effect(column, basis.total)
        for code, column in columns.items()
    }
    whole = sum(effect for effect in effects.values() if not math.isnan(effect))
    rows = []
    for code, column in columns.items():
        nominal = most[code] / sum(most.values())
        effective = effects[code] / whole if whole > 0 else math.nan
        rows.append(
            WeightRow(
                code=code,
                n=len(basis),
                nominal=round(nominal, 6),
                main_effect=plain(effects[code]),
                linear=None if code in few else plain(_square(column, basis.total)),
                effective=plain(effective),
                ratio=plain(effective / nominal),
            )
        )
    return rows


def _square(x: Floats, y: Floats) -> float:
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return math.nan
    return float(np.corrcoef(x, y)[0, 1]) ** 2
