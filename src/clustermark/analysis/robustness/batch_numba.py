"""Counting draws of many clusters with numba (extra `fast`): the same whole numbers as with NumPy."""

from __future__ import annotations

import numpy as np
from numba import njit

from clustermark.analysis.robustness.batch_plan import RANK_BINS, Counts, Plan, drawn

BUCKETS = 1 << 14
"""Buckets of points: with 10,000 clusters about one in each, and the counts stay in the cache."""

TOGETHER = 5
"""Edges compared in one pass over an indicator: nearly every scale has five."""

BLOCK = 2048
"""Clusters handled at a time: their points stay in the level-1 cache while all indicators pass."""


def count_draws(plan: Plan, first: int, count: int, counts: Counts) -> None:
    """Add the draws `first` … `first + count − 1` to `counts`."""
    random = drawn(plan, first, count)
    k, n = plan.ranks.shape
    edges = -(-max(1, plan.edges.shape[1]) // TOGETHER) * TOGETHER
    positions = np.full((count, k, edges), np.iinfo(plan.ranks.dtype).max, plan.ranks.dtype)
    positions[:, :, : plan.edges.shape[1]] = random.positions
    gains = np.zeros((count, k, edges), np.int32)
    gains[:, :, : plan.edges.shape[1]] = random.weights[:, :, None] * plan.gains
    _count(
        plan.ranks.copy(),
        plan.rated,
        plan.said[0],
        plan.said[0] ^ plan.said[1],
        plan.second(random.words),
        plan.gone,
        random.words[:, plan.first_gone_word : plan.first_bit_word],
        plan.donors,
        plan.donor_first,
        plan.donor_count,
        positions,
        gains,
        plan.minimums,
        random.required.astype(plan.ranks.dtype),
        plan.needed,
        plan.needed_without,
        max(0, int(plan.top).bit_length() - BUCKETS.bit_length() + 1),
        plan.top,
        counts.levels,
        counts.rank_sum,
        counts.rank_bins,
    )


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba publishes no types
def _count(  # type: ignore[no-untyped-def]  # as above  # noqa: PLR0917 - compiled code takes arrays one by one
    ranks,
    rated,
    said,
    other,
    second,
    gone,
    halves,
    donors,
    donor_first,
    donor_count,
    positions,
    gains,
    minimums,
    required,
    needed,
    needed_without,
    shift,
    top,
    levels,
    rank_sum,
    rank_bins,
):
    n = ranks.shape[1]
    flat = ranks.reshape(-1)
    points, met = np.empty(n, np.int32), np.empty(n, np.uint8)
    starts, order = np.empty(BUCKETS + 1, np.int32), np.empty(n, np.int32)
    bins = np.empty(n, np.int32)
    for i in range(n):
        bins[i] = i * RANK_BINS // n
    for draw in range(len(positions)):
        _choose(ranks, rated, said, other, second[draw])
        _impute(flat, gone, halves[draw], donors, donor_first, donor_count)
        _points(ranks, positions[draw], gains[draw], points)
        _minimums(ranks, minimums, required[draw], met)
        _levels(points, met, needed, needed_without, levels)
        _sort(points, shift, top, starts, order)
        _ranks(points, order, bins, rank_sum, rank_bins)


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba publishes no types
def _choose(ranks, rated, said, other, second):  # type: ignore[no-untyped-def]  # as above
    """What one of two experts said: `second` tells whose word counts."""
    n = ranks.shape[1]
    for place in range(len(rated)):
        one, differ, row = said[place], other[place], ranks[rated[place]]
        chosen = second[place * n : (place + 1) * n]
        for i in range(n):
            row[i] = one[i] ^ (differ[i] * chosen[i])


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba publishes no types
def _impute(flat, gone, halves, donors, donor_first, donor_count):  # type: ignore[no-untyped-def]  # as above
    """A donor for each missing value; a word serves two, the low half first."""
    for place in range(len(gone)):
        word = halves[place >> 1]
        half = word >> np.uint64(32) if place & 1 else word & np.uint64(0xFFFFFFFF)
        flat[gone[place]] = donors[donor_first[place] + np.int64((half * donor_count[place]) >> np.uint64(32))]


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba publishes no types
def _points(ranks, positions, gains, points):  # type: ignore[no-untyped-def]  # as above
    """Weighted points: what is won at each edge that is reached."""
    k, n = ranks.shape
    for start in range(0, n, BLOCK):
        stop = min(n, start + BLOCK)
        part = points[start:stop]
        part[:] = 0
        for row in range(k):
            rank = ranks[row, start:stop]
            for edge in range(0, positions.shape[1], TOGETHER):
                p0, p1, p2 = positions[row, edge], positions[row, edge + 1], positions[row, edge + 2]
                p3, p4 = positions[row, edge + 3], positions[row, edge + 4]
                g0, g1, g2 = gains[row, edge], gains[row, edge + 1], gains[row, edge + 2]
                g3, g4 = gains[row, edge + 3], gains[row, edge + 4]
                zero = np.int32(0)
                for i in range(len(part)):
                    r = rank[i]
                    won = (g0 if r >= p0 else zero) + (g1 if r >= p1 else zero) + (g2 if r >= p2 else zero)
                    part[i] += won + (g3 if r >= p3 else zero) + (g4 if r >= p4 else zero)


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba publishes no types
def _minimums(ranks, minimums, required, met):  # type: ignore[no-untyped-def]  # as above
    """Whether every minimum is met."""
    met[:] = 1
    for row in minimums:
        rank, least = ranks[row], required[row]
        for i in range(len(met)):
            met[i] &= np.uint8(rank[i] >= least)


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba publishes no types
def _levels(points, met, needed, needed_without, levels):  # type: ignore[no-untyped-def]  # as above
    """Count the highest level of every cluster."""
    for i in range(len(points)):
        level = 0
        for index in range(len(needed)):
            if points[i] >= (needed[index] if met[i] else needed_without[index]):
                level = index + 1
        levels[level, i] += 1


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba publishes no types
def _sort(points, shift, top, starts, order):  # type: ignore[no-untyped-def]  # as above
    """Order clusters by points, most first: into buckets, then by insertion among neighbours."""
    starts[:] = 0
    for i in range(len(points)):
        starts[((top - points[i]) >> shift) + 1] += 1
    for bucket in range(len(starts) - 1):
        starts[bucket + 1] += starts[bucket]
    for i in range(len(points)):
        bucket = (top - points[i]) >> shift
        order[starts[bucket]] = i
        starts[bucket] += 1
    for i in range(1, len(order)):
        who, place = order[i], i
        while place > 0 and points[order[place - 1]] < points[who]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = who


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba publishes no types
def _ranks(points, order, bins, rank_sum, rank_bins):  # type: ignore[no-untyped-def]  # as above
    """Count the rank of every cluster; equal points share the best."""
    first = 0
    for place in range(len(order)):
        who = order[place]
        if points[who] != points[order[first]]:
            first = place
        rank_sum[who] += first + 1
        rank_bins[who, bins[first]] += 1
