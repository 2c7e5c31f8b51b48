"""Exact numbers: half-up rounding, and the canonical form that digests are taken over.

Decisions never rest on binary floats. Values are `Decimal` or `fractions.Fraction`; the canonical
form is RFC 8785 (JSON Canonicalization Scheme), so white space, comments and key order cannot
change a digest and any number does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import rfc8785

from clustermark.ground.texts import gettext as _

MAX_DIGITS = 15
"""Significant digits a number in a document may have: what a JSON number carries exactly everywhere."""


def half_up(value: Fraction, places: int) -> Decimal:
    """`value` rounded to `places` decimals, halves away from zero; exact.

    >>> half_up(Fraction(1, 8), 2)
    Decimal('0.13')
    """
    scaled = abs(value) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-units if value < 0 else units).scaleb(-places)


def plain(value: Any) -> Any:
    """`value` as plain JSON data: decimals as numbers, dates as ISO text.

    Raises ValueError for a decimal with more than `MAX_DIGITS` significant digits.
    """
    return _Plain().of(value)


_AS_THEY_ARE = {str, bool, type(None)}
"""Types whose values are plain JSON data already."""


class _Plain:
    """Makes plain data, and notes whether the standard library writes it as RFC 8785 wants it.

    It does where keys are ASCII (they sort alike) and numbers need no exponent (they print alike).
    """

    def __init__(self) -> None:
        self.simple = True

    def of(self, value: Any) -> Any:
        kind = type(value)
        if kind in _AS_THEY_ARE:
            return value
        if kind is dict:
            keys = list(map(str, value))
            self.simple = self.simple and "".join(keys).isascii()
            return dict(zip(keys, self.each(value.values()), strict=True))
        if kind is list or kind is tuple:
            return self.each(value)
        return self.other(value)

    def each(self, values: Iterable[Any]) -> list[Any]:
        # most values are text: asking here saves a call for each
        return [item if type(item) in _AS_THEY_ARE else self.of(item) for item in values]

    def other(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            value = json_number(value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, float):
            self.simple = self.simple and "e" not in repr(value) and not value.is_integer()
        elif isinstance(value, int):
            self.simple = self.simple and abs(value) < 2**53
        elif isinstance(value, dict):
            return self.of(dict(value))
        return value


def json_number(value: Decimal) -> int | float:
    """The JSON number that prints exactly as `value` does."""
    if value == value.to_integral_value() and abs(value) < 10**MAX_DIGITS:
        return int(value)
    number = float(value)
    if Decimal(repr(number)) != value:
        raise ValueError(_("{value} has more than {n} significant digits.").format(value=value, n=MAX_DIGITS))
    return number


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON-like value (RFC 8785).

    Where the standard library's writer gives the same bytes it is used, being ten times faster; anything else
    goes to the reference implementation.
    """
    maker = _Plain()
    data = maker.of(value)
    if maker.simple:
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
    return rfc8785.dumps(data)


def digest(value: Any) -> str:
    """`sha256:` and the hexadecimal SHA-256 of the canonical bytes of `value`."""
    return "sha256:" + hashlib.sha256(canonical(value)).hexdigest()
