"""The smallest change of records that takes a measured indicator to a value: found with the evaluator, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.improvement.standing import Standing
from clustermark.schemes.document import Indicator
from clustermark.schemes.expressions import names
from clustermark.scoring import rationals
from clustermark.scoring.evaluate import numbers

NEAR = 512
"""Changes up to this number are tried one by one."""

FEW = 32
"""Of these, so many first."""

FAR = 50
"""Beyond, numbers are doubled so many times and the gap is halved: exact where the measure only rises or falls."""

SMALL = 1000
"""A decimal fact below this is changed by tenths, others by whole numbers."""


@dataclass(frozen=True, slots=True)
class FactMove:
    """A fact and what it must become."""

    fact: str
    old: Decimal
    new: Decimal


def smallest_moves(
    standing: Standing, item: Indicator, units: float, by: Sequence[str] = ()
) -> tuple[FactMove, ...]:
    """The smallest change that takes the measure of `item` to `units` or better; empty where none is known.

    `by` names facts that change together by the same number. Without it each fact of the formula is
    tried alone, higher before lower, and of those that help in one direction the one with the smallest
    change is taken; then two facts at a time. A value that the voice corrects does not move with facts.
    """
    if item.measure is None or standing.corrected(item.code):
        return ()
    used = [
        name for name in names(standing.scheme.expressions.measures[item.code]) if _is_number(standing, name)
    ]
    mover = _Mover(standing, item, units)
    groups = [tuple(by)] if by else [(name,) for name in used]
    if not all(_is_number(standing, name) for group in groups for name in group):
        return ()
    for sign in (1, -1):
        found = [moves for group in groups if (moves := mover.together(group, sign))]
        if found:
            return min(found, key=lambda moves: abs(moves[0].new - moves[0].old))
    return () if by else next(mover.pairs(used), ())


def _is_number(standing: Standing, name: str) -> bool:
    value = standing.facts[name]
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


class _Mover:
    """Tries changes of facts of one dossier on one measure, many at a time."""

    def __init__(self, standing: Standing, item: Indicator, units: float) -> None:
        self.standing = standing
        self.node = standing.scheme.expressions.measures[item.code]
        self.item = item
        self.units = int(units)

    def old(self, name: str) -> Decimal:
        return Decimal(self.standing.facts[name] or 0)

    def unit(self, name: str) -> Decimal:
        small = isinstance(self.standing.facts[name], Decimal) and abs(self.old(name)) < SMALL
        return Decimal("0.1") if small else Decimal(1)

    def together(
        self, group: Sequence[str], sign: int, others: dict[str, Decimal] | None = None
    ) -> tuple[FactMove, ...]:
        """The smallest common change of `group` in one direction that reaches the value; `others` are given."""
        step = sign * max(self.unit(name) for name in group)
        count = self.count(group, step, others or {})
        if count is None:
            return ()
        return tuple(FactMove(name, self.old(name), self.old(name) + count * step) for name in group)

    def count(self, group: Sequence[str], step: Decimal, others: dict[str, Decimal]) -> int | None:
        most = None
        if step < 0:
            # what is counted or added up does not fall below zero
            most = min(int(self.old(name) // -step) for name in group)
        last = NEAR if most is None else min(NEAR, most)
        # most changes are small: the many others are tried only where none of these is enough
        for near in (range(1, min(FEW, last) + 1), range(FEW + 1, last + 1)):
            reached = self.reached(group, step, near, others)
            if reached.any():
                return near[int(np.argmax(reached))]
        far = [NEAR << doubling for doubling in range(1, FAR)]
        far = far if most is None else [number for number in far if number <= most] + [most]
        if most is not None and most <= NEAR:
            return None
        reached = self.reached(group, step, far, others)
        if not reached.any():
            return None
        position = int(np.argmax(reached))
        low, high = (far[position - 1] if position else NEAR), far[position]
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.reached(group, step, [middle], others)[0] else (middle, high)
        return high

    def reached(
        self, group: Sequence[str], step: Decimal, counts: Sequence[int], others: dict[str, Decimal]
    ) -> NDArray[np.bool_]:
        n = len(counts)
        if n == 0:
            return np.zeros(0, dtype=np.bool_)
        columns = dict(self.standing.columns)
        for name, value in others.items():
            columns[name] = rationals.from_values([value])
        for name in group:
            columns[name] = rationals.from_values([self.old(name) + count * step for count in counts])
        exact = numbers(self.node, columns, n)
        units = rationals.round_half_up(exact, self.item.decimals)
        better = units <= self.units if self.item.direction == "down" else units >= self.units
        return np.asarray(better & ~exact.missing, dtype=np.bool_)

    def pairs(self, used: Sequence[str]) -> Iterator[tuple[FactMove, ...]]:
        """Two facts that both must rise, each as little as it can beside the other."""
        for one, two in permutations(used, 2):
            plenty = {two: self.old(two) + NEAR * (1 + abs(self.old(two)))}
            first = self.together((one,), 1, plenty)
            second = self.together((two,), 1, {one: first[0].new}) if first else ()
            if second:
                yield first + second
