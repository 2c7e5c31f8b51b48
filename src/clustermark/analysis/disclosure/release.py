"""Releasing an edition: which groups are shown, over which members, and every figure of them.

A release is a function of cells, of the ledger and of who is in which group; nothing that leaves it was
computed from a value itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.disclosure.atoms import Atoms, Mask
from clustermark.analysis.disclosure.figures import Figures, nothing
from clustermark.analysis.disclosure.grid import MISSING, Grid
from clustermark.analysis.disclosure.ledger import Ledger, Publication
from clustermark.analysis.disclosure.policy import Policy
from clustermark.analysis.disclosure.tell import tell
from clustermark.ground.exact import digest


@dataclass(frozen=True, eq=False)
class Group:
    """A group that could be shown: its members among the n clusters of the edition.

    Groups with the same `parent` and `split` are the classes of one division of the parent. A group without
    `split` has a size that follows from its parent's by a public rule (all, the leaders).
    """

    key: str
    members: Mask
    parent: str | None = None
    split: str | None = None


Family = Sequence[Group]
"""The groups of an edition in order of importance, parents before children."""


@dataclass(frozen=True, eq=False)
class Variable:
    """A variable: its values by cluster (NaN where missing) and the grid it is told in."""

    name: str
    values: NDArray[np.float64]
    grid: Grid


def release(
    *,
    edition: int,
    clusters: Sequence[str],
    family: Family,
    variables: Sequence[Variable],
    policy: Policy,
    ledger: Ledger,
) -> dict[tuple[str, str], Figures]:
    """Figures by (group, variable) for one edition, recorded in `ledger` before they are returned.

    An edition that the ledger has is told again over the same members. Raises ProblemsError when it was
    published from other data, or in other cells.
    """
    cells = {variable.name: variable.grid.cells(variable.values) for variable in variables}
    grids = {variable.name: variable.grid for variable in variables}
    fingerprint = _fingerprint(clusters, cells, ledger)
    ledger.check_edition(edition, fingerprint, grids)
    withheld = _withheld(family, policy, ledger)
    figures: dict[tuple[str, str], Figures] = {}
    publications = []
    everyone = _Everyone(clusters, ledger)
    for variable in variables:
        again = ledger.shown_in(edition, variable.name)
        shown = _shown_members(
            family,
            withheld,
            valued=everyone.wide(cells[variable.name] != MISSING),
            before=[everyone.mask(names) for names in ledger.shown_to_date(variable.name)],
            again={key: everyone.mask(names) for key, names in again.items()},
            order=everyone.order,
            least=policy.least,
        )
        for group in family:
            members = shown.get(group.key)
            if members is None:
                figures[group.key, variable.name] = nothing(variable.name, group.key)
                continue
            members = members[: len(clusters)]
            told = np.sort(cells[variable.name][members])
            figures[group.key, variable.name] = tell(told, variable.grid, policy, variable.name, group.key)
            publications.append((group.key, tuple(np.flatnonzero(members).tolist()), variable.name))
    ledger.record(
        edition=edition,
        digest=fingerprint,
        grids=grids,
        withheld=withheld,
        publications=_gathered(edition, clusters, publications),
    )
    return figures


def _fingerprint(clusters: Sequence[str], cells: dict[str, NDArray[np.int64]], ledger: Ledger) -> str:
    """Digest of who has which cells, salted: the ledger must not give away a cell by trial."""
    order = np.argsort(np.array(clusters))
    told = {name: cells[name][order].tolist() for name in sorted(cells)}
    return digest([ledger.salt, sorted(clusters), told])


def _gathered(
    edition: int, clusters: Sequence[str], found: list[tuple[str, tuple[int, ...], str]]
) -> list[Publication]:
    """One entry for each group and set of members, with all its variables."""
    variables: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for group, members, variable in found:
        variables.setdefault((group, members), []).append(variable)
    return [
        Publication(
            edition=edition,
            group=group,
            variables=tuple(names),
            members=tuple(clusters[member] for member in members),
        )
        for (group, members), names in variables.items()
    ]


def _withheld(family: Family, policy: Policy, ledger: Ledger) -> set[str]:
    """Groups of which nothing is told in any variable.

    A division with a class that is too small also withholds a class that is large enough, the same one as
    in earlier editions where possible: so a withheld class is never known to be a small one. Divisions of
    parents below twice the least are always withheld, whatever their classes are.
    """
    before = frozenset[str]().union(*ledger.withheld.values())
    members = {group.key: group.members for group in family}
    withheld = {group.key for group in family if group.members.sum() < policy.least}
    divisions: dict[tuple[str, str], list[Group]] = {}
    for group in family:
        if group.parent is not None and group.split is not None:
            divisions.setdefault((group.parent, group.split), []).append(group)
    for (parent, _split), classes in divisions.items():
        whole = int(members[parent].sum())
        sizes = {group.key: int((group.members & members[parent]).sum()) for group in classes}
        rest = whole - sum(sizes.values())
        large = {key: size for key, size in sizes.items() if size >= policy.least}
        if whole < 2 * policy.least:
            withheld |= large.keys()
        elif large and any(0 < size < policy.least for size in (*sizes.values(), rest)):
            steady = {key: size for key, size in large.items() if key in before}
            smallest = min((steady or large).values())
            withheld |= {key for key, size in (steady or large).items() if size == smallest}
    for group in family:
        if group.parent in withheld:
            withheld.add(group.key)
    return withheld


class _Everyone:
    """The clusters of the edition and all that the ledger knows, by position."""

    def __init__(self, clusters: Sequence[str], ledger: Ledger) -> None:
        gone = sorted(ledger.clusters() - set(clusters))
        self.position = {name: place for place, name in enumerate([*clusters, *gone])}
        by_hash = [hashlib.sha256(f"{ledger.salt} {name}".encode()).hexdigest() for name in self.position]
        self.order = np.argsort(np.argsort(np.array(by_hash))).astype(np.int64)

    def wide(self, members: Mask) -> Mask:
        """A mask over the clusters of the edition, as one over everyone."""
        found = np.zeros(len(self.position), dtype=bool)
        found[: len(members)] = members
        return found

    def mask(self, names: Sequence[str]) -> Mask:
        """Where these clusters stand."""
        found = np.zeros(len(self.position), dtype=bool)
        found[[self.position[name] for name in names]] = True
        return found


def _shown_members(
    family: Family,
    withheld: set[str],
    *,
    valued: Mask,
    before: Sequence[Mask],
    again: dict[str, Mask],
    order: NDArray[np.int64],
    least: int,
) -> dict[str, Mask]:
    """The members over which one variable is told, by group; a group that is not told is not in it.

    `valued`: who has a value; `before`: the sets shown to date; `again`: groups told in this edition already.
    """
    history, atoms = Atoms(len(valued), least), Atoms(len(valued), least)
    for members in before:
        history.add(members)
        atoms.add(members)
    shown: dict[str, Mask] = {}
    for group in family:
        if group.key in again:
            shown[group.key] = again[group.key]
            continue
        if group.key in withheld or (group.parent is not None and group.parent not in shown):
            continue
        wanted = np.zeros(len(valued), dtype=bool)
        wanted[: len(group.members)] = group.members
        wanted &= valued if group.parent is None else valued & shown[group.parent]
        settled = history.settle(wanted, order)
        if atoms.admits(settled):
            atoms.add(settled)
            shown[group.key] = settled
    return shown
