"""Which inputs decide: Sobol' indices of first order and in total, with bootstrap intervals.

First order by the estimator of Saltelli et al. (*Computer Physics Communications* 181 (2010), p. 259, table 2 b),
total by Jansen's (*Computer Physics Communications* 117 (1999), p. 35); outputs are centred first, which takes
most of the error out of the first (Sobol', *Mathematics and Computers in Simulation* 55 (2001), p. 271). Points
come from a scrambled Sobol' sequence (Owen; `scipy.stats.qmc`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RESAMPLES = 200

TOGETHER = 8
"""Groups given to the model in one call: fewer calls, and still a table of a few megabytes."""


@dataclass(frozen=True)
class Indices:
    """Indices of g groups of inputs for one output; NaN throughout when the output never varies.

    `first` and `total` (g,); `first_interval`, `total_interval` (g, 2), 95 % bootstrap percentiles.
    """

    first: Floats
    total: Floats
    first_interval: Floats
    total_interval: Floats


def sobol_indices(
    model: Callable[[Floats], Floats],
    groups: Sequence[Sequence[int]],
    inputs: int,
    *,
    points: int = 1024,
    seed: int = 1,
    resamples: int = RESAMPLES,
) -> list[Indices]:
    """The indices of `groups` of input columns for each output of `model`.

    `model` takes numbers strictly between 0 and 1, shape (n, `inputs`), and gives (outputs, n). It is asked for
    (len(groups) + 2) · `points` rows (a power of two keeps the sequence balanced). Columns in no group stay at
    one half.
    """
    from scipy.stats import qmc  # noqa: PLC0415 - SciPy's statistics load slowly; only this needs them

    used = [column for group in groups for column in group]
    if not used:
        return []
    sequence = qmc.Sobol(2 * len(used), rng=np.random.default_rng(seed)).random(points)
    sequence = np.clip(sequence, 2.0**-32, 1 - 2.0**-32)
    base, other = np.full((points, inputs), 0.5), np.full((points, inputs), 0.5)
    base[:, used], other[:, used] = sequence[:, : len(used)], sequence[:, len(used) :]
    at_base, at_other = model(base), model(other)
    mixed = np.concatenate(
        [_swapped(model, base, other, groups[at : at + TOGETHER]) for at in range(0, len(groups), TOGETHER)]
    )
    counts = _resampled(points, resamples, seed)
    return [_indices(at_base[row], at_other[row], mixed[:, row], counts) for row in range(len(at_base))]


def _swapped(
    model: Callable[[Floats], Floats], base: Floats, other: Floats, groups: Sequence[Sequence[int]]
) -> Floats:
    """The outputs at `base` with the columns of one group from `other`: (groups, outputs, n)."""
    tables = np.repeat(base[None], len(groups), axis=0)
    for table, group in zip(tables, groups, strict=True):
        table[:, list(group)] = other[:, list(group)]
    found = model(tables.reshape(-1, base.shape[1]))
    return found.reshape(len(found), len(groups), len(base)).swapaxes(0, 1)


def _resampled(points: int, resamples: int, seed: int) -> Floats:
    """How often each point is in each bootstrap sample, (resamples + 1, points); the first row is the sample."""
    rng = np.random.default_rng([seed, points])
    drawn = rng.integers(0, points, (resamples, points))
    counts = np.bincount(
        (drawn + points * np.arange(resamples)[:, None]).ravel(), minlength=resamples * points
    )
    return np.vstack([np.ones(points), counts.reshape(resamples, points)])


def _indices(base: Floats, other: Floats, mixed: Floats, counts: Floats) -> Indices:
    """Both estimators for (n,), (n,), (g, n) outputs, on the sample and on every resample."""
    n, groups = len(base), len(mixed)
    centre = (base.mean() + other.mean()) / 2
    a, b, ab = base - centre, other - centre, mixed - centre
    if np.ptp(np.concatenate([base, other])) == 0:
        nothing, pair = np.full(groups, np.nan), np.full((groups, 2), np.nan)
        return Indices(nothing, nothing, pair, pair)
    variance = counts @ ((a**2 + b**2) / 2) / n - (counts @ ((a + b) / 2) / n) ** 2
    variance = np.where(variance > 0, variance, np.nan)[:, None]
    first = counts @ (b * (ab - a)).T / n / variance
    total = counts @ ((a - ab) ** 2).T / (2 * n) / variance
    return Indices(first[0], total[0], _percentiles(first[1:]), _percentiles(total[1:]))


def _percentiles(resampled: Floats) -> Floats:
    return np.nanpercentile(resampled, [2.5, 97.5], axis=0).T
