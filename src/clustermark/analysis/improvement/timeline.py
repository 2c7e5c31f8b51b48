"""When each piece of work begins and ends, in months from the start of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

YEAR = 12


@dataclass(frozen=True, slots=True)
class Work:
    """The work on one indicator: months it takes, and what must be finished before."""

    code: str
    months: int
    after: frozenset[str]


def schedule(work: list[Work], *, at_most: int) -> Mapping[str, int]:
    """The month in which each piece begins (0: at once), none sooner possible in turn.

    At most `at_most` pieces begin in any year of the plan and at most `at_most` run at the same time; a piece
    begins when everything it comes after has ended. Long pieces are placed first. Needs must not
    form a circle.
    """
    starts: dict[str, int] = {}
    length = {piece.code: piece.months for piece in work}
    todo = sorted(work, key=lambda piece: (-piece.months, piece.code))
    while todo:
        piece = next(item for item in todo if (item.after & length.keys()) <= starts.keys())
        todo.remove(piece)
        month = max((starts[code] + length[code] for code in piece.after & length.keys()), default=0)
        while not _room(month, piece.months, starts, length, at_most):
            month += 1
        starts[piece.code] = month
    return starts


def _room(
    start: int, months: int, starts: Mapping[str, int], length: Mapping[str, int], at_most: int
) -> bool:
    year = [begun for begun in starts.values() if begun // YEAR == start // YEAR]
    if len(year) >= at_most:
        return False
    return all(
        sum(begun <= month < begun + length[code] for code, begun in starts.items()) < at_most
        for month in range(start, start + months)
    )
