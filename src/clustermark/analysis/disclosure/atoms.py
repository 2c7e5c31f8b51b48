"""Atoms: the smallest sets that can be put together from the groups shown so far.

Two clusters are in the same atom when no shown group has one without the other. Whatever unions,
intersections, differences and complements of shown groups give is a union of atoms. So when every
atom is large enough, nothing smaller can be had by subtraction (`docs/disclosure.md`, rule 3).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


class Atoms:
    """Atoms over `count` clusters; atom 0 holds those that no shown group has."""

    def __init__(self, count: int, least: int) -> None:
        self.least = least
        self.labels = np.zeros(count, dtype=np.int64)
        self.total = np.array([count])

    def admits(self, group: Mask) -> bool:
        """Whether every atom is still empty or has `least` members when this group is shown too."""
        inside, outside = self._parts(group)
        small = (inside > 0) & (inside < self.least)
        left_small = (inside > 0) & (outside > 0) & (outside < self.least)
        return bool(group.any()) and not small.any() and not left_small[1:].any()

    def add(self, group: Mask) -> None:
        """Show a group: every atom is cut into its members inside and outside."""
        pairs = 2 * self.labels + group
        kinds, labels = np.unique(pairs, return_inverse=True)
        if kinds[0] != 0:  # keep 0 for clusters in no group, even when there is none
            labels += 1
        self.labels = labels
        self.total = np.bincount(labels)

    def settle(self, group: Mask, order: NDArray[np.int64]) -> Mask:
        """The largest part of `group` that cuts no atom into a small piece.

        Where some but too few have left an atom, further members rest, so that enough leave together; where
        too few are new, they wait. `order` says who rests first: fixed for a cluster and kept secret.
        """
        settled = group.copy()
        inside, outside = self._parts(group)
        for atom in np.flatnonzero((inside > 0) & (outside > 0) & (outside < self.least)):
            if atom:
                members = np.flatnonzero(settled & (self.labels == atom))
                resting = members[np.argsort(order[members], kind="stable")]
                settled[resting[: self.least - outside[atom]]] = False
        inside, _outside = self._parts(settled)
        few = np.flatnonzero((inside > 0) & (inside < self.least))
        settled &= ~np.isin(self.labels, few)
        return settled

    def _parts(self, group: Mask) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each atom: its members inside the group, and outside."""
        inside = np.bincount(self.labels[group], minlength=len(self.total))
        return inside, self.total - inside
