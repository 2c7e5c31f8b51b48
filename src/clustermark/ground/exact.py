"""Exact numbers: half-up rounding, and the canonical form that digests are taken over.

Decisions never rest on binary floats. Values are `Decimal` or `fractions.Fraction`; the canonical
form is RFC 8785 (JSON Canonicalization Scheme), so white space, comments and key order cannot
change a digest and any number does.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import rfc8785

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
    if isinstance(value, Decimal):
        return json_number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def json_number(value: Decimal) -> int | float:
    """The JSON number that prints exactly as `value` does."""
    if value == value.to_integral_value() and abs(value) < 10**MAX_DIGITS:
        return int(value)
    number = float(value)
    if Decimal(repr(number)) != value:
        raise ValueError(f"{value} has more than {MAX_DIGITS} significant digits")
    return number


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON-like value (RFC 8785).

    Where keys are ASCII and no number needs an exponent, the standard library's writer gives the same
    bytes ten times faster; anything else goes to the reference implementation.
    """
    data = plain(value)
    if _is_simple(data):
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
    return rfc8785.dumps(data)


def _is_simple(data: Any) -> bool:
    if isinstance(data, dict):
        return all(key.isascii() and _is_simple(item) for key, item in data.items())
    if isinstance(data, list):
        return all(map(_is_simple, data))
    if isinstance(data, float):
        return "e" not in repr(data) and not data.is_integer()
    return not isinstance(data, int) or abs(data) < 2**53


def digest(value: Any) -> str:
    """`sha256:` and the hexadecimal SHA-256 of the canonical bytes of `value`."""
    return "sha256:" + hashlib.sha256(canonical(value)).hexdigest()
