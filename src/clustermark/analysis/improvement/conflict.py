"""Why no plan exists: the smallest set of conditions that cannot hold together.

A deletion filter makes a set irreducible: conditions are left out one after the other as long as no plan
exists without them (Chinneck, Feasibility and Infeasibility in Optimization, 2008, section 6.2.1). Whether a
smaller one exists is tried size by size while there are few sets to try.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb

from clustermark.analysis.improvement.programme import Key, Programme

TRIES = 400
"""Sets tried at most in the search for a smaller conflict."""


def smallest_conflict(programme: Programme) -> tuple[tuple[Key, ...], bool]:
    """An irreducible set of keys whose rows no solution meets, and whether none is smaller.

    Raises ValueError when the programme has a solution.
    """
    keys = programme.keys()
    if programme.solve(keys) is not None:
        raise ValueError("there is a solution, so there is no conflict")
    kept = keys
    for key in keys:
        fewer = [other for other in kept if other != key]
        if programme.solve(fewer) is None:
            kept = fewer
    tries = 0
    for size in range(1, len(kept)):
        tries += comb(len(keys), size)
        if tries > TRIES:
            return tuple(kept), False
        smaller = _first(programme, keys, size)
        if smaller is not None:
            return smaller, True
    return tuple(kept), True


def _first(programme: Programme, keys: Sequence[Key], size: int) -> tuple[Key, ...] | None:
    return next((some for some in combinations(keys, size) if programme.solve(some) is None), None)
