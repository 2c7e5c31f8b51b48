"""A paper: what an evidence document says, before it becomes a PDF or a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

Block = dict[str, Any]
"""A part of a paper: its kind and what it holds, as JSON for the template."""

MARK = "Fictional sample: cluster, people and companies are invented"
"""Stands in the footer of every evidence file."""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document of one to three pages.

    `sender` is the letterhead; `number` a file number; `blocks` are what `heading`, `text`, `bullets`,
    `grid` and `signed` return. A `wide` paper lies on its side.
    """

    title: str
    sender: str
    dated: date
    number: str = ""
    blocks: Sequence[Block] = field(default_factory=list)
    wide: bool = False


def heading(text: str) -> Block:
    """A section heading."""
    return {"kind": "heading", "text": text}


def text(*sentences: str) -> Block:
    """A paragraph."""
    return {"kind": "text", "text": " ".join(sentences)}


def bullets(*items: str) -> Block:
    """A list."""
    return {"kind": "bullets", "items": list(items)}


def grid(columns: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[int] = ()) -> Block:
    """A table; `widths` are parts of the page's width."""
    return {
        "kind": "grid",
        "columns": list(columns),
        "rows": [[written(cell) for cell in row] for row in rows],
        "widths": list(widths) or [1] * len(columns),
    }


def signed(*names: str) -> Block:
    """Lines for signatures, with the names under them."""
    return {"kind": "signed", "names": list(names)}


def written(value: object) -> str:
    """A cell as a person writes it: dates by day, amounts with thin groups, yes and no."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value.day} {value:%b} {value.year}"
    if isinstance(value, Decimal) and abs(value) >= 10000:
        return money(value)
    return str(value)


def money(amount: Decimal) -> str:
    """An amount with two decimals, in groups of three: 1 234 567.80."""
    return f"{amount:,.2f}".replace(",", "\u00a0")


def long_date(day: date) -> str:
    """24 October 2025."""
    return f"{day.day} {day:%B} {day.year}"
