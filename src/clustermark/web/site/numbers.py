"""Numbers that a form, a file or an address names."""

from __future__ import annotations

from typing import overload

DIGITS = 18
"""Digits that a key of the database can have; Python refuses to read more than some thousand."""


@overload
def whole_number(text: str) -> int: ...
@overload
def whole_number(text: str, default: None) -> int | None: ...
def whole_number(text: str, default: int | None = 0) -> int | None:
    """The number that `text` says; `default` where it says none that can be counted or looked up."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else default
