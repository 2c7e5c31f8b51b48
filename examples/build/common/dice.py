"""Seeded dice: the same seed gives the same throws on every machine and Python version.

The standard `random` module promises that only for `random()`, so the few throws needed here are built
on SHA-256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of throws that depends on its seed and on nothing else."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._count = 0

    def number(self, below: int) -> int:
        """A whole number from 0 to `below` - 1."""
        self._count += 1
        thrown = hashlib.sha256(f"{self._seed}/{self._count}".encode()).digest()
        return int.from_bytes(thrown[:8], "big") % below

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.number(high - low + 1)

    def one(self, items: Sequence[T]) -> T:
        """One of `items`."""
        return items[self.number(len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different ones of `items`, in their order."""
        rest = list(range(len(items)))
        taken = [rest.pop(self.number(len(rest))) for _ in range(count)]
        return [items[place] for place in sorted(taken)]

    def chance(self, percent: int) -> bool:
        """True in `percent` of a hundred throws."""
        return self.number(100) < percent

    def working_day(self, first: date, last: date) -> date:
        """A day from Monday to Friday between two dates, both included, off the holidays."""
        while True:
            day = first + timedelta(days=self.number((last - first).days + 1))
            if day.weekday() <= 4 and (day.month, day.day) not in HOLIDAYS:
                return day


HOLIDAYS = frozenset(
    [(1, day) for day in range(1, 9)]
    + [(2, 23), (3, 8), (5, 1), (5, 2), (5, 8), (5, 9), (6, 12), (11, 4), (12, 30), (12, 31)]
)
"""Days on which nobody meets: month and day."""
