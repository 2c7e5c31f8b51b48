"""Plain tables for the terminal: aligned columns, no colour needed to read them."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Sequence
from typing import Literal

Align = Literal["left", "right"]


def width() -> int:
    """Columns of the terminal, between 72 and 120."""
    return max(72, min(120, shutil.get_terminal_size((100, 24)).columns))


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.combining(sign) > 0 for sign in text)


def cut(text: str, room: int) -> str:
    """`text` in at most `room` columns, with an ellipsis where something is left out."""
    if cells(text) <= room:
        return text
    while text and cells(text) > room - 1:
        text = text[:-1]
    return text + "…"


def table(rows: Sequence[Sequence[str]], aligns: Sequence[Align], *, stretch: int | None = None) -> list[str]:
    """Lines of a table, two spaces between columns; `stretch` is the column that gives way when narrow."""
    widths = [max((cells(row[i]) for row in rows), default=0) for i in range(len(aligns))]
    if stretch is not None:
        over = sum(widths) + 2 * (len(widths) - 1) - width()
        widths[stretch] = max(12, widths[stretch] - max(0, over))
    return [_line(row, widths, aligns) for row in rows]


def _line(row: Sequence[str], widths: Sequence[int], aligns: Sequence[Align]) -> str:
    parts = []
    for text, room, align in zip(row, widths, aligns, strict=True):
        shown = cut(text, room)
        space = " " * (room - cells(shown))
        parts.append(space + shown if align == "right" else shown + space)
    return "  ".join(parts).rstrip()
