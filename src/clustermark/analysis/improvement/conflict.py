"""Why no plan exists: the smallest set of conditions that cannot hold together.

Conditions are taken one after the other until no plan is left; the last one taken is in the conflict, and
the search goes on with it kept, until what is kept is impossible by itself. The set is irreducible: any of
its conditions left out, a plan exists (the additive method with bisection, Junker, QuickXplain, AAAI 2004).
Whether a smaller one exists is tried size by size while there are few sets to try.

The solver is asked only about sets that nothing is known of: a part of a set that holds together does so too,
and a set with a part that does not hold together does not either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, islice

from clustermark.analysis.improvement.programme import Key, Programme

TRIES = 16
"""Sets tried at most in the search for a smaller conflict."""

_WANTED = ("rule", "minimum")
"""Kinds of conditions that the level sets; limits and needs alone are kept by doing nothing."""


class _Known:
    """Which sets of keys hold together, and which do not, as far as the solver was asked."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.compatible: list[frozenset[Key]] = []
        self.clashing: list[frozenset[Key]] = []

    def feasible(self, keys: Collection[Key]) -> bool:
        """Whether the rows of these keys leave any solution."""
        wanted = frozenset(keys)
        if any(wanted <= together for together in self.compatible):
            return True
        if any(clash <= wanted for clash in self.clashing):
            return False
        together = self.programme.compatible(wanted)
        if together is None:
            self.clashing.append(wanted)
            return False
        self.compatible.append(together)
        return True


def smallest_conflict(programme: Programme) -> tuple[tuple[Key, ...], bool]:
    """An irreducible set of keys whose rows no solution meets, and whether it is proven that none is smaller.

    The programme must have no solution.
    """
    keys = sorted(programme.keys(), key=lambda key: key[0] not in _WANTED)
    known = _Known(programme)
    kept: list[Key] = []
    others = keys
    while not kept or known.feasible(kept):
        last = _last_needed(known, kept, others)
        kept.append(others[last])
        others = others[:last]
    conflict = tuple(key for key in keys if key in kept)
    sets = list(islice(_smaller(keys, len(conflict)), TRIES + 1))
    found = next((some for some in sets[:TRIES] if not known.feasible(some)), None)
    if found is not None:
        return found, True
    return conflict, len(sets) <= TRIES


def _last_needed(known: _Known, kept: Sequence[Key], others: Sequence[Key]) -> int:
    """The position in `others` up to which everything is needed, beside `kept`, to leave no solution."""
    low, high = 0, len(others) - 1
    while low < high:
        middle = (low + high) // 2
        if known.feasible([*kept, *others[: middle + 1]]):
            low = middle + 1
        else:
            high = middle
    return high


def _smaller(keys: Sequence[Key], size: int) -> Iterator[tuple[Key, ...]]:
    """Every set of fewer than `size` keys that could be a conflict, small ones first."""
    for fewer in range(1, size):
        for some in combinations(keys, fewer):
            if any(key[0] in _WANTED for key in some):
                yield some
