"""What every benchmark returns, and how it is printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """One measurement: seconds of ours, seconds of the other way, other / ours, and the ratio aimed at."""

    name: str
    ours: float
    other: float
    ratio: float
    goal: float


def print_table(rows: Iterable[Row]) -> None:
    """Print one line for each row, in seconds."""
    for row in rows:
        verdict = "reached" if row.ratio >= row.goal else "MISSED"
        times = f"ours {row.ours:9.4f} s   other {row.other:9.4f} s"
        print(f"{row.name:<62} {times}   {row.ratio:6.1f} x   goal {row.goal:g} x: {verdict}")
