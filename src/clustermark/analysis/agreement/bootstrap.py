"""Intervals by bootstrap: bias-corrected and accelerated (BCa), seeded, over units.

Every coefficient resampled here is a function of a sum over units. Units that contribute the same are
drawn together, so the cost depends on how many *different* units there are, not on how many.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RESAMPLES = 2000
METHOD = "BCa bootstrap over units, 2,000 resamples (Efron 1987)"


def bca_interval(
    parts: Floats, coefficient: Callable[[Floats], Floats], *, level: float, seed: int
) -> tuple[float, float] | None:
    """The BCa interval of `coefficient`, a function of the sum of `parts` (units × anything).

    `coefficient` takes sums (resamples × anything) and returns one value for each, NaN where undefined.
    None where the resamples give no interval: fewer than two units, no spread, or more than 5 % undefined.
    """
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 - SciPy loads slowly

    kinds, multiplicity = np.unique(parts, axis=0, return_counts=True)
    units = int(multiplicity.sum())
    if units < 2:
        return None
    generator = np.random.Generator(np.random.Philox(seed))
    drawn = generator.multinomial(units, multiplicity / units, size=RESAMPLES)
    replicates = coefficient(drawn @ kinds)
    replicates = replicates[~np.isnan(replicates)]
    whole = multiplicity @ kinds
    value = coefficient(whole[None])[0]
    if len(replicates) < 0.95 * RESAMPLES or np.isnan(value) or np.ptp(replicates) < 1e-12:
        return None
    below = (np.sum(replicates < value) + np.sum(replicates == value) / 2) / len(replicates)
    bias = ndtri(np.clip(below, 1 / (RESAMPLES + 1), RESAMPLES / (RESAMPLES + 1)))
    left_out = coefficient(whole - kinds)
    known = ~np.isnan(left_out)
    acceleration = _acceleration(left_out[known], multiplicity[known])
    normal = bias + ndtri([(1 - level) / 2, (1 + level) / 2])
    low, high = np.quantile(replicates, ndtr(bias + normal / (1 - acceleration * normal)))
    return float(low), float(high)


def _acceleration(left_out: Floats, multiplicity: NDArray[np.int64]) -> float:
    """The skewness of the jackknife values over six (Efron 1987, equation 6.6)."""
    if not len(left_out):
        return 0.0
    apart = np.average(left_out, weights=multiplicity) - left_out
    spread = float(multiplicity @ apart**2)
    return float(multiplicity @ apart**3) / (6 * spread**1.5) if spread > 1e-24 else 0.0
