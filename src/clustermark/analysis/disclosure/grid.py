"""The grid: cells so wide that knowing a value's cell is not knowing the value.

Edges are preferred numbers (series R20 of ISO 3), twenty a decade, thinned until each cell is wide
enough. A grid depends on declared things only (unit, cap, p), never on data, so cells of different
groups, years and files never cut each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.disclosure.policy import Policy

R20 = tuple(
    Decimal(number)
    for number in (
        *("1", "1.12", "1.25", "1.4", "1.6", "1.8", "2", "2.24", "2.5", "2.8"),
        *("3.15", "3.55", "4", "4.5", "5", "5.6", "6.3", "7.1", "8", "9"),
    )
)
"""Preferred numbers of the series R20 between 1 and 10 (ISO 3)."""

DECADES = 7
MISSING = -1
"""The cell of a missing value."""


@dataclass(frozen=True)
class Grid:
    """Cells 0 … len(edges): cell c holds the values from `edges[c - 1]` to below `edges[c]`.

    The first cell is open below, the last ends at `cap` where the indicator has one. Values are multiples
    of `unit`.
    """

    unit: Decimal
    edges: tuple[Decimal, ...]
    cap: Decimal | None

    def cells(self, values: NDArray[np.float64]) -> NDArray[np.int64]:
        """The cell of each value; `MISSING` where it is NaN. Exact for decimals of up to 15 digits."""
        found = np.searchsorted([float(edge) for edge in self.edges], values, side="right")
        return np.where(np.isnan(values), MISSING, found)

    def start(self, cell: int) -> Decimal:
        """Where a cell begins; zero for the first."""
        return self.edges[cell - 1] if cell else Decimal(0)

    def end(self, cell: int) -> Decimal | None:
        """Where a cell ends (not part of it, except the cap); None where it is open."""
        return self.edges[cell] if cell < len(self.edges) else self.cap

    def middle(self, cell: int) -> Decimal:
        """What stands for a cell: halfway between its least and largest value; the least where it is open."""
        if cell < len(self.edges):
            return (self.start(cell) + self.edges[cell] - self.unit) / 2
        return self.start(cell) if self.cap is None else (self.start(cell) + self.cap) / 2


def declared_grid(policy: Policy, *, unit: Decimal, first: Decimal, cap: Decimal | None = None) -> Grid:
    """The grid for values that are multiples of `unit`, from zero to `cap`.

    `first` is the smallest value worth telling from zero. Each cell holds at least two possible values, and
    the largest is more than (1 + p)/(1 − p) times the smallest.
    """
    edges: list[Decimal] = []
    for edge in _preferred(unit, first):
        if cap is not None and edge > cap:
            break
        if _hides(policy, edges[-1] if edges else Decimal(0), edge - unit):
            edges.append(edge)
    while cap is not None and edges and not _hides(policy, edges[-1], cap):
        edges.pop()
    return Grid(unit, tuple(edges), cap)


def _preferred(unit: Decimal, first: Decimal) -> list[Decimal]:
    """Preferred numbers from `first` on, as multiples of the unit."""
    start = Decimal(1).scaleb(first.adjusted())
    exact = [number * start.scaleb(decade) for decade in range(DECADES) for number in R20]
    rounded = {(number / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit for number in exact}
    return sorted(number for number in rounded if number > 0)


def _hides(policy: Policy, smallest: Decimal, largest: Decimal) -> bool:
    """Whether knowing that a value lies between these two tells no value to within p."""
    if smallest == 0:
        return largest > 0
    return Fraction(largest) / Fraction(smallest) > policy.widest_known
