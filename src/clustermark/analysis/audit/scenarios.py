"""Ranks and levels when the choices of the scheme's author are varied together.

Aggregation × weights × treatment of missing values, all combinations (Saisana, Saltelli and Tarantola 2005,
"Uncertainty and sensitivity analysis techniques as tools for the quality assessment of composite
indicators", JRSS A 168 (2)). Minimums stay as they are in every scenario: a missing value never meets one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, Philox
from numpy.typing import NDArray

from clustermark.analysis.audit.basis import Basis, plain
from clustermark.analysis.audit.parts import AssumptionRow, RankGroup, Scenarios
from clustermark.analysis.audit.removal import ranks
from clustermark.analysis.portfolio import Floats

DRAWS = 48
"""Random sets of weights, beside the nominal weights and equal ones for dimensions."""

SPREAD = 0.25
"""Each weight is drawn evenly from its nominal value ± this share, as is usual in the JRC's audits."""

AGGREGATIONS = ("arithmetic", "geometric")
MISSING = ("no_points", "left_out", "sector_median")
ASSUMPTIONS = ("geometric", "equal_dimensions", "random", "left_out", "sector_median")
MOST_GROUPS = 20


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What every scenario gives: `shifts` and `changed` have shape (clusters, scenarios).

    `keys` names each scenario: aggregation, treatment of missing values, number of the set of weights (0
    nominal, 1 equal for dimensions, then random). A shift is a change of rank, positive = worse.
    """

    keys: tuple[tuple[str, str, int], ...]
    nominal: Floats
    shifts: Floats
    changed: NDArray[np.bool_]


def outcomes(basis: Basis, *, seed: int) -> Outcomes:
    """Ranks and levels of every cluster in every scenario: confidential, `scenarios` tells what may be told."""
    sets = weight_sets(basis, seed=seed)
    nominal, levels = ranks(basis.total), basis.levels()
    keys, totals = [], []
    for missing in MISSING:
        shares, there = _shares(basis, missing)
        for aggregation in AGGREGATIONS:
            totals.append(_totals(basis, shares, there, sets, geometric=aggregation == "geometric"))
            keys += [(aggregation, missing, number) for number in range(sets.shape[1])]
    table = np.concatenate(totals, axis=1)
    changed = np.column_stack([basis.levels(table[:, s]) != levels for s in range(table.shape[1])])
    return Outcomes(tuple(keys), nominal, ranks(table) - nominal[:, None], changed)


def weight_sets(basis: Basis, *, seed: int) -> Floats:
    """Weights of the scored indicators, one set a column: nominal, equal for dimensions, then random."""
    most = basis.most[list(basis.scored)]
    equal = most.copy()
    where = {j: position for position, j in enumerate(basis.scored)}
    for columns in basis.by_dimension.values():
        mine = [where[j] for j in columns]
        equal[mine] = most[mine] / most[mine].sum() * most.sum() / len(basis.by_dimension)
    random = Generator(Philox(seed)).uniform(1 - SPREAD, 1 + SPREAD, (len(most), DRAWS))
    return np.column_stack([most, equal, most[:, None] * random])


def _shares(basis: Basis, missing: str) -> tuple[Floats, Floats]:
    """Shares of the most points (n × scored) without gaps, and what of them counts (1 or 0)."""
    columns = list(basis.scored)
    shares = basis.points[:, columns] / basis.most[columns]
    known = ~np.isnan(shares)
    if missing == "left_out":
        return np.nan_to_num(shares), known.astype(float)
    if missing == "sector_median":
        shares = _with_medians(shares, basis.portfolio.sectors, basis.least)
    return np.nan_to_num(shares), np.ones(shares.shape)


def _with_medians(shares: Floats, sectors: NDArray[np.str_], least: int) -> Floats:
    """Gaps filled with the median of the sector, or of all where fewer than `least` of it are known."""
    filled = shares.copy()
    for j in range(shares.shape[1]):
        column = shares[:, j]
        known = ~np.isnan(column)
        if known.all() or not known.any():
            continue
        overall = float(np.median(column[known]))
        for sector in np.unique(sectors[~known]):
            peers = column[known & (sectors == sector)]
            value = float(np.median(peers)) if sector and len(peers) >= least else overall
            filled[~known & (sectors == sector), j] = value
    return filled


def _totals(basis: Basis, shares: Floats, there: Floats, sets: Floats, *, geometric: bool) -> Floats:
    """Points of every cluster for every set of weights, on the scale of the scheme's most points.

    Geometric: the weighted geometric mean of the dimensions' scores on 1 … 100, so that an empty
    dimension costs much but not everything.
    """
    where = {j: position for position, j in enumerate(basis.scored)}
    whole = float(basis.most.sum())
    parts, weights = [], []
    for columns in basis.by_dimension.values():
        mine = [where[j] for j in columns]
        parts.append(shares[:, mine] @ sets[mine])
        weights.append(there[:, mine] @ sets[mine])
    weight = np.sum(weights, axis=0)
    safe = np.where(weight > 0, weight, 1.0)
    if not geometric:
        found: Floats = np.sum(parts, axis=0) / safe * whole
        return found
    of_dimension = [sets[[where[j] for j in columns]].sum(axis=0) for columns in basis.by_dimension.values()]
    logs, used = np.zeros(weight.shape), np.zeros(weight.shape)
    for part, known, full in zip(parts, weights, of_dimension, strict=True):
        counts = np.where(known > 0, full, 0.0)
        score = 1 + 99 * part / np.where(known > 0, known, 1.0)
        logs += counts * np.log(score)
        used += counts
    means = np.exp(logs / np.where(used > 0, used, 1.0))
    geometric_totals: Floats = (means - 1) / 99 * whole
    return geometric_totals


def scenarios(basis: Basis, *, seed: int) -> Scenarios:
    """What may be told of `outcomes`: shares of clusters, and ranks of groups of neighbours."""
    found = outcomes(basis, seed=seed)
    low, median, high = np.quantile(found.shifts, [0.05, 0.5, 0.95], axis=1)
    moved = found.changed.mean(axis=1)
    return Scenarios(
        n=len(basis),
        count=len(found.keys),
        aggregations=list(AGGREGATIONS),
        weights=["nominal", "equal_dimensions", "random"],
        missing=list(MISSING),
        width=round(float(np.median(high - low)), 6),
        stable=_share(basis, int((moved == 0).sum())),
        often=_share(basis, int((moved >= 0.5).sum())),
        assumptions=_assumptions(basis, found),
        groups=_groups(basis, found.nominal, low, median, high),
    )


def _share(basis: Basis, count: int) -> float | None:
    share = basis.share_told(count)
    return None if share is None else plain(share)


def _assumptions(basis: Basis, found: Outcomes) -> list[AssumptionRow]:
    """One assumption changed, all others as in the scheme; random weights as the mean over their sets."""
    kinds: dict[str, list[int]] = {name: [] for name in ASSUMPTIONS}
    for s, (aggregation, missing, number) in enumerate(found.keys):
        if missing == "no_points" and aggregation == "arithmetic" and number:
            kinds["equal_dimensions" if number == 1 else "random"].append(s)
        elif number == 0 and (aggregation == "arithmetic") != (missing == "no_points"):
            kinds[missing if aggregation == "arithmetic" else aggregation].append(s)
    rows = []
    for name, columns in kinds.items():
        changes = found.changed[:, columns]
        rows.append(
            AssumptionRow(
                assumption=name,
                n=len(basis),
                mean_shift=round(float(np.abs(found.shifts[:, columns]).mean()), 6),
                level_changes=None
                if basis.told(int(changes.any(axis=1).sum())) is None
                else plain(float(changes.mean())),
            )
        )
    return rows


def _groups(basis: Basis, nominal: Floats, low: Floats, median: Floats, high: Floats) -> list[RankGroup]:
    order = np.argsort(nominal, kind="stable")
    count = max(1, min(MOST_GROUPS, len(basis) // (2 * basis.least)))
    return [
        RankGroup(
            first_rank=int(places[0]) + 1,
            last_rank=int(places[-1]) + 1,
            n=len(places),
            low=round(float(np.median(low[order[places]])), 3) + 0.0,
            median=round(float(np.median(median[order[places]])), 3) + 0.0,
            high=round(float(np.median(high[order[places]])), 3) + 0.0,
        )
        for places in np.array_split(np.arange(len(basis)), count)
    ]
