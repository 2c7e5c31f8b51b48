"""Floating numbers of analyses as figures: rounded for people, exact digits kept where a sheet wants them."""

from __future__ import annotations

from decimal import Decimal

from clustermark.ground.texts import number
from clustermark.reports.printed import Figure
from clustermark.reports.words import NBSP, NOTHING


def rounded(value: float | None, places: int = 2) -> Figure:
    """A floating number with so many decimals; a dash when there is none."""
    if value is None:
        return Figure(text=NOTHING)
    shown = Decimal(f"{value:.{places}f}") + 0  # + 0: no minus before a zero
    return Figure(text=number(shown), value=shown)


def percent(value: float | None, places: int = 1) -> Figure:
    """A share from 0 to 1 as per cent."""
    if value is None:
        return Figure(text=NOTHING)
    shown = rounded(100 * value, places)
    return Figure(text=shown.text + NBSP + "%", value=shown.value)


def words(text: str) -> Figure:
    """A text in a table."""
    return Figure(text=text or NOTHING)


def whole(value: int | Decimal | None) -> Figure:
    """An exact number."""
    return Figure(text=number(value), value=None if value is None else Decimal(value))
