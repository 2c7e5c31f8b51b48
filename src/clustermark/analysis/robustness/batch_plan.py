"""What is the same for every draw of many clusters: values as ranks among the values of their indicator.

An edge that moves reaches every value from some rank on. So a band needs whole-number comparisons with a handful of
positions, found once a draw by binary search among the sorted values, and no arithmetic on the values themselves.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.robustness.draws import between_0_and_1, raw_words
from clustermark.analysis.robustness.level_rules import LevelRule
from clustermark.analysis.robustness.sources import Tolerances
from clustermark.analysis.robustness.worlds import WEIGHT_BITS, weights_from
from clustermark.scoring.kernel import Scale

RANK_BINS = 100
"""Bins of equal width that ranks are counted in."""

MOST_POINTS = (1 << (31 - WEIGHT_BITS)) - 1
"""Units of points a scheme can give in all: weighted points are held in 32 bits."""

Floats = NDArray[np.float64]
Ranks = NDArray[Any]
"""uint16 or uint32."""


@dataclass(frozen=True)
class Field:
    """n clusters under one scheme: `values` (k, n) and `ratings` of two experts (2, k, n), in units, NaN for none."""

    scales: tuple[Scale, ...]
    rules: tuple[LevelRule, ...]
    movable: NDArray[np.bool_]
    values: Floats
    ratings: Floats


@dataclass
class Counts:
    """What is counted over the draws, for n clusters.

    `levels` (levels + 1, n): draws in which no level, the first, … is the highest; `rank_sum` (n,); `rank_bins`
    (n, 100): draws in which the rank lies in the bin (rank − 1) · 100 // n.
    """

    draws: int
    levels: NDArray[np.int32]
    rank_sum: NDArray[np.int64]
    rank_bins: NDArray[np.int32]

    @classmethod
    def empty(cls, plan: Plan, draws: int) -> Counts:
        """Nothing counted yet."""
        n = plan.ranks.shape[1]
        return cls(
            draws,
            np.zeros((len(plan.needed) + 1, n), np.int32),
            np.zeros(n, np.int64),
            np.zeros((n, RANK_BINS), np.int32),
        )

    def add(self, other: Counts) -> None:
        """Add what another thread counted."""
        self.levels += other.levels
        self.rank_sum += other.rank_sum
        self.rank_bins += other.rank_bins


@dataclass(frozen=True)
class Plan:
    """k indicators, n clusters, C = most edges of an indicator.

    `ranks` (k, n): rank of a value among the `sorted_values` of its indicator, from 1 in the direction of better,
    0 where missing. `rated` (r,) rows with two experts; `said` (2, r, n) ranks of what they said. `gone` (m,) flat
    positions of missing values in `ranks`, with `donors` to draw from: `donor_first[i]` and `donor_count[i]` mark the
    stretch for the i-th. `edges` (k, C) signed so that higher is better, +inf where there is none; `required` likewise,
    −inf where there is no minimum. `gains` (k, C): points won at each edge. `needed` and `needed_without`: points of
    each level in units of 2^−16, with every minimum met or not.
    """

    seed: int
    ranks: Ranks
    sorted_values: tuple[Floats, ...]
    rated: NDArray[np.intp]
    said: Ranks
    gone: NDArray[np.intp]
    donors: Ranks
    donor_first: NDArray[np.int64]
    donor_count: NDArray[np.uint64]
    edges: Floats
    required: Floats
    minimums: NDArray[np.intp]
    gains: NDArray[np.int64]
    most: Floats
    needed: NDArray[np.int64]
    needed_without: NDArray[np.int64]
    thresholds: NDArray[np.float64]
    weights: float

    @property
    def width(self) -> int:
        """Random words a draw takes: edges, weights, two missing values a word, 64 ratings a word."""
        return self.first_bit_word + -(-int(self.said[0].size) // 64)

    @property
    def first_gone_word(self) -> int:
        """The word with the first two missing values."""
        return 2 * len(self.ranks)

    @property
    def first_bit_word(self) -> int:
        """The word with the first 64 choices between two experts."""
        return self.first_gone_word + -(-len(self.gone) // 2)

    def second(self, words: NDArray[np.uint64]) -> NDArray[np.uint8]:
        """Whether the second expert's word counts: for words (…, width) 0 or 1 for each of r · n ratings."""
        bits = np.ascontiguousarray(words[..., self.first_bit_word : self.width]).view(np.uint8)
        return np.unpackbits(bits, axis=-1, count=self.said[0].size, bitorder="little")

    @property
    def top(self) -> int:
        """More than any points, in units of 2^−16."""
        return int((self.most.sum() + 1) * (1 << WEIGHT_BITS))


@dataclass(frozen=True)
class Drawn:
    """The random part of D draws: `words` (D, width); `positions` (D, k, C) and `required` (D, k): the least rank that
    reaches a moved edge; `weights` (D, k)."""

    words: NDArray[np.uint64]
    positions: NDArray[np.int64]
    required: NDArray[np.int64]
    weights: NDArray[np.int64]


def plan_of(field: Field, sources: Collection[str], tolerances: Tolerances, seed: int) -> Plan:
    """Everything that is done once. Raises ValueError when a scheme gives more than 32,767 units of points."""
    most = np.array([scale.points[-1] for scale in field.scales], float)
    if most.sum() > MOST_POINTS:
        raise ValueError(f"{most.sum():.0f} units of points, at most {MOST_POINTS}")
    sign = np.array([-1.0 if scale.down else 1.0 for scale in field.scales])[:, None]
    values = sign * field.values
    sorted_values, ranks = _ranked(values, sign * field.ratings)
    official, first, second = ranks
    rows = np.flatnonzero(np.any(first != second, axis=1)) if "experts" in sources else np.empty(0, np.intp)
    gone = np.flatnonzero(official == 0) if "missing" in sources else np.empty(0, np.intp)
    donors, donor_first, donor_count = _donors(official, gone)
    # where nobody's value is known there is nothing to draw from: it stays missing
    known = donor_count > 0
    edges, gains = _edges(field.scales)
    return Plan(
        seed=seed,
        ranks=official,
        sorted_values=sorted_values,
        rated=rows,
        said=np.ascontiguousarray(ranks[1:, rows]),
        gone=gone[known],
        donors=donors,
        donor_first=donor_first[known],
        donor_count=donor_count[known],
        edges=edges,
        required=_required(field.scales),
        minimums=np.flatnonzero([scale.minimum and scale.required is not None for scale in field.scales]),
        gains=gains,
        most=most,
        needed=_needed([rule.needed for rule in field.rules]),
        needed_without=_needed([rule.needed_without_minimums for rule in field.rules]),
        thresholds=np.where(field.movable & ("thresholds" in sources), tolerances.thresholds, 0.0),
        weights=tolerances.weights if "weights" in sources else 0.0,
    )


def _ranked(values: Floats, ratings: Floats) -> tuple[tuple[Floats, ...], Ranks]:
    """The sorted different values of each indicator, and the ranks (3, k, n) of official values and both ratings.

    Where one expert gave nothing, or there is no official value, both stand for the official one.
    """
    judged = ~np.isnan(ratings).any(axis=0) & ~np.isnan(values)
    known = ~np.isnan(values)
    sorted_values = tuple(
        np.unique(np.concatenate([value[there], *said[:, both]]))
        for value, there, said, both in zip(values, known, ratings.swapaxes(0, 1), judged, strict=True)
    )
    longest = max((len(found) for found in sorted_values), default=0)
    ranks = np.zeros((3, *values.shape), np.uint16 if longest < 65_535 else np.uint32)
    for row, found in enumerate(sorted_values):
        ranks[:, row, known[row]] = np.searchsorted(found, values[row, known[row]]) + 1
        for expert, said in enumerate(ratings[:, row], start=1):
            ranks[expert, row, judged[row]] = np.searchsorted(found, said[judged[row]]) + 1
    return sorted_values, ranks


def _donors(official: Ranks, gone: NDArray[np.intp]) -> tuple[Ranks, NDArray[np.int64], NDArray[np.uint64]]:
    """All known ranks one indicator after the other, ascending, and the stretch for each missing value."""
    known = [np.sort(row[row > 0]) for row in official]
    lengths = np.array([len(found) for found in known])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    rows = gone // official.shape[1]
    return np.concatenate(known), starts[rows].astype(np.int64), lengths[rows].astype(np.uint64)


def _edges(scales: tuple[Scale, ...]) -> tuple[Floats, NDArray[np.int64]]:
    most = max((len(scale.edges) for scale in scales), default=0)
    edges = np.full((len(scales), most), np.inf)
    gains = np.zeros((len(scales), most), np.int64)
    for row, scale in enumerate(scales):
        edges[row, : len(scale.edges)] = np.array(scale.edges) * (-1.0 if scale.down else 1.0)
        gains[row, : len(scale.edges)] = np.diff(scale.points)
    return edges, gains


def _required(scales: tuple[Scale, ...]) -> Floats:
    return np.array(
        [
            (-scale.required if scale.down else scale.required)
            if scale.minimum and scale.required is not None
            else -np.inf
            for scale in scales
        ]
    )


def _needed(units: list[int | None]) -> NDArray[np.int64]:
    never = np.iinfo(np.int64).max
    return np.array([never if found is None else found << WEIGHT_BITS for found in units], np.int64)


def drawn(plan: Plan, first: int, count: int) -> Drawn:
    """The random part of the draws `first` … `first + count − 1`."""
    k = len(plan.ranks)
    words = raw_words(plan.seed, first, count, plan.width)
    uniform = between_0_and_1(words[:, : 2 * k])
    factors = 1.0 + plan.thresholds * (2.0 * uniform[:, :k] - 1.0)
    positions = np.empty((count, k, plan.edges.shape[1]), np.int64)
    required = np.empty((count, k), np.int64)
    for row, found in enumerate(plan.sorted_values):
        # edges that stay are the same in every draw
        factor = factors[:, row] if plan.thresholds[row] > 0 else np.ones(1)
        moved = factor[:, None] * plan.edges[row]
        positions[:, row] = np.searchsorted(found, moved.ravel()).reshape(moved.shape) + 1
        required[:, row] = np.searchsorted(found, factor * plan.required[row]) + 1
    # no edge there: beyond every rank
    positions[:, np.isinf(plan.edges)] = np.iinfo(plan.ranks.dtype).max
    weights = np.full((count, k), 1 << WEIGHT_BITS, np.int64)
    if plan.weights > 0:
        weights = np.ascontiguousarray(weights_from(uniform[:, k:].T, plan.most, plan.weights).T)
    return Drawn(words, positions, required, weights)
