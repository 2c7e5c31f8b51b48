"""Remove one indicator at a time: how far ranks move, and who would be at another level."""

from __future__ import annotations

import numpy as np

from clustermark.analysis.audit.basis import Basis, plain
from clustermark.analysis.audit.parts import RemovalRow
from clustermark.analysis.portfolio import Floats


def ranks(totals: Floats) -> Floats:
    """Ranks of each column, 1 = highest; equal totals share the mean of their ranks.

    With shared means a tie that a scenario breaks moves as many clusters up as down.
    """
    from scipy.stats import rankdata  # noqa: PLC0415 - SciPy's statistics load slowly

    found: Floats = rankdata(-np.round(totals, 9), axis=0)
    return found


def removal(basis: Basis) -> list[RemovalRow]:
    """Each indicator left out with its points and its minimum; the rest scaled up to the same most points."""
    nominal, levels = ranks(basis.total), basis.levels()
    whole = float(basis.most.sum())
    rows = []
    for j in basis.scored:
        left = whole - float(basis.most[j])
        if left <= 0:
            continue
        total = (basis.total - basis.earned[:, j]) * (whole / left)
        shifts = np.abs(ranks(total) - nominal)
        changed = int((basis.levels(total, _minimums_without(basis, j)) != levels).sum())
        rows.append(
            RemovalRow(
                code=basis.codes[j],
                n=len(basis),
                mean_shift=None if basis.few[j] else round(float(shifts.mean()), 6),
                high_shift=None if basis.few[j] else round(float(np.quantile(shifts, 0.95)), 6),
                level_changes=None if basis.few[j] else _told(basis, changed),
            )
        )
    return rows


def _told(basis: Basis, count: int) -> float | None:
    share = basis.share_told(count)
    return None if share is None else plain(share)


def _minimums_without(basis: Basis, j: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    item = basis.scheme.document.indicators[j]
    missed = basis.scores.minimums_missed.astype(np.int64)
    if item.minimum and item.required is not None:
        units = basis.units[j]
        required = float(item.required) * 10**item.decimals
        met = units <= required if item.direction == "down" else units >= required
        missed = missed - ~met
    met_all: np.ndarray[tuple[int], np.dtype[np.bool_]] = missed == 0
    return met_all
