"""Step 2: put a stated stand-in where a value is missing, and say how often."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from clustermark.analysis.composite.data import CompositeData, Flags, Floats, Note
from clustermark.analysis.composite.moments import mean
from clustermark.schemes.composite import Imputation


def impute(data: CompositeData, rule: Imputation) -> CompositeData:
    """Missing values replaced by the mean or median of all units, or of the unit's group.

    Where nothing is there to take it from (an empty group, a unit without group) the value stays missing.
    One note an indicator says how many values were imputed, another how many could not be.
    Raises KeyError for a group column the data do not hold.
    """
    if rule.method == "none":
        return data
    stand_in = _median if rule.method.endswith("median") else mean
    groups: tuple[str | None, ...] = ("",) * len(data.units)
    if rule.group is not None:
        groups = data.groups[rule.group]
    members = [
        np.array([other == group for other in groups]) for group in sorted(set(groups) - {None}, key=str)
    ]
    values = data.values.copy()
    notes = []
    for position, code in enumerate(data.codes):
        missing = np.isnan(data.values[:, position])
        if missing.any():
            values[:, position] = _filled(data.values[:, position], members, stand_in)
            left = int(np.isnan(values[:, position]).sum())
            if missing.sum() > left:
                notes.append(Note("impute", f"imputed-{rule.method}", code, int(missing.sum()) - left))
            if left:
                notes.append(Note("impute", "not-imputed", code, left))
    return data.with_values(values, *notes)


def _filled(column: Floats, members: Iterable[Flags], stand_in: Callable[[Floats], float]) -> Floats:
    filled = column.copy()
    missing = np.isnan(column)
    for group in members:
        there = column[group & ~missing]
        if len(there):
            filled[group & missing] = stand_in(there)
    return filled


def _median(values: Floats) -> float:
    return float(np.median(values))
