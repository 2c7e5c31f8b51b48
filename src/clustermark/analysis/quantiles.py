"""Sample quantiles by the nine definitions of Hyndman and Fan.

Source: Hyndman and Fan 1996, "Sample quantiles in statistical packages", The American Statistician 50 (4).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

QuantileType = Literal[1, 2, 3, 4, 5, 6, 7, 8, 9]

_METHODS: dict[QuantileType, str] = {
    1: "inverted_cdf",
    2: "averaged_inverted_cdf",
    3: "closest_observation",
    4: "interpolated_inverted_cdf",
    5: "hazen",
    6: "weibull",
    7: "linear",
    8: "median_unbiased",
    9: "normal_unbiased",
}


def quantile(values: NDArray[np.float64], share: float, kind: QuantileType = 7) -> float | None:
    """The value with `share` (0 to 1) of the sample at or below it, by definition `kind`.

    Missing values are left out; None for an empty sample. Type 7 is that of spreadsheets; type 1 always
    gives a value of the sample.
    """
    there = values[~np.isnan(values)]
    if len(there) == 0:
        return None
    method: str = _METHODS[kind]
    return float(np.quantile(there, share, method=method))  # type: ignore[call-overload] # its names are ours
