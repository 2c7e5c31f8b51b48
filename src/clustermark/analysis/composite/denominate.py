"""Step 1: divide an indicator by the size of its unit."""

from __future__ import annotations

import numpy as np

from clustermark.analysis.composite.data import CompositeData, Note
from clustermark.schemes.composite import CompositeIndicator


def denominate(data: CompositeData, indicators: list[CompositeIndicator]) -> CompositeData:
    """Each value with a denominator becomes value / denominator × factor.

    Where the denominator is missing or zero the result is missing, and a note counts the values lost.
    Raises KeyError for a denominator the data do not hold.
    """
    values = data.values.copy()
    notes = []
    for indicator in indicators:
        if indicator.per is None:
            continue
        position = data.codes.index(indicator.code)
        size = data.denominators[indicator.per]
        usable = np.where(size == 0, np.nan, size)
        before = values[:, position]
        after = before / usable * float(indicator.per_factor)
        lost = int((np.isnan(after) & ~np.isnan(before)).sum())
        if lost:
            notes.append(Note("denominate", "denominator-missing", indicator.code, lost))
        values[:, position] = after
    return data.with_values(values, *notes)
