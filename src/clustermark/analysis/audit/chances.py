"""Level probabilities: how surely clusters are at their level, given what is doubtful about the numbers.

All clusters are drawn together (`clustermark.analysis.robustness`): experts' disagreement, moved edges, weights
and missing values. Minimums are drawn too; gates are taken as met.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.audit.basis import Basis
from clustermark.analysis.audit.parts import Chances, LevelChance
from clustermark.analysis.robustness import Source, Tolerances, draw_field, field_of
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import local

DRAWS = 2_000
SURE, EVEN = 0.95, 0.5
SOURCES: tuple[Source, ...] = ("experts", "missing", "thresholds", "weights")


def chances(basis: Basis, *, seed: int) -> Chances | None:
    """How often clusters reach each level; None where levels rest on more than points and minimums."""
    if basis.undecided:  # drawn levels take gates as met, held ones do not: the two could not be compared
        return None
    try:
        field = field_of(basis.scheme, basis.portfolio)
    except ProblemsError:
        return None
    reach = Tolerances()
    counts = draw_field(field, draws=DRAWS, seed=seed, sources=SOURCES, tolerances=reach, engine="numpy")
    rows = [
        _row(basis, position, counts.levels[position + 1 :].sum(axis=0) / DRAWS)
        for position in range(len(basis.scheme.document.levels))
    ]
    return Chances(draws=DRAWS, weights=reach.weights, thresholds=reach.thresholds, levels=rows)


def _row(basis: Basis, position: int, chance: NDArray[np.float64]) -> LevelChance:
    """One level; where it is not told how many hold it, neither is it how many of them hold it surely."""
    level, told = basis.scheme.document.levels[position], basis.level_counts[position]
    held = basis.levels() >= position
    n, holders = len(held), int(held.sum())
    sure = basis.told(int((held & (chance >= SURE)).sum()), of=holders)
    doubtful = basis.told(int((held & (chance < EVEN)).sum()), of=holders)
    missed = basis.told(int((~held & (chance >= EVEN)).sum()), of=n - holders)
    return LevelChance(
        level=level.level,
        title=local(level.title),
        n=n,
        held=told,
        sure=None if told is None else sure,
        doubtful=None if told is None else doubtful,
        missed=None if told is None else missed,
        open=basis.told(int(((chance > 1 - SURE) & (chance < SURE)).sum()), of=n),
    )
