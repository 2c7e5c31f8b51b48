"""A 0–1 programme in whole numbers: yes-or-no columns, linear rows, and rows that can be left out by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

Key = tuple[Literal["rule", "minimum", "limit", "fixed", "needs"], str]
"""The name of a set of rows that stand or fall together: a condition of the level by its text, the minimum of
an indicator, the limit, an indicator that is fixed, or its need of another."""

Literal01 = int | bool
"""A column (its number), or something that is always true or always false."""

Row = tuple[Mapping[int, int], int, Key | None]
"""Coefficients by column, the least their sum may be, and the key."""

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Solution:
    """Truth of every column, the cost, and the solver's lower bound of it (both whole numbers)."""

    columns: tuple[bool, ...]
    cost: int
    bound: int


@dataclass(slots=True)
class Programme:
    """Minimise the cost of the true columns under rows Σ coefficient × column ≥ least, all whole numbers."""

    costs: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def column(self, cost: int = 0) -> int:
        """A new column; returns its number."""
        self.costs.append(cost)
        return len(self.costs) - 1

    def at_least(self, coefficients: Mapping[int, int], least: int, key: Key | None = None) -> None:
        """Σ coefficient × column ≥ least; with `key`, only while this key is kept."""
        self.rows.append((coefficients, least, key))

    def at_most(self, coefficients: Mapping[int, int], most: int, key: Key | None = None) -> None:
        """Σ coefficient × column ≤ most."""
        self.at_least({column: -number for column, number in coefficients.items()}, -most, key)

    def keys(self) -> list[Key]:
        """Every key, in order of appearance."""
        return list(dict.fromkeys(key for _coefficients, _least, key in self.rows if key is not None))

    def all_of(self, literals: Collection[Literal01]) -> Literal01:
        """A literal that can be true only where every one is."""
        return self.so_many(len(literals), literals)

    def any_of(self, literals: Collection[Literal01]) -> Literal01:
        """A literal that can be true only where one is."""
        return self.so_many(1, literals)

    def so_many(self, n: int, literals: Collection[Literal01]) -> Literal01:
        """A literal that can be true only where at least `n` of `literals` are."""
        open_ = [literal for literal in literals if not isinstance(literal, bool)]
        n -= sum(literal is True for literal in literals)
        if n <= 0:
            return True
        if n > len(open_):
            return False
        if len(open_) == 1:
            return open_[0]
        result = self.column()
        if n == len(open_):
            # one row each: a closer relaxation than n × result ≤ sum
            for literal in open_:
                self.at_least({literal: 1, result: -1}, 0)
            return result
        coefficients: dict[int, int] = {}
        for literal in open_:
            coefficients[literal] = coefficients.get(literal, 0) + 1
        self.at_least({**coefficients, result: -n}, 0)
        return result

    def require(self, literal: Literal01, key: Key | None = None) -> None:
        """The literal must be true."""
        if literal is not True:
            self.at_least({} if literal is False else {literal: 1}, 1, key)

    def solve(self, keep: Collection[Key] | None = None) -> Solution | None:
        """The cheapest solution with its proof, None when there is none; with `keep`, other keyed rows are left out.

        Solved by HiGHS (`scipy.optimize.milp`) to gap 0. Rows hold whole numbers: those with large ones are
        given half a unit of slack, so that the solver's tolerance cannot decide.
        """
        rows = self._kept(keep)
        if rows is not None and not self.costs:
            return Solution((), 0, 0)
        found = None if rows is None else self._milp(rows, self.costs)
        if rows is None or found is None:
            return None
        columns = tuple(bool(value > _HALF) for value in found.x)
        cost = sum(cost for cost, true in zip(self.costs, columns, strict=True) if true)
        # the cost of every solution is whole, so a bound above cost − 1 proves that none is cheaper
        bound = int(np.ceil(found.mip_dual_bound - _TOLERANCE * max(1.0, abs(found.mip_dual_bound))))
        if bound < cost or not self._holds(columns, rows):
            raise AssertionError(f"the solver's answer is not proven: cost {cost}, bound {bound}")
        return Solution(columns, cost, bound)

    def feasible(self, keep: Collection[Key]) -> bool:
        """Whether the rows of these keys leave any solution."""
        rows = self._kept(keep)
        return rows is not None and (not rows or self._milp(rows, [0] * len(self.costs)) is not None)

    def _kept(self, keep: Collection[Key] | None) -> list[Row] | None:
        """The rows without key and those of the keys to keep; None where one of them can never hold."""
        rows = [row for row in self.rows if row[2] is None or keep is None or row[2] in keep]
        if any(not coefficients and least > 0 for coefficients, least, _key in rows):
            return None
        return [row for row in rows if row[0]]

    def _milp(self, rows: Sequence[Row], costs: Sequence[int]) -> Any:
        """What the solver found; None when there is no solution."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - scipy loads slowly
        from scipy.sparse import csr_array  # noqa: PLC0415 - as above

        indices = [column for coefficients, _least, _key in rows for column in coefficients]
        data = [float(number) for coefficients, _least, _key in rows for number in coefficients.values()]
        starts = np.cumsum([0, *(len(coefficients) for coefficients, _least, _key in rows)])
        matrix = csr_array((data, indices, starts), shape=(len(rows), len(costs)))
        least = np.array([least - _slack(coefficients) for coefficients, least, _key in rows])
        found = milp(
            np.array(costs, dtype=np.float64),
            integrality=np.ones(len(costs)),
            bounds=Bounds(0, 1),
            constraints=[LinearConstraint(matrix, lb=least)] if rows else [],
            options={"mip_rel_gap": 0},
        )
        if found.status == _INFEASIBLE:
            return None
        if found.x is None or found.status != 0:
            raise AssertionError(f"the solver ended without an answer: {found.message}")
        return found

    @staticmethod
    def _holds(columns: tuple[bool, ...], rows: Collection[Row]) -> bool:
        """Whether every row holds, in whole numbers."""
        return all(
            sum(number for column, number in coefficients.items() if columns[column]) >= least
            for coefficients, least, _key in rows
        )


def _slack(coefficients: Mapping[int, int]) -> float:
    return _HALF if max(map(abs, coefficients.values())) >= _LARGE else 0.0


_INFEASIBLE = 2
_LARGE = 1000
_TOLERANCE = 1e-9
