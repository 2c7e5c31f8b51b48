"""Types of arrays, spelt out: `numpy.typing.NDArray` means the same and takes 30 ms to import."""

from __future__ import annotations

from typing import Any

import numpy as np

Values = np.ndarray[tuple[Any, ...], np.dtype[np.float64]]
"""Values for the kernel, in units of 10^−decimals; NaN where missing."""

Truth = np.ndarray[tuple[Any, ...], np.dtype[np.int8]]
"""Truth with three values: true 1, false 0, unknown −1."""

Integers = np.ndarray[tuple[Any, ...], np.dtype[Any]]
"""int64, or object holding Python integers."""
