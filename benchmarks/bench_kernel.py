"""The kernel on 1,000,000 dossiers × 31 indicators, in units of one copy of its input."""

from __future__ import annotations

import tracemalloc

import numpy as np

from benchmarks.table import Row, alternate, print_table
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.arrays import Values
from clustermark.scoring.kernel import Scale, Scores, point_places, scale_of, score
from clustermark.scoring.levels import decide_levels

DOSSIERS = 1_000_000


def gold() -> tuple[Scheme, list[Scale]]:
    """The Gold scheme and its 31 scales."""
    scheme = Scheme.load("ecei-gold-2013")
    places = point_places(scheme.document.indicators)
    return scheme, [scale_of(item, places) for item in scheme.document.indicators]


def sample(scales: list[Scale]) -> Values:
    """Values around the edges of each indicator, one in fifty missing."""
    rng = np.random.default_rng(1)
    values = np.empty((len(scales), DOSSIERS))
    for row, scale in enumerate(scales):
        edges = np.sort(scale.edges) if scale.edges else np.array([0.0, 1_000_000.0])
        values[row] = np.floor(rng.uniform(0.5 * edges[0], 1.3 * edges[-1], DOSSIERS))
        values[row, rng.random(DOSSIERS) < 0.02] = np.nan
    return values


def slow(values: Values, scales: list[Scale]) -> tuple[list[int], list[int], list[int]]:
    """Points, minimums missed and significant margins of each column, by `searchsorted` a row."""
    points = np.zeros(values.shape[1], np.int64)
    missed = np.zeros(values.shape[1], np.int64)
    above = np.zeros(values.shape[1], np.int64)
    for row, scale in zip(values, scales, strict=True):
        sign = -1.0 if scale.down else 1.0
        band = np.searchsorted(sign * np.array(scale.edges), sign * row, side="right")
        band[np.isnan(row)] = 0
        points += np.array(scale.points)[band]
        required = np.nan if scale.required is None else scale.required
        missed += scale.minimum & ~(sign * row >= sign * required)
        if scale.required_band is not None and scale.scored:
            above += band > scale.required_band
    return points.tolist(), missed.tolist(), above.tolist()


def decide(scheme: Scheme, values: Values, scales: list[Scale]) -> tuple[Scores, list[int]]:
    """Everything the goal names: points, margins, minimums and level."""
    scores = score(values, scales)
    return scores, decide_levels(scheme, {}, values, scores).reached.tolist()


def run() -> list[Row]:
    """Equality first, then time in copies of the input, then memory."""
    scheme, scales = gold()
    values = sample(scales)
    scores, reached = decide(scheme, values, scales)
    found = (scores.points.tolist(), scores.minimums_missed.tolist(), scores.significantly_above.tolist())
    assert found == slow(values, scales)
    levels = [0 if missed == 0 and points >= 120 else -1 for points, missed in zip(*found[:2], strict=True)]
    assert levels == reached
    copy = np.empty_like(values)
    ours, other = alternate(lambda: score(values, scales), lambda: np.copyto(copy, values), rounds=9)
    whole, _copy = alternate(
        lambda: decide_levels(scheme, {}, values, score(values, scales)), lambda: np.copyto(copy, values)
    )
    tracemalloc.start()
    decide_levels(scheme, {}, values, score(values, scales))
    peak = tracemalloc.get_traced_memory()[1] + values.nbytes
    tracemalloc.stop()
    size = values.nbytes / 2**20
    return [
        Row(
            "kernel, 1,000,000 × 31: points, margins, minimums (of one np.copyto)", ours, other, 5, "at most"
        ),
        Row("kernel and level by the scheme's rules (of one np.copyto)", whole, other, 5, "at most"),
        Row("peak memory with the input (of the input)", peak / 2**20, size, 2, "at most", "MiB"),
    ]


if __name__ == "__main__":
    print_table(run())
