"""The frontier of a set of units: the few units that limit everyone's most favourable weights.

A benefit-of-the-doubt score is a linear programme with one row for every unit ("with your weights nobody
scores more than 1"). At the optimum only a handful of rows bind. `score_units` therefore solves each
unit's programme over a small working set, looks whether any other unit scores more than 1 with the
weights found, adds those that do, and repeats until none does; the weights are then feasible for all
units and optimal for a part of them, hence optimal. Units found on the frontier are shared: the next
unit starts from those nearest to it (row generation, Dantzig, Fulkerson & Johnson 1954).

The gain rests on the frontier being small. Many independent indicators without limits put nearly every
unit on it; then the scores are near 1 for all, say little, and cost as much as a full programme each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Solve = Callable[[int, Floats], Floats]
"""`solve(unit, rows)`: the best weights of `unit` under which no row of `rows` scores more than 1."""

_VIOLATION = 1e-9
_ADDED_A_ROUND = 10


@dataclass(frozen=True)
class UnitScores:
    """Scores of n units, the weights (n × m) that give them, and which units bind anyone's weights."""

    scores: Floats
    weights: Floats
    frontier: NDArray[np.bool_]
    programmes: int


def score_units(values: Floats, solve: Solve, *, common_region: bool) -> UnitScores:
    """The best score of every row of `values` (n × m, not negative).

    `common_region` says that weights allowed for one unit are allowed for all: whoever scores 1 with
    another unit's best weights is then known to score 1 and needs no programme of its own.
    """
    count, width = values.shape
    order = np.argsort(-values.sum(axis=1), kind="stable")
    scores = np.full(count, np.nan)
    weights = np.zeros_like(values)
    frontier = np.zeros(count, dtype=np.bool_)
    frontier[order[0]] = True
    solved: list[int] = []
    programmes = 0
    for unit in order:
        if not np.isnan(scores[unit]):
            continue
        best, reached, binding, rounds = _best_weights(
            values, unit, _nearest(values, unit, frontier, weights[solved], 2 * width), solve
        )
        programmes += rounds
        frontier |= binding
        solved.append(int(unit))
        scores[unit], weights[unit] = min(1.0, reached[unit]), best
        if common_region:
            also = np.isnan(scores) & (reached >= 1 - 1e-12)
            scores[also], weights[also] = 1.0, best
    return UnitScores(scores=scores, weights=weights, frontier=frontier, programmes=programmes)


def _nearest(
    values: Floats, unit: int, frontier: NDArray[np.bool_], known: Floats, most: int
) -> NDArray[np.intp]:
    """At most `most` frontier units: those that score highest with the known weights best for `unit`."""
    candidates = np.flatnonzero(frontier)
    if len(candidates) <= most or not len(known):
        return candidates
    guess = known[np.argmax(known @ values[unit])]
    return candidates[np.argsort(-(values[candidates] @ guess), kind="stable")[:most]]


def _best_weights(
    values: Floats, unit: int, rows: NDArray[np.intp], solve: Solve
) -> tuple[Floats, Floats, NDArray[np.bool_], int]:
    """Weights of `unit`, everyone's score with them (largest: 1), who binds them, programmes solved."""
    rounds = 0
    while True:
        rounds += 1
        found = solve(unit, values[rows])
        reached = values @ found
        allowed = reached[rows].max() * (1 + _VIOLATION)
        above = np.flatnonzero(reached > allowed)
        if not len(above):
            top = reached.max()
            if top <= 0:  # a unit of zeros: any weights will do, none are found
                return found, reached, np.zeros(len(values), dtype=np.bool_), rounds
            return found / top, reached / top, reached >= top * (1 - _VIOLATION), rounds
        worst = above[np.argsort(-reached[above], kind="stable")[:_ADDED_A_ROUND]]
        rows = np.concatenate([rows, worst])
