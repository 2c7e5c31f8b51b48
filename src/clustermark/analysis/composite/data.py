"""The data that the steps of a composite pass on: units × indicators, and notes on what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Note:
    """One thing a step did or could not do: the step, what happened, and to how many values or units."""

    step: str
    code: str
    about: str
    count: int = 0


def _frozen(values: Any) -> Floats:
    array: Floats = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array


@dataclass(frozen=True)
class CompositeData:
    """A table of units, never changed: a step returns a new one.

    `values` is units × indicators, NaN where missing, in the order of `units` and `codes`. `groups` and
    `denominators` hold one entry a unit (None or NaN where missing). Raises ValueError on a shape that does
    not fit or an infinite value.
    """

    units: tuple[str, ...]
    codes: tuple[str, ...]
    values: Floats
    names: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    denominators: Mapping[str, Floats] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        values = _frozen(self.values)
        columns = {name: _frozen(column) for name, column in self.denominators.items()}
        if values.shape != (len(self.units), len(self.codes)):
            raise ValueError(f"{values.shape} values for {len(self.units)} units × {len(self.codes)} codes")
        if np.isinf(values).any():
            raise ValueError("an infinite value")
        entries = [self.names or self.units, *self.groups.values(), *columns.values()]
        if any(len(entry) != len(self.units) for entry in entries):
            raise ValueError("names, groups and denominators have one entry a unit")
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "names", self.names or self.units)
        object.__setattr__(self, "groups", MappingProxyType(dict(self.groups)))
        object.__setattr__(self, "denominators", MappingProxyType(columns))

    def column(self, code: str) -> Floats:
        """The values of one indicator, one a unit; raises ValueError for an unknown code."""
        column: Floats = self.values[:, self.codes.index(code)]
        return column

    def with_values(self, values: Floats, *notes: Note) -> CompositeData:
        """The same units with other values, and what was done noted."""
        return replace(self, values=values, notes=self.notes + notes)

    def select(self, codes: tuple[str, ...]) -> CompositeData:
        """The same units with these indicators, in this order; raises ValueError for an unknown code."""
        positions = [self.codes.index(code) for code in codes]
        return replace(self, codes=codes, values=self.values[:, positions])

    def only(self, kept: Flags, *notes: Note) -> CompositeData:
        """The units where `kept` is true, in their order."""
        index = np.flatnonzero(kept)
        return CompositeData(
            units=tuple(self.units[i] for i in index),
            codes=self.codes,
            values=self.values[index],
            names=tuple(self.names[i] for i in index),
            groups={name: tuple(entry[i] for i in index) for name, entry in self.groups.items()},
            denominators={name: column[index] for name, column in self.denominators.items()},
            notes=self.notes + notes,
        )
