"""Intervals: Wilson's for a probability, quantiles for a number."""

from __future__ import annotations

from math import sqrt

Z95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a probability of which `hits` of `n` draws speak; never below 0 or above 1.

    Wilson, *Journal of the American Statistical Association* 22 (1927), p. 209. Raises ValueError for n < 1.
    """
    if n < 1:
        raise ValueError("no draws")
    share, z2 = hits / n, Z95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return (0.0 if hits == 0 else max(0.0, middle - half), 1.0 if hits == n else min(1.0, middle + half))
