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
    held = basis.levels()
    rows = []
    for position, level in enumerate(basis.scheme.document.levels):
        chance = counts.levels[position + 1 :].sum(axis=0) / DRAWS
        rows.append(_row(basis, level.level, local(level.title), held >= position, chance))
    return Chances(draws=DRAWS, weights=reach.weights, thresholds=reach.thresholds, levels=rows)


def _row(
    basis: Basis, level: str, title: str, held: NDArray[np.bool_], chance: NDArray[np.float64]
) -> LevelChance:
    sure = int((held & (chance >= SURE)).sum())
    return LevelChance(
        level=level,
        title=title,
        n=len(basis),
        held=basis.told(int(held.sum())),
        sure=None if basis.told(int(held.sum()) - sure) is None else basis.told(sure),
        doubtful=basis.told(int((held & (chance < EVEN)).sum())),
        missed=basis.told(int((~held & (chance >= EVEN)).sum())),
        open=basis.told(int(((chance > 1 - SURE) & (chance < SURE)).sum())),
    )
