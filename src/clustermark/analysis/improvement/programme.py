"""A 0–1 programme in whole numbers: yes-or-no columns, linear rows, and rows that can be left out by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Key = tuple[Literal["rule", "minimum", "limit", "fixed", "needs"], str]
"""The name of a set of rows that stand or fall together: a condition of the level by its text, the minimum of
an indicator, the limit, an indicator that is fixed, or its need of another."""

Literal01 = int | bool
"""A column (its number), or something that is always true or always false."""

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """Coefficients by column, the least their sum may be, and the key; beside them what the solver is given.

    `columns` and `numbers` are the coefficients as arrays, put together once however often the row is solved
    with; `slackened` is the least sum, half a unit less beside large coefficients.
    """

    coefficients: Mapping[int, int]
    least: int
    key: Key | None
    columns: NDArray[np.int32]
    numbers: NDArray[np.float64]
    slackened: float

    @classmethod
    def of(cls, coefficients: Mapping[int, int], least: int, key: Key | None) -> Row:
        """The row Σ coefficient × column ≥ least."""
        columns = np.fromiter(coefficients.keys(), dtype=np.int32, count=len(coefficients))
        numbers = np.fromiter(coefficients.values(), dtype=np.float64, count=len(coefficients))
        return cls(coefficients, least, key, columns, numbers, least - _slack(coefficients))

    def holds(self, columns: Sequence[bool]) -> bool:
        """Whether the row holds, in whole numbers."""
        return sum(number for column, number in self.coefficients.items() if columns[column]) >= self.least


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
        self.rows.append(Row.of(coefficients, least, key))

    def at_most(self, coefficients: Mapping[int, int], most: int, key: Key | None = None) -> None:
        """Σ coefficient × column ≤ most."""
        self.at_least({column: -number for column, number in coefficients.items()}, -most, key)

    def keys(self) -> list[Key]:
        """Every key, in order of appearance."""
        return list(dict.fromkeys(row.key for row in self.rows if row.key is not None))

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

    def solve(self) -> Solution | None:
        """The cheapest solution with its proof, None when there is none.

        Solved by HiGHS (`scipy.optimize.milp`) to gap 0. Rows hold whole numbers: those with large ones are
        given half a unit of slack, so that the solver's tolerance cannot decide.
        """
        rows = self._kept(self.keys())
        if rows is not None and not self.costs:
            return Solution((), 0, 0)
        found = None if rows is None else self._milp(rows, self.costs)
        if rows is None or found is None:
            return None
        columns = _truths(found)
        cost = sum(cost for cost, true in zip(self.costs, columns, strict=True) if true)
        # the cost of every solution is whole, so a bound above cost − 1 proves that none is cheaper
        bound = int(np.ceil(found.mip_dual_bound - _TOLERANCE * max(1.0, abs(found.mip_dual_bound))))
        if bound < cost or not all(row.holds(columns) for row in rows):
            raise AssertionError(f"the solver's answer is not proven: cost {cost}, bound {bound}")
        return Solution(columns, cost, bound)

    def compatible(self, keep: Collection[Key]) -> frozenset[Key] | None:
        """Keys that some solution meets together, those of `keep` among them; None when no solution meets these.

        Other keyed rows are left out, and yet a solution often meets many of them: what is known of one set
        of keys then holds for all its parts.
        """
        rows = self._kept(keep)
        if rows is None:
            return None
        columns: Sequence[bool] = (False,) * len(self.costs)
        if rows:
            found = self._milp(rows, [0] * len(self.costs))
            if found is None:
                return None
            columns = _truths(found)
        if not all(row.holds(columns) for row in rows):
            raise AssertionError("the solver's answer does not hold")
        missed = {row.key for row in self.rows if not row.holds(columns)}
        return frozenset(self.keys()) - missed

    def _kept(self, keep: Collection[Key]) -> list[Row] | None:
        """The rows without key and those of the keys to keep; None where one of them can never hold."""
        rows = [row for row in self.rows if row.key is None or row.key in keep]
        if any(not row.coefficients and row.least > 0 for row in rows):
            return None
        return [row for row in rows if row.coefficients]

    @staticmethod
    def _milp(rows: Sequence[Row], costs: Sequence[int]) -> Any:
        """What the solver found; None when there is no solution."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - scipy loads slowly
        from scipy.sparse import csr_array  # noqa: PLC0415 - as above

        constraints = []
        if rows:
            starts = np.cumsum([0, *(len(row.columns) for row in rows)])
            indices = np.concatenate([row.columns for row in rows])
            data = np.concatenate([row.numbers for row in rows])
            matrix = csr_array((data, indices, starts), shape=(len(rows), len(costs)))
            constraints.append(LinearConstraint(matrix, lb=np.array([row.slackened for row in rows])))
        found = milp(
            np.array(costs, dtype=np.float64),
            integrality=np.ones(len(costs)),
            bounds=Bounds(0, 1),
            constraints=constraints,
            options={"mip_rel_gap": 0},
        )
        if found.status == _INFEASIBLE:
            return None
        if found.x is None or found.status != 0:
            raise AssertionError(f"the solver ended without an answer: {found.message}")
        return found


def _truths(found: Any) -> tuple[bool, ...]:
    """The columns of an answer of the solver."""
    return tuple((found.x > _HALF).tolist())


def _slack(coefficients: Mapping[int, int]) -> float:
    return _HALF if max(map(abs, coefficients.values()), default=0) >= _LARGE else 0.0


_INFEASIBLE = 2
_LARGE = 1000
_TOLERANCE = 1e-9
