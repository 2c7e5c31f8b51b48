"""From random numbers to worlds: what the values, edges and weights might have been, and what would follow.

One function of uniform numbers serves Monte Carlo draws and Sobol' points alike. Points are sums of whole
numbers (weights are rounded to 2^−16), so they do not depend on the order in which they are added.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.robustness.case import Case, Floats
from clustermark.analysis.robustness.sources import SOURCES, Source, Tolerances
from clustermark.scoring.evaluate import Column
from clustermark.scoring.kernel import NO_MARGIN, Scores
from clustermark.scoring.levels import decide_rules, rule_columns
from clustermark.scoring.rationals import Rationals

WEIGHT_BITS = 16


@dataclass(frozen=True)
class Worlds:
    """n worlds of k indicators, all (k, n).

    `values` are in units, `factors` multiply the edges, `weights` are in units of 2^−16.
    """

    values: Floats
    factors: Floats
    weights: NDArray[np.int64]


@dataclass(frozen=True)
class Outcomes:
    """What follows in n worlds.

    `points` (n,) in points of the scheme; `missed` (k, n) whether the minimum of an indicator is missed;
    `level` (n,) index of the highest level reached, −1 for none.
    """

    points: Floats
    missed: NDArray[np.bool_]
    level: NDArray[np.int8]


def width_of(case: Case) -> int:
    """Random numbers a draw takes: one for each source and indicator, whether used or not."""
    return len(SOURCES) * len(case.scales)


def worlds_of(case: Case, random: Floats, sources: tuple[Source, ...], tolerances: Tolerances) -> Worlds:
    """The worlds of `random`, shape (n, `width_of`), numbers strictly between 0 and 1."""
    k, n = len(case.scales), len(random)
    by_source = {source: random[:, i * k : (i + 1) * k].T for i, source in enumerate(SOURCES)}
    values = np.repeat(case.official[:, None], n, axis=1)
    if "experts" in sources:
        for row, voice in enumerate(case.voices):
            if len(voice):
                values[row] = _pick(voice, by_source["experts"][row])
    if "missing" in sources:
        for row in np.flatnonzero(np.isnan(case.official)).tolist():
            if len(case.fillings[row]):
                gone = np.isnan(values[row])
                values[row, gone] = case.fillings[row].pick(by_source["missing"][row][gone])
    if "measurement" in sources:
        from scipy.special import ndtri  # noqa: PLC0415 - SciPy loads slowly; only this source needs it

        for row in np.flatnonzero(case.errors > 0).tolist():
            values[row] = np.maximum(
                0.0, np.rint(values[row] + case.errors[row] * ndtri(by_source["measurement"][row]))
            )
    factors = np.ones((k, n))
    if "thresholds" in sources:
        moved = tolerances.thresholds * (2 * by_source["thresholds"][case.movable] - 1)
        factors[case.movable] += moved
    weights = np.full((k, n), 1 << WEIGHT_BITS, np.int64)
    if "weights" in sources:
        most = np.array([scale.points[-1] for scale in case.scales], float)
        weights = weights_from(by_source["weights"], most, tolerances.weights)
    return Worlds(values, factors, weights)


def _pick(choices: Floats, random: Floats) -> Floats:
    return choices[(random * len(choices)).astype(np.intp)]


def weights_from(random: Floats, most: Floats, reach: float) -> NDArray[np.int64]:
    """Weights (k, n) in units of 2^−16 from uniform numbers (k, n).

    Each weight is 1 ± `reach`; then all are multiplied so that the most points (`most`, (k,)) sum to the same
    maximum as before. Only the first k = len(most) rows with points matter for the sum.
    """
    free = 1.0 + reach * (2.0 * random - 1.0)
    # added up one indicator after the other: the same to the last bit for one draw and for many
    total = np.zeros(random.shape[1:])
    for row in range(len(most)):
        total = total + most[row] * free[row]
    scale = np.divide(most.sum(), total, out=np.ones_like(total), where=total > 0)
    weights: NDArray[np.int64] = np.rint(free * scale * (1 << WEIGHT_BITS)).astype(np.int64)
    return weights


def outcomes_of(case: Case, worlds: Worlds) -> Outcomes:
    """Bands, points, minimums and levels of every world, by the rules of the scheme."""
    k, n = worlds.values.shape
    bands = np.zeros((k, n), np.int8)
    missed = np.zeros((k, n), np.bool_)
    points = np.zeros(n, np.int64)
    for row, scale in enumerate(case.scales):
        reaches = np.less_equal if scale.down else np.greater_equal
        value, factor = worlds.values[row], worlds.factors[row]
        for edge in scale.edges:
            bands[row] += reaches(value, edge * factor)
        if scale.minimum and scale.required is not None:
            missed[row] = ~reaches(value, scale.required * factor)
        if any(scale.points):
            points += worlds.weights[row] * np.array(scale.points, np.int64)[bands[row]]
    return Outcomes(
        points=points / float((1 << WEIGHT_BITS) * 10**case.places),
        missed=missed,
        level=_levels(case, worlds, bands, missed, points),
    )


def _levels(
    case: Case,
    worlds: Worlds,
    bands: NDArray[np.int8],
    missed: NDArray[np.bool_],
    points: NDArray[np.int64],
) -> NDArray[np.int8]:
    n = len(points)
    scores = Scores(
        bands=bands,
        margins=np.full((1, 1), NO_MARGIN),
        points=points,
        minimums_missed=missed.sum(axis=0).astype(np.int16),
        significantly_above=np.zeros(1, np.int16),
    )
    known: dict[str, Column] = {**case.columns, **rule_columns(case.scheme, worlds.values, scores)}
    known["points"] = Rationals(points, np.array([(1 << WEIGHT_BITS) * 10**case.places]))
    return decide_rules(case.scheme, known, n).reached
