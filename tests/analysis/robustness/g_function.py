"""Sobol's g-function, whose indices are known in closed form (Saltelli and Sobol', 1995)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

A = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0])
_V = 1 / (3 * (1 + A) ** 2)
_TOTAL = np.prod(1 + _V) - 1
G_FIRST = _V / _TOTAL
G_TOTAL = _V * np.prod(1 + _V) / (1 + _V) / _TOTAL


def g_function(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """∏ (|4xᵢ − 2| + aᵢ) / (1 + aᵢ) for rows of x."""
    found: NDArray[np.float64] = np.prod((np.abs(4 * x - 2) + A) / (1 + A), axis=1)
    return found
