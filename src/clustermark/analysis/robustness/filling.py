"""What is drawn where the own value is missing: a value of a told cell, or the middle of a band."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.disclosure import Figures, Hidden
from clustermark.scoring.kernel import Scale

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Filling:
    """m cells of whole numbers, in units: cell c holds `widths[c]` numbers from `starts[c]` on, all alike.

    `upto` (m,) are the cumulated shares of the cells. `told` are the figures that the cells come from; None for
    bands, which all have the same share.
    """

    starts: Floats
    widths: Floats
    upto: Floats
    told: Figures | None

    def __len__(self) -> int:
        return len(self.starts)

    def pick(self, random: Floats) -> Floats:
        """A value for each of these numbers between 0 and 1: they choose the cell, and the place in it."""
        cell = np.minimum(np.searchsorted(self.upto, random, side="right"), len(self) - 1)
        below = np.concatenate([[0.0], self.upto])[cell]
        inside = (random - below) / (self.upto[cell] - below)
        step = np.clip(np.floor(inside * self.widths[cell]), 0, self.widths[cell] - 1)
        picked: Floats = self.starts[cell] + step
        return picked


def from_told(figures: Figures, decimals: int) -> Filling | None:
    """The bars of a told distribution, in units of 10^−decimals; None where it is hidden or says nothing.

    The bar that is open above gives its least value: how far it reaches is not told.
    """
    if isinstance(figures.histogram, Hidden):
        return None
    bars = figures.histogram.bins
    if len(bars) == 1 and bars[0].end is None:
        return None
    starts, widths = [], []
    for bar in bars:
        first = _units(bar.start, decimals)
        # the last bar holds its end, the cap of the scale
        after = first if bar.end is None else _units(bar.end, decimals) + (bar is bars[-1])
        starts.append(first)
        widths.append(max(1, after - first))
    counts = np.array([bar.count for bar in bars], float)
    return Filling(
        np.array(starts, float), np.array(widths, float), np.cumsum(counts) / counts.sum(), figures
    )


def _units(value: Decimal, decimals: int) -> int:
    return int(value.scaleb(decimals).to_integral_value(ROUND_CEILING))


def from_bands(scale: Scale) -> Filling:
    """The middle of each band, all alike: for an indicator of which nothing is told."""
    found = middles(scale)
    return Filling(found, np.ones(len(found)), np.arange(1, len(found) + 1) / max(1, len(found)), None)


def middles(scale: Scale) -> Floats:
    """One value in the middle of each band."""
    edges = np.array(scale.edges or ([scale.required] if scale.required is not None else []))
    if not len(edges):
        return np.empty(0)
    steps = np.diff(edges)
    first = edges[0] / 2 if not scale.down else edges[0] + (abs(steps[0]) if len(steps) else edges[0]) / 2
    last = edges[-1] + (steps[-1] / 2 if len(steps) else (-edges[0] / 2 if scale.down else edges[0] / 2))
    found: Floats = np.rint(np.concatenate([[first], (edges[1:] + edges[:-1]) / 2, [last]]))
    return found
