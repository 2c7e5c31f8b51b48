"""Moments of a sample, summed exactly so that the order of the units never matters."""

from __future__ import annotations

import math

from clustermark.analysis.composite.data import Floats


def mean(values: Floats) -> float:
    """The arithmetic mean of at least one value."""
    return math.fsum(values) / len(values)


def deviation(values: Floats) -> float:
    """The sample standard deviation (divisor n - 1) of at least two values."""
    unit, centred = _centred(values)
    return unit * math.sqrt(math.fsum(centred**2) / (len(values) - 1))


def skewness(values: Floats) -> float | None:
    """The adjusted Fisher–Pearson skewness G1; None for fewer than three values or without spread.

    Source: Joanes and Gill 1998, "Comparing measures of sample skewness and kurtosis", type 2.
    """
    n = len(values)
    if n < 3:
        return None
    unit, centred = _centred(values)
    if unit == 0:
        return None
    biased = math.sqrt(n) * math.fsum(centred**3) / math.pow(math.fsum(centred**2), 1.5)
    return biased * math.sqrt(n * (n - 1)) / (n - 2)


def excess_kurtosis(values: Floats) -> float | None:
    """The sample excess kurtosis G2; None for fewer than four values or without spread (same source)."""
    n = len(values)
    if n < 4:
        return None
    unit, centred = _centred(values)
    if unit == 0:
        return None
    biased = n * math.fsum(centred**4) / math.fsum(centred**2) ** 2 - 3
    return ((n + 1) * biased + 6) * (n - 1) / ((n - 2) * (n - 3))


def _centred(values: Floats) -> tuple[float, Floats]:
    """The largest distance from the mean, and all distances in it as a unit, so that no power underflows."""
    if values.min() == values.max():  # the mean of equal values may be off by its last digit
        return 0.0, values * 0.0
    centred = values - mean(values)
    unit = float(abs(centred).max())
    return unit, centred / unit
