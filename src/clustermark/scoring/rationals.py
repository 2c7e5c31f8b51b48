"""Exact numbers in arrays: a numerator and a denominator for each element.

Measures are ratios of facts; a ratio of integers is exact as two integers, and a value equal to an
edge is equal to it. Integers are int64 while they fit and Python's own (object arrays) beyond. A
missing value has denominator 0: it stays missing through every operation, and division by zero makes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from clustermark.scoring.arrays import Integers

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LIMIT = 2**62


@dataclass(frozen=True, slots=True)
class Rationals:
    """`num / den` element by element; `den` is ≥ 0, and 0 where the value is missing.

    Both have shape (n,), or (1,) where all n are the same: a constant costs nothing however large n is.
    """

    num: Integers
    den: Integers

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Where the value is missing."""
        return np.asarray(self.den == 0, dtype=np.bool_)


def from_values(values: Sequence[Decimal | int | None]) -> Rationals:
    """Exact numbers from decimals, integers and None (missing)."""
    pairs = [(0, 0) if value is None else Decimal(value).as_integer_ratio() for value in values]
    return Rationals(_integers([num for num, _den in pairs]), _integers([den for _num, den in pairs]))


def constant(value: Decimal | None) -> Rationals:
    """The same number for every element."""
    return from_values([value])


def add(a: Rationals, b: Rationals) -> Rationals:
    """a + b."""
    return Rationals(_plus(_times(a.num, b.den), _times(b.num, a.den)), _times(a.den, b.den))


def subtract(a: Rationals, b: Rationals) -> Rationals:
    """a − b."""
    return add(a, negative(b))


def multiply(a: Rationals, b: Rationals) -> Rationals:
    """a × b."""
    return Rationals(_times(a.num, b.num), _times(a.den, b.den))


def divide(a: Rationals, b: Rationals) -> Rationals:
    """a ÷ b; missing where b is zero."""
    sign = np.where(b.num < 0, -1, 1)
    num, den = _times(_times(a.num, b.den), sign), _times(_times(a.den, b.num), sign)
    return Rationals(num, np.where(b.den == 0, 0, den))


def negative(a: Rationals) -> Rationals:
    """−a."""
    return Rationals(-a.num, a.den)


def absolute(a: Rationals) -> Rationals:
    """The magnitude of a."""
    return Rationals(np.abs(a.num), a.den)


def floor(a: Rationals) -> Rationals:
    """The largest integer not above a."""
    safe = np.where(a.den == 0, 1, a.den)
    return Rationals(a.num // safe, np.where(a.den == 0, 0, 1))


def compare(a: Rationals, b: Rationals) -> tuple[Integers, Integers]:
    """Two integer arrays that are to each other as a is to b; meaningless where either is missing."""
    return _times(a.num, b.den), _times(b.num, a.den)


def choose(condition: NDArray[np.bool_], a: Rationals, b: Rationals) -> Rationals:
    """a where the condition holds, else b."""
    return Rationals(np.where(condition, a.num, b.num), np.where(condition, a.den, b.den))


def round_half_up(a: Rationals, places: int) -> Integers:
    """Units of 10^−places nearest to a, halves away from zero; 0 where a is missing."""
    safe = np.where(a.den == 0, 1, a.den)
    scaled = _times(np.abs(a.num), np.array([2 * 10**places]))
    units = _plus(scaled, safe) // _times(safe, np.array([2]))
    return np.where(a.den == 0, 0, np.where(a.num < 0, -units, units))


def _integers(values: list[int]) -> Integers:
    fits = all(-_LIMIT < value < _LIMIT for value in values)
    return np.array(values, dtype=np.int64 if fits else object)


def _largest(a: Integers) -> int:
    return max(abs(int(a.max())), abs(int(a.min()))) if len(a) else 0


def _times(a: Integers, b: Integers) -> Integers:
    """a × b, in Python integers where int64 could overflow."""
    if a.dtype != object and b.dtype != object and _largest(a) * _largest(b) >= _LIMIT:
        a, b = a.astype(object), b.astype(object)
    return np.asarray(a * b)


def _plus(a: Integers, b: Integers) -> Integers:
    if a.dtype != object and b.dtype != object and _largest(a) + _largest(b) >= _LIMIT:
        a, b = a.astype(object), b.astype(object)
    return np.asarray(a + b)
