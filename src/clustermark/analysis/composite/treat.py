"""Step 4: tame outliers by a declared rule: Winsorise a few points, else take the logarithm."""

from __future__ import annotations

import numpy as np

from clustermark.analysis.composite.data import CompositeData, Floats, Note
from clustermark.analysis.composite.moments import excess_kurtosis, skewness
from clustermark.schemes.composite import CompositeIndicator, Treatment

LOG_OFFSET = 0.01
"""Share of the range that is added before the logarithm, so that the smallest value has one."""


def treat(data: CompositeData, rule: Treatment, indicators: list[CompositeIndicator]) -> CompositeData:
    """Each treated indicator after the rule; a note says what was done and to how many values.

    An indicator with fewer than four values or no spread has no shape to judge and stays as it is.
    """
    values = data.values.copy()
    notes = []
    for indicator in indicators:
        column = data.column(indicator.code)
        there = ~np.isnan(column)
        stated = column[there]
        if not indicator.treated or well_shaped(stated, rule):
            continue
        treated, points = winsorise(stated, rule)
        step = Note("treat", "winsorised", indicator.code, points)
        if not well_shaped(treated, rule):
            treated, step = stated, Note("treat", "outliers-left", indicator.code)
            if rule.otherwise == "log":
                treated = log_of_range(stated)
                step = Note("treat", "logarithm", indicator.code, len(stated))
        values[there, data.codes.index(indicator.code)] = treated
        notes.append(step)
    return data.with_values(values, *notes)


def well_shaped(values: Floats, rule: Treatment) -> bool:
    """Whether skewness or kurtosis lies below its limit (or cannot be judged)."""
    skew, kurtosis = skewness(values), excess_kurtosis(values)
    if skew is None or kurtosis is None:
        return True
    return abs(skew) < float(rule.skewness) or kurtosis < float(rule.kurtosis)


def winsorise(values: Floats, rule: Treatment) -> tuple[Floats, int]:
    """`values`, the outermost points pulled in to the next one until well shaped; and how many were moved.

    The side is the one of the skewness. Tied points move together, so the last step may pass `max_points`.
    """
    pulled = values.copy()
    moved = np.zeros(len(values), dtype=np.bool_)
    while not well_shaped(pulled, rule) and moved.sum() < rule.max_points:
        skew = skewness(pulled)
        high = skew is not None and skew >= 0
        outermost = pulled == (pulled.max() if high else pulled.min())
        rest = pulled[~outermost]
        pulled[outermost] = rest.max() if high else rest.min()
        moved |= outermost
    return pulled, int(moved.sum())


def log_of_range(values: Floats) -> Floats:
    """ln(x - min + 0.01 × (max - min)); keeps the order."""
    low, high = values.min(), values.max()
    logarithms: Floats = np.log(values - low + LOG_OFFSET * (high - low))
    return logarithms
