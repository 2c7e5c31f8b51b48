"""Counting draws of many clusters with numba (extra `fast`): the same whole numbers as with NumPy."""

from __future__ import annotations

import numpy as np
from numba import njit

from clustermark.analysis.robustness.batch_plan import RANK_BINS, Counts, Plan, drawn

FEW, MANY = 8, 12
"""Bits of a pass of the radix sort. 12: two passes do for 255 points, and the 4,096 counts stay in the level-1 cache;
with fewer clusters than counts, going through the counts would cost more than a third pass."""

TOGETHER = 5
"""Edges compared in one pass over an indicator: nearly every scale has five."""

BLOCK = 2048
"""Clusters handled at a time: their points stay in the level-1 cache while all indicators pass."""


def count_draws(plan: Plan, first: int, count: int, counts: Counts) -> None:
    """Add the draws `first` … `first + count − 1` to `counts`."""
    random = drawn(plan, first, count)
    k = len(plan.ranks)
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
        plan.top,
        counts.levels,
        counts.rank_sum,
        counts.rank_bins,
    )


@njit(nogil=True, cache=True)
def _count(  # type: ignore[no-untyped-def]  # numba infers types when it compiles
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
    top,
    levels,
    rank_sum,
    rank_bins,
):
    n = ranks.shape[1]
    bits = MANY if n >= 1 << MANY else FEW
    flat = ranks.reshape(-1)
    points, met, level = np.empty(n, np.int32), np.empty(n, np.uint8), np.empty(n, np.uint8)
    starts, keys, spare = np.empty(1 << bits, np.int32), np.empty(n, np.uint64), np.empty(n, np.uint64)
    bins, found = np.empty(n, np.uint8), np.empty((len(positions), n), np.uint8)
    for i in range(n):
        bins[i] = i * RANK_BINS // n
    for draw in range(len(positions)):
        _choose(ranks, rated, said, other, second[draw])
        _impute(flat, gone, halves[draw], donors, donor_first, donor_count)
        _points(ranks, positions[draw], gains[draw], points)
        _minimums(ranks, minimums, required[draw], met)
        _levels(points, met, needed, needed_without, level, levels)
        _ranks(_sort(points, top, bits, keys, spare, starts), bins, rank_sum, found[draw])
    _tally(found, rank_bins)


@njit(nogil=True, cache=True)
def _choose(ranks, rated, said, other, second):  # type: ignore[no-untyped-def]  # as above
    """What one of two experts said: `second` tells whose word counts."""
    n = ranks.shape[1]
    for place in range(len(rated)):
        one, differ, row = said[place], other[place], ranks[rated[place]]
        chosen = second[place * n : (place + 1) * n]
        for i in range(n):
            row[i] = one[i] ^ (differ[i] * chosen[i])


@njit(nogil=True, cache=True)
def _impute(flat, gone, halves, donors, donor_first, donor_count):  # type: ignore[no-untyped-def]  # as above
    """A donor for each missing value; a word serves two, the low half first."""
    for place in range(len(gone)):
        word = halves[place >> 1]
        half = word >> np.uint64(32) if place & 1 else word & np.uint64(0xFFFFFFFF)
        flat[gone[place]] = donors[
            donor_first[place] + np.int64((half * donor_count[place]) >> np.uint64(32))
        ]


@njit(nogil=True, cache=True)
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


@njit(nogil=True, cache=True)
def _minimums(ranks, minimums, required, met):  # type: ignore[no-untyped-def]  # as above
    """Whether every minimum is met."""
    met[:] = 1
    for row in minimums:
        rank, least = ranks[row], required[row]
        for i in range(len(met)):
            met[i] &= np.uint8(rank[i] >= least)


@njit(nogil=True, cache=True)
def _levels(points, met, needed, needed_without, level, levels):  # type: ignore[no-untyped-def]  # as above
    """Count the highest level of every cluster; one level after the other, so that no branch is to be guessed."""
    level[:] = 0
    for index in range(len(needed)):
        enough, without = needed[index], needed_without[index]
        for i in range(len(points)):
            reached = points[i] >= (enough if met[i] else without)
            level[i] = np.uint8(index + 1) if reached else level[i]
    for index in range(len(levels)):
        row = levels[index]
        for i in range(len(points)):
            row[i] += np.int32(level[i] == index)


@njit(nogil=True, cache=True)
def _sort(points, top, bits, keys, spare, starts):  # type: ignore[no-untyped-def]  # as above
    """Order clusters by points, most first: a radix sort of points and number in one word, no branch to guess."""
    n = len(points)
    for i in range(n):
        keys[i] = (np.uint64(top - points[i]) << np.uint64(32)) | np.uint64(i)
    shift, buckets = 32, 1 << bits
    while (top << 32) >> shift > 0:
        starts[:] = 0
        for i in range(n):
            starts[np.int64(keys[i] >> np.uint64(shift)) & (buckets - 1)] += 1
        place = 0
        for bucket in range(buckets):
            length = starts[bucket]
            starts[bucket] = place
            place += length
        for i in range(n):
            key = keys[i]
            bucket = np.int64(key >> np.uint64(shift)) & (buckets - 1)
            spare[starts[bucket]] = key
            starts[bucket] += 1
        keys, spare = spare, keys
        shift += bits
    return keys


@njit(nogil=True, cache=True)
def _ranks(keys, bins, rank_sum, found):  # type: ignore[no-untyped-def]  # as above
    """The bin of the rank of every cluster; equal points share the best rank."""
    first, last = 0, keys[0] >> np.uint64(32)
    for place in range(len(keys)):
        who, points = np.int64(keys[place] & np.uint64(0xFFFFFFFF)), keys[place] >> np.uint64(32)
        first = first if points == last else place
        last = points
        rank_sum[who] += first + 1
        found[who] = bins[first]


@njit(nogil=True, cache=True)
def _tally(found, rank_bins):  # type: ignore[no-untyped-def]  # as above
    """Add the bins of all draws of a chunk, one cluster after the other: its counts stay in the cache."""
    for who in range(found.shape[1]):
        for draw in range(found.shape[0]):
            rank_bins[who, found[draw, who]] += 1
