"""What every benchmark returns, and how it is printed: ratios within one run, never bare seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median
from time import perf_counter
from typing import Literal, NamedTuple


class Row(NamedTuple):
    """One measurement against another way, or against a cost of reference, in the same run.

    `goal` is the speed-up to reach (``at least``: other / ours) or the cost not to pass (``at most``: ours / other).
    """

    name: str
    ours: float
    other: float
    goal: float
    wanted: Literal["at least", "at most"] = "at least"
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """The ratio that the goal speaks of."""
        return self.other / self.ours if self.wanted == "at least" else self.ours / self.other

    @property
    def reached(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio >= self.goal if self.wanted == "at least" else self.ratio <= self.goal


def alternate(
    ours: Callable[[], object], other: Callable[[], object], rounds: int = 5
) -> tuple[float, float]:
    """Median seconds of both, measured in turn so that a machine that slows down slows both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for call, found in zip((ours, other), times, strict=True):
            start = perf_counter()
            call()
            found.append(perf_counter() - start)
    return median(times[0]), median(times[1])


def print_table(rows: Iterable[Row]) -> None:
    """Print one line for each row."""
    for row in rows:
        verdict = "reached" if row.reached else "MISSED"
        print(
            f"{row.name:<74} {row.ours:9.4f} {row.unit} : {row.other:9.4f} {row.unit}"
            f"   {row.ratio:7.2f} x   {row.wanted} {row.goal:g} x: {verdict}"
        )
