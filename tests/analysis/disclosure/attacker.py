"""An attacker, written from docs/disclosure.md and not from the code.

It is one of the clusters. It knows who is in which group, its own values, every figure told of every group
at every date, and how figures are made. It asks, cluster by cluster, which values are still possible: an
integer programme with one unknown for each cluster, date and possible value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array


@dataclass(frozen=True)
class Known:
    """At least `low` and at most `high` is the sum of `weight(value)` over `members` at one date."""

    members: Sequence[str]
    weight: Callable[[Decimal], float]
    low: float
    high: float


@dataclass
class Attacker:
    """`possible`: the values a variable can take, ascending; `own`: the attacker's name and value."""

    possible: Sequence[Decimal]
    own: tuple[str, Decimal]
    known: list[Known] = field(default_factory=list)

    def learn_quantile(
        self, members: Sequence[str], quarters: int, start: Decimal, end: Decimal | None
    ) -> None:
        """The smallest value with at least quarters/4 of the members at or below it lies in [start, end)."""
        place = -(-len(members) * quarters // 4)
        below_end = 1e9 if end is None else float(end)
        self.known.append(Known(members, lambda v: float(v < start), 0, place - 1))
        self.known.append(Known(members, lambda v: float(v < below_end or v == end), place, len(members)))

    def learn_count(self, members: Sequence[str], start: Decimal, end: Decimal | None, count: int) -> None:
        """So many members lie in [start, end)."""

        def inside(value: Decimal) -> float:
            return float(value >= start and (end is None or value < end or value == self.possible[-1] == end))

        self.known.append(Known(members, inside, count, count))

    def learn_mean(
        self,
        members: Sequence[str],
        stands_for: Callable[[Decimal], Decimal],
        start: Decimal,
        end: Decimal | None,
    ) -> None:
        """The mean of what stands for the members' values lies in [start, end)."""
        n = len(members)
        most = 1e9 if end is None else n * float(end)
        self.known.append(Known(members, lambda v: float(stands_for(v)), n * float(start), most))

    def bounds_on(self, others: Sequence[str]) -> dict[str, tuple[Decimal, Decimal]]:
        """For each of these clusters the smallest and the largest value that fits all that is known."""
        people = sorted({name for fact in self.known for name in fact.members} | {self.own[0]})
        where = {name: place for place, name in enumerate(people)}
        width = len(self.possible)
        rows: list[int] = []
        columns: list[int] = []
        numbers: list[float] = []
        low: list[float] = []
        high: list[float] = []

        def require(terms: list[tuple[int, float]], least: float, most: float) -> None:
            for column, number in terms:
                rows.append(len(low))
                columns.append(column)
                numbers.append(number)
            low.append(least)
            high.append(most)

        for name in people:
            require([(where[name] * width + v, 1.0) for v in range(width)], 1, 1)
        for fact in self.known:
            weights = [fact.weight(value) for value in self.possible]
            terms = [(where[m] * width + v, w) for m in fact.members for v, w in enumerate(weights) if w]
            require(terms, fact.low - 1e-7, fact.high + 1e-7)
        require([(where[self.own[0]] * width + self.possible.index(self.own[1]), 1.0)], 1, 1)
        shape = (len(low), len(people) * width)
        matrix = coo_array((numbers, (rows, columns)), shape=shape).tocsr()

        def extreme(name: str, sign: int) -> Decimal:
            goal = np.zeros(shape[1])
            goal[where[name] * width : (where[name] + 1) * width] = sign * np.arange(width)
            found = milp(
                goal,
                constraints=LinearConstraint(matrix, low, high),
                bounds=Bounds(0, 1),
                integrality=np.ones(shape[1]),
            )
            assert found.status == 0, found.message
            place: int = round(sign * float(found.fun))
            return self.possible[place]

        return {name: (extreme(name, 1), extreme(name, -1)) for name in others}


def is_known(value: Decimal, bounds: tuple[Decimal, Decimal], p_percent: int) -> bool:
    """Whether every possible value lies within p per cent of the true one."""
    slack = value * p_percent / 100
    return value - slack <= bounds[0] and bounds[1] <= value + slack
