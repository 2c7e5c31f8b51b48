"""Releasing an edition: which groups are shown, over which members, and every figure of them.

A release is a function of cells, of the ledger and of who is in which group; nothing that leaves it was
computed from a value itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.disclosure.atoms import Atoms, Mask
from clustermark.analysis.disclosure.figures import Figures, nothing
from clustermark.analysis.disclosure.grid import MISSING, Grid
from clustermark.analysis.disclosure.ledger import Ledger, Publication
from clustermark.analysis.disclosure.policy import Policy
from clustermark.analysis.disclosure.tell import tell
from clustermark.ground.exact import digest

KEPT = Fraction(2, 3)
"""Share of a group's members that must be left after some rest, for the group to be told."""


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

    What the ledger has of this edition is told again over the same members, and what it withheld stays
    withheld. Raises ProblemsError when the edition was told from other data, or in other cells.
    """
    cells = {variable.name: variable.grid.cells(variable.values) for variable in variables}
    grids = {variable.name: variable.grid for variable in variables}
    digests = {name: _fingerprint(clusters, found, ledger) for name, found in cells.items()}
    ledger.check(edition, digests, grids)
    withheld = _withheld(family, policy, ledger)
    shown = _shown_members(
        family, withheld, edition=edition, clusters=clusters, ledger=ledger, least=policy.least
    )
    figures: dict[tuple[str, str], Figures] = {}
    publications = []
    for variable in variables:
        valued = cells[variable.name] != MISSING
        told = _told(
            family,
            {key: mask & valued for key, mask in shown.items()},
            before=ledger.told_in(edition, variable.name),
            asked=ledger.asked_in(edition, variable.name),
            least=policy.least,
        )
        for group in family:
            if group.key in told:
                found = np.sort(cells[variable.name][shown[group.key] & valued])
                figures[group.key, variable.name] = tell(
                    found, variable.grid, policy, variable.name, group.key
                )
                publications.append((group.key, variable.name))
            else:
                figures[group.key, variable.name] = nothing(variable.name, group.key)
    ledger.record(
        edition=edition,
        digests=digests,
        grids=grids,
        groups=[group.key for group in family],
        withheld=withheld,
        publications=_gathered(edition, clusters, shown, publications),
    )
    return figures


def _fingerprint(clusters: Sequence[str], cells: NDArray[np.int64], ledger: Ledger) -> str:
    """Digest of who has which cell, salted: the ledger must not give away a cell by trial."""
    return digest([ledger.salt, sorted(zip(clusters, cells.tolist(), strict=True))])


def _gathered(
    edition: int, clusters: Sequence[str], shown: dict[str, Mask], told: list[tuple[str, str]]
) -> list[Publication]:
    """One entry for each group that was told, with all its variables."""
    variables: dict[str, list[str]] = {}
    for group, variable in told:
        variables.setdefault(group, []).append(variable)
    return [
        Publication(
            edition=edition,
            group=group,
            variables=tuple(names),
            members=tuple(clusters[member] for member in np.flatnonzero(shown[group]).tolist()),
        )
        for group, names in variables.items()
    ]


def _withheld(family: Family, policy: Policy, ledger: Ledger) -> set[str]:
    """Groups of which nothing is told in any variable.

    A division with a class that is too small also withholds a class that is large enough, the same one as
    in earlier editions where possible: so a withheld class is never known to be a small one. Divisions of
    parents below twice the least are always withheld, whatever their classes are.
    """
    before = ledger.withheld()
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


def _shown_members(
    family: Family,
    withheld: set[str],
    *,
    edition: int,
    clusters: Sequence[str],
    ledger: Ledger,
    least: int,
) -> dict[str, Mask]:
    """The members over which a group is told, by group; a group that is not told is not in it.

    Members without a value count as members: who has a gap is told nobody, so a gap hides like a value.
    """
    gone = sorted(ledger.clusters() - set(clusters))
    position = {name: place for place, name in enumerate([*clusters, *gone])}
    by_hash = [hashlib.sha256(f"{ledger.salt} {name}".encode()).hexdigest() for name in position]
    order = np.argsort(np.argsort(np.array(by_hash))).astype(np.int64)

    def everyone(members: Sequence[int]) -> Mask:
        found = np.zeros(len(position), dtype=bool)
        found[members] = True
        return found

    atoms = Atoms(len(position), least)
    for names in ledger.shown_to_date():
        atoms.add(everyone([position[name] for name in names]))
    again = ledger.shown_in(edition)
    shown: dict[str, Mask] = {}
    for group in family:
        if group.key in again:
            shown[group.key] = everyone([position[name] for name in again[group.key]])
            continue
        if group.key in withheld or (group.parent is not None and group.parent not in shown):
            continue
        members = everyone(np.flatnonzero(group.members).tolist())
        wanted = members if group.parent is None else members & shown[group.parent]
        settled = atoms.settle(wanted, order)
        if atoms.admits(settled) and int(settled.sum()) >= KEPT * int(members.sum()):
            atoms.add(settled)
            shown[group.key] = settled
    return {key: mask[: len(clusters)] for key, mask in shown.items()}


def _told(
    family: Family, valued: dict[str, Mask], *, before: Sequence[str], asked: frozenset[str], least: int
) -> set[str]:
    """Of the groups shown, those told in one variable: within an edition, values alone leave no small set.

    `valued`: members with a value, by group. Groups that the edition has answered about (`asked`) are
    answered alike: told when they were told `before`.
    """
    told = {key for key in before if key in valued}
    count = max((len(mask) for mask in valued.values()), default=0)
    atoms = Atoms(count, least)
    for key, names in valued.items():
        if key in told:
            atoms.add(names)
    for group in family:
        fresh = group.key in valued and group.key not in asked
        if fresh and (group.parent is None or group.parent in told) and atoms.admits(valued[group.key]):
            atoms.add(valued[group.key])
            told.add(group.key)
    return told
