"""What is told of the cells of a group: quantiles, distribution and mean, each with its own minimum."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.disclosure.figures import Bin, Cell, Figures, Hidden, Histogram, hidden
from clustermark.analysis.disclosure.grid import Grid
from clustermark.analysis.disclosure.policy import Policy


def tell(cells: NDArray[np.int64], grid: Grid, policy: Policy, variable: str, group: str) -> Figures:
    """The figures of a group from its members' cells, ascending and none missing.

    A quantile is the cell of an order statistic, the smallest with at least that share of the members at or
    below it (definition 1 of Hyndman and Fan 1996): no average that could mix values into something finer.
    """
    wide = len(cells) >= policy.least_for_quartiles
    few = hidden("few_for_quartiles")
    return Figures(
        variable=variable,
        group=group,
        n=len(cells),
        median=_quantile(cells, grid, 2),
        lower_quartile=_quantile(cells, grid, 1) if wide else few,
        upper_quartile=_quantile(cells, grid, 3) if wide else few,
        mean=_mean(cells, grid, policy),
        histogram=_histogram(cells, grid, policy) if wide else few,
    )


def _cell(grid: Grid, cell: int) -> Cell:
    return Cell(start=grid.start(cell), end=grid.end(cell))


def _quantile(cells: NDArray[np.int64], grid: Grid, quarters: int) -> Cell:
    place = -(-len(cells) * quarters // 4) - 1
    return _cell(grid, int(cells[place]))


def _histogram(cells: NDArray[np.int64], grid: Grid, policy: Policy) -> Histogram:
    """Neighbouring cells joined from below until each bar has enough members; it covers the whole scale."""
    counts = np.bincount(cells, minlength=len(grid.edges) + 1).tolist()
    bars: list[tuple[int, int]] = []
    first, members = 0, 0
    for cell, count in enumerate(counts):
        members += count
        if members >= policy.least:
            bars.append((first, members))
            first, members = cell + 1, 0
    if members:
        start, count = bars.pop()
        bars.append((start, count + members))
    ends = [start - 1 for start, _count in bars[1:]] + [len(grid.edges)]
    return Histogram(
        bins=[
            Bin(start=grid.start(start), end=grid.end(end), count=count)
            for (start, count), end in zip(bars, ends, strict=True)
        ]
    )


def _mean(cells: NDArray[np.int64], grid: Grid, policy: Policy) -> Cell | Hidden:
    """The cell of the mean of the cells' middles, unless a few members make up too much of the sum.

    Two rules for magnitudes (Hundepool et al. 2012, section 4.2): (n, k) dominance, and p %, by which the
    second largest must not be able to tell the largest from the total.
    """
    descending = [grid.middle(int(cell)) for cell in cells[::-1]]
    total = sum(descending, Decimal(0))
    if total > 0:
        largest = sum(descending[: policy.dominance_n], Decimal(0))
        others = total - descending[0] - descending[1]
        if 100 * largest > policy.dominance_percent * total:
            return hidden("dominated")
        if 100 * others < policy.p_percent * descending[0]:
            return hidden("dominated")
    mean = Fraction(total) / len(cells)
    return _cell(grid, bisect_right(grid.edges, mean, key=Fraction) if grid.edges else 0)
