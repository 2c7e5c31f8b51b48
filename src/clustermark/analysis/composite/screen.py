"""Step 3: leave out units of which too little is known."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from clustermark.analysis.composite.data import CompositeData, Flags, Note
from clustermark.schemes.composite import Screening


def enough_data(data: CompositeData, rule: Screening) -> Flags:
    """For each unit: does it have at least `min_share` of the indicators? Compared as fractions, exactly."""
    there = (~np.isnan(data.values)).sum(axis=1)
    least = Fraction(rule.min_share) * len(data.codes)
    return np.array([int(count) >= least for count in there], dtype=np.bool_)


def screen(data: CompositeData, kept: Flags) -> CompositeData:
    """The units kept; a note names each one left out."""
    left_out = [unit for unit, keep in zip(data.units, kept, strict=True) if not keep]
    return data.only(kept, *(Note("screen", "left-out", unit) for unit in left_out))
