"""The kernel: from values to bands, points, margins and minimums, for one dossier or millions.

`values` has shape (k, n): one row an indicator, contiguous, one column a dossier. A value is in units of
10^−decimals of its indicator, already rounded, so it is an integer held in float64: comparison with
an edge is exact up to 2^53 units, and NaN (missing) is below every edge and meets nothing.

One pass in chunks that stay in the processor's cache: comparing with each edge and adding up truth
values is several times faster than a binary search a value (`benchmarks/bench_kernel.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from clustermark.schemes.document import Indicator
from clustermark.scoring.arrays import Values

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 32_768
"""Values of one indicator handled at a time: 256 kB, so a chunk and its bands stay in the level-2 cache."""

FLUSH = 100
"""Indicators after which counts held in 8 bits are moved on."""

NO_MARGIN = np.int8(-128)
"""In `Scores.margins`: the indicator has no bands or no required value."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers of one indicator, in units of 10^−decimals.

    `edges` are in the order of bands 1, 2, …; `points[b]` are the points of band b in units of
    10^−point_places of the scheme; `required_band` is the band in which the required value lies.
    """

    edges: tuple[float, ...]
    down: bool
    points: tuple[int, ...]
    required: float | None
    required_band: int | None
    minimum: bool
    scored: bool


@dataclass(frozen=True, slots=True)
class Scores:
    """What the kernel finds, for k indicators and n dossiers.

    `bands` (k, n) int8; `margins` (k, n) int8, bands above the band of the required value, `NO_MARGIN`
    where there is none; `points` (n,) int64 in units of 10^−point_places; `minimums_missed` and
    `significantly_above` (n,) int16 count indicators.
    """

    bands: NDArray[np.int8]
    margins: NDArray[np.int8]
    points: NDArray[np.int64]
    minimums_missed: NDArray[np.int16]
    significantly_above: NDArray[np.int16]


def point_places(indicators: Sequence[Indicator]) -> int:
    """The decimals that hold the points of every band of every indicator."""
    exponents = [point.normalize().as_tuple().exponent for item in indicators for point in item.band_points]
    return max((-exponent for exponent in exponents if isinstance(exponent, int) and exponent < 0), default=0)


def scale_of(indicator: Indicator, places: int) -> Scale:
    """The scale of an indicator, points in units of 10^−places."""
    required = None if indicator.required is None else to_units(indicator.required, indicator.decimals)
    edges = tuple(to_units(edge, indicator.decimals) for edge in indicator.bands)
    down = indicator.direction == "down"
    return Scale(
        edges=edges,
        down=down,
        points=tuple(int(point.scaleb(places)) for point in indicator.band_points),
        required=required,
        required_band=None if required is None or not edges else band_of(required, edges, down=down),
        minimum=indicator.minimum,
        scored=indicator.scored,
    )


def to_units(value: Decimal, decimals: int) -> float:
    """`value` as a whole number of units of 10^−decimals."""
    return float(int(value.scaleb(decimals)))


def band_of(value: float, edges: Sequence[float], *, down: bool) -> int:
    """The band of one value: how many edges it reaches."""
    return sum(value <= edge if down else value >= edge for edge in edges)


def score(values: Values, scales: Sequence[Scale]) -> Scores:
    """Bands, margins, points and minimums of `values`, shape (k, n), one scale a row.

    Raises ValueError when the shapes do not fit. Needs the bands and margins (2 bytes a value) and
    14 bytes a dossier beside the input.
    """
    k, n = values.shape
    if k != len(scales):
        raise ValueError(f"{k} rows of values, {len(scales)} scales")
    found = Scores(
        bands=np.empty((k, n), np.int8),
        margins=np.empty((k, n), np.int8),
        points=np.zeros(n, np.int64),
        minimums_missed=np.zeros(n, np.int16),
        significantly_above=np.zeros(n, np.int16),
    )
    chunk = _Chunk(min(n, CHUNK))
    for start in range(0, n, CHUNK):
        chunk.score(values, scales, found, slice(start, min(n, start + CHUNK)))
    return found


class _Chunk:
    """Working memory for one chunk, used again for the next: small counts that stay in the cache."""

    def __init__(self, size: int) -> None:
        self.reached = np.empty(size, np.bool_)
        self.small_points = np.empty(size, np.int16)
        self.missed = np.empty(size, np.int8)
        self.above = np.empty(size, np.int8)

    def score(self, values: Values, scales: Sequence[Scale], found: Scores, part: slice) -> None:
        size = part.stop - part.start
        reached = self.reached[:size]
        small, missed, above = self.small_points[:size], self.missed[:size], self.above[:size]
        small[:], missed[:], above[:] = 0, 0, 0
        for row, scale in enumerate(scales):
            if row % FLUSH == FLUSH - 1:
                self.flush(found, part)
            value, band, margin = values[row, part], found.bands[row, part], found.margins[row, part]
            _bands(value, scale, band, reached)
            _add_points(scale, band, small, found.points[part])
            if scale.required is not None and scale.minimum:
                np.logical_not(_meets(value, scale.required, reached, down=scale.down), out=reached)
                np.add(missed, reached.view(np.int8), out=missed)
            if scale.required_band is None:
                margin[:] = NO_MARGIN
                continue
            np.subtract(band, np.int8(scale.required_band), out=margin)
            if scale.scored:
                np.greater(margin, 0, out=reached)
                np.add(above, reached.view(np.int8), out=above)
        self.flush(found, part)

    def flush(self, found: Scores, part: slice) -> None:
        """Move the small counts to the totals before they could overflow."""
        size = part.stop - part.start
        for count, total in (
            (self.small_points, found.points),
            (self.missed, found.minimums_missed),
            (self.above, found.significantly_above),
        ):
            total[part] += count[:size]
            count[:size] = 0


def _bands(value: Values, scale: Scale, band: NDArray[np.int8], reached: NDArray[np.bool_]) -> None:
    """How many edges each value reaches; the first comparison is written straight into `band`."""
    compare = np.less_equal if scale.down else np.greater_equal
    if not scale.edges:
        band[:] = 0
        return
    compare(value, scale.edges[0], out=band.view(np.bool_))
    for edge in scale.edges[1:]:
        compare(value, edge, out=reached)
        np.add(band, reached.view(np.int8), out=band)


def _meets(value: Values, required: float, reached: NDArray[np.bool_], *, down: bool) -> NDArray[np.bool_]:
    (np.less_equal if down else np.greater_equal)(value, required, out=reached)
    return reached


def _add_points(
    scale: Scale, band: NDArray[np.int8], small: NDArray[np.int16], total: NDArray[np.int64]
) -> None:
    """Add the points of each band; points equal to the band number, the usual case, need no look-up."""
    if not any(scale.points):
        return
    if scale.points == tuple(range(len(scale.points))):
        np.add(small, band, out=small)
    else:
        total += np.array(scale.points, np.int64)[band]
