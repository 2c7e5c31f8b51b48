"""The model of many clusters, one draw at a time, as plainly as NumPy allows: the numbers the engines must give.

Takes the random words of a draw and the weights from the engine (their layout is part of the model, docs/robustness.md);
everything else - choice of experts, donors, edges, bands, points, levels, ranks - is done on the values themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.robustness.batch_plan import Counts, Field
from clustermark.analysis.robustness.draws import raw_words
from clustermark.analysis.robustness.sources import Tolerances
from clustermark.analysis.robustness.worlds import weights_from

Floats = NDArray[np.float64]
UNIT = 2.0**-16


@dataclass
class Oracle:
    """Draws one world after the other and counts levels and ranks."""

    field: Field
    seed: int
    sources: tuple[str, ...]
    tolerances: Tolerances

    def __post_init__(self) -> None:
        values, ratings = self.field.values, self.field.ratings
        self.k, self.n = values.shape
        both = ~np.isnan(ratings).any(axis=0) & ~np.isnan(values)
        self.ratings = np.where(both, ratings, values)
        differ = (self.ratings[0] != self.ratings[1]) & ~np.isnan(values)
        self.rated = np.flatnonzero(differ.any(axis=1)) if "experts" in self.sources else np.empty(0, int)
        self.gone = np.argwhere(np.isnan(values))
        self.donors = [np.sort(row[~np.isnan(row)]) for row in values]
        for row, scale in enumerate(self.field.scales):
            if scale.down:
                self.donors[row] = self.donors[row][::-1]
        self.gone = np.array([cell for cell in self.gone if len(self.donors[cell[0]])], int).reshape(-1, 2)
        if "missing" not in self.sources:
            self.gone = self.gone[:0]
        self.flat_donors = np.concatenate(self.donors)
        lengths = np.array([len(found) for found in self.donors])
        starts = np.cumsum(lengths) - lengths
        self.donor_start = starts[self.gone[:, 0]]
        self.donor_length = lengths[self.gone[:, 0]].astype(np.uint64)
        self.most = np.array([scale.points[-1] for scale in self.field.scales], float)
        self.width = 2 * self.k + -(-len(self.gone) // 2) + -(-len(self.rated) * self.n // 64)

    def world(self, draw: int) -> tuple[Floats, Floats, Floats]:
        """Values (k, n), factors of the edges (k,) and weights (k,) of one draw."""
        words = raw_words(self.seed, draw, 1, self.width)[0]
        uniform = ((words[: 2 * self.k] >> np.uint64(12)) + 0.5) * 2.0**-52
        values = self.field.values.copy()
        halves = words[2 * self.k :].view(np.uint32)[: len(self.gone)]
        first_bit = 2 * self.k + -(-len(self.gone) // 2)
        if len(self.rated):
            bits = np.unpackbits(words[first_bit : self.width].view(np.uint8), bitorder="little")
            second = bits[: len(self.rated) * self.n].reshape(len(self.rated), self.n) == 1
            values[self.rated] = np.where(second, self.ratings[1, self.rated], self.ratings[0, self.rated])
        place = (halves * self.donor_length) >> np.uint64(32)
        values[self.gone[:, 0], self.gone[:, 1]] = self.flat_donors[self.donor_start + place.astype(int)]
        factors: Floats = np.ones(self.k)
        if "thresholds" in self.sources:
            moved: Floats = 1.0 + self.tolerances.thresholds * (2.0 * uniform[: self.k] - 1.0)
            factors = np.where(self.field.movable, moved, 1.0)
        weights: Floats = np.ones(self.k)
        if "weights" in self.sources and self.tolerances.weights > 0:
            found = weights_from(uniform[self.k :][:, None], self.most, self.tolerances.weights)
            weights = np.asarray(found[:, 0] * UNIT, np.float64)
        return values, factors, weights

    def results(self, draw: int) -> tuple[Floats, NDArray[np.intp], NDArray[np.intp]]:
        """Points, level (0: none) and rank of every cluster in one draw."""
        values, factors, weights = self.world(draw)
        points, met = np.zeros(self.n), np.ones(self.n, bool)
        for row, scale in enumerate(self.field.scales):
            value = values[row]
            reaches = np.less_equal if scale.down else np.greater_equal
            band = np.zeros(self.n, int)
            for edge in scale.edges:
                band += reaches(value, edge * factors[row])
            points += weights[row] * np.array(scale.points, float)[band]
            if scale.minimum and scale.required is not None:
                met &= reaches(value, scale.required * factors[row])
        level = np.zeros(self.n, int)
        for index, rule in enumerate(self.field.rules, start=1):
            enough = np.inf if rule.needed is None else rule.needed
            without = np.inf if rule.needed_without_minimums is None else rule.needed_without_minimums
            level[points >= np.where(met, enough, without)] = index
        order = np.argsort(-points)
        lined_up = points[order]
        first = np.searchsorted(-lined_up, -lined_up, side="left")
        rank = np.empty(self.n, int)
        rank[order] = first + 1
        return points, level, rank

    def count(self, counts: Counts, first: int, draws: int) -> None:
        """Add the draws `first` … to `counts`."""
        everyone, bins = np.arange(self.n), counts.rank_bins.shape[1]
        for draw in range(first, first + draws):
            _points, level, rank = self.results(draw)
            counts.levels[level, everyone] += 1
            counts.rank_sum += rank
            counts.rank_bins[everyone, (rank - 1) * bins // self.n] += 1
