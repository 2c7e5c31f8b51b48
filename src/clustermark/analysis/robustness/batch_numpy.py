"""Counting draws of many clusters with NumPy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.robustness.batch_plan import RANK_BINS, Counts, Drawn, Plan, drawn


def count_draws(plan: Plan, first: int, count: int, counts: Counts) -> None:
    """Add the draws `first` … `first + count − 1` to `counts`."""
    random = drawn(plan, first, count)
    work = _Work(plan)
    for draw in range(count):
        work.count(random, draw, counts)


class _Work:
    """Memory for one draw, used again for the next."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        k, n = plan.ranks.shape
        self.ranks = plan.ranks.copy()
        self.flat = self.ranks.reshape(-1)
        self.other = plan.said[0] ^ plan.said[1]
        self.states = np.empty((k, n), np.uint8)
        self.reached = np.empty((k, n), np.bool_)
        # sums of whole numbers are exact in either; the smaller is faster
        self.floats = np.empty((k, n), np.float32 if plan.top < 1 << 24 else np.float64)
        gains = plan.gains
        edged = np.isfinite(plan.edges)
        self.even = bool(np.all((gains == gains[:, :1]) | ~edged))
        self.order = np.arange(n)
        self.bins = self.order * RANK_BINS // n

    def count(self, random: Drawn, draw: int, counts: Counts) -> None:
        self.vary(random.words[draw])
        points = self.points(random.positions[draw], random.weights[draw])
        met = self.minimums(random.required[draw])
        self.levels(points, met, counts)
        self.rank(points, counts)

    def vary(self, words: NDArray[np.uint64]) -> None:
        """Put in what one of two experts said, and a donor for each missing value."""
        plan, n = self.plan, self.ranks.shape[1]
        if len(plan.rated):
            self.ranks[plan.rated] = plan.said[0] ^ (self.other * plan.second(words).reshape(-1, n))
        if len(plan.gone):
            halves = words[plan.first_gone_word : plan.first_bit_word].view(np.uint32)[: len(plan.gone)]
            donor = plan.donor_first + ((halves * plan.donor_count) >> np.uint64(32)).astype(np.int64)
            self.flat[plan.gone] = plan.donors[donor]

    def points(self, positions: NDArray[np.int64], weights: NDArray[np.int64]) -> NDArray[np.int64]:
        """Weighted points of every cluster, in units of 2^−16."""
        plan, ranks = self.plan, self.ranks
        least = positions.astype(ranks.dtype)
        if self.even:
            self.states[:] = 0
            for edge in range(least.shape[1]):
                np.greater_equal(ranks, least[:, edge, None], out=self.reached)
                np.add(self.states, self.reached.view(np.uint8), out=self.states)
            np.copyto(self.floats, self.states)
            return self.weighted(weights * plan.gains[:, 0])
        total = np.zeros(ranks.shape[1], np.int64)
        for edge in range(least.shape[1]):
            np.greater_equal(ranks, least[:, edge, None], out=self.reached)
            np.copyto(self.floats, self.reached)
            total += self.weighted(weights * plan.gains[:, edge])
        return total

    def weighted(self, factors: NDArray[np.int64]) -> NDArray[np.int64]:
        found: NDArray[np.int64] = (factors.astype(self.floats.dtype) @ self.floats).astype(np.int64)
        return found

    def minimums(self, required: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether every minimum is met."""
        rows = self.plan.minimums
        met = np.ones(self.ranks.shape[1], np.bool_)
        least = required.astype(self.ranks.dtype)
        for row in rows:
            met &= self.ranks[row] >= least[row]
        return met

    def levels(self, points: NDArray[np.int64], met: NDArray[np.bool_], counts: Counts) -> None:
        """Count the highest level of every cluster."""
        level = np.zeros(len(points), np.int8)
        for index, (needed, without) in enumerate(
            zip(self.plan.needed, self.plan.needed_without, strict=True), start=1
        ):
            level[np.where(met, points >= needed, points >= without)] = index
        for index in range(len(counts.levels)):
            counts.levels[index] += level == index

    def rank(self, points: NDArray[np.int64], counts: Counts) -> None:
        """Count the rank of every cluster. Two stable sorts by 16 bits each are a radix sort, thrice as fast as one."""
        keys = self.plan.top - points
        low = keys.astype(np.uint16).argsort(kind="stable")
        who = low[(keys >> 16).astype(np.uint16)[low].argsort(kind="stable")]
        keys = keys[who]
        first = self.order.copy()
        first[1:][keys[1:] == keys[:-1]] = 0
        np.maximum.accumulate(first, out=first)
        counts.rank_sum[who] += first + 1
        counts.rank_bins.reshape(-1)[who * RANK_BINS + self.bins[first]] += 1
