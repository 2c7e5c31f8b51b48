"""Peer groups: classes of sector, country, size, age and level, and their intersections as a ladder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.disclosure import Group
from clustermark.analysis.portfolio import Floats, Portfolio, Texts
from clustermark.dossiers.tables.choices import SECTOR_TITLES
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import mark

Attribute = Literal["sector", "size", "country", "age", "level"]

DEFAULT_LADDER: tuple[Attribute, ...] = ("sector", "size", "country")
"""From wide to narrow: all → sector → sector × size → sector × size × country."""

ALL = "all"
LEADERS = "/leaders"

SIZE_CLASSES = ((0, "under-30"), (30, "30-49"), (50, "50-99"), (100, "100-plus"))
"""Participants: from this number on."""

AGE_CLASSES = ((0, "under-5"), (5, "5-9"), (10, "10-19"), (20, "20-plus"))
"""Years since the cluster was established: from this number on."""


def labels(portfolio: Portfolio, attribute: Attribute) -> Texts:
    """The class of every row; "" where the portfolio does not say."""
    if attribute == "sector":
        return portfolio.sectors
    if attribute == "country":
        return portfolio.countries
    if attribute == "level":
        return np.where(portfolio.levels == "", "none", portfolio.levels)
    if attribute == "size":
        return _classes(portfolio.sizes, SIZE_CLASSES)
    return _classes(portfolio.years - portfolio.founded, AGE_CLASSES)


def _classes(numbers: Floats, classes: Sequence[tuple[int, str]]) -> Texts:
    names = np.array(["", *(name for _start, name in classes)])
    place = np.searchsorted([start for start, _name in classes], numbers, side="right")
    return names[np.where(np.isnan(numbers), 0, place)]


def ladder_keys(portfolio: Portfolio, row: int, ladder: Sequence[Attribute]) -> list[str]:
    """The groups of one row, narrowest first; a class that is not known ends the ladder above it."""
    return keys_of({attribute: str(labels(portfolio, attribute)[row]) for attribute in ladder}, ladder)


def keys_of(known: Mapping[Attribute, str], ladder: Sequence[Attribute]) -> list[str]:
    """The groups of a cluster of which these classes are known, narrowest first."""
    keys = [ALL]
    for attribute in ladder:
        label = known.get(attribute, "")
        if not label:
            break
        keys.append(_child(keys[-1], attribute, label))
    return keys[::-1]


def _child(parent: str, attribute: str, label: str) -> str:
    own = f"{attribute}={label}"
    return own if parent == ALL else f"{parent}/{own}"


def family(portfolio: Portfolio, ladder: Sequence[Attribute], points: NDArray[np.int64]) -> list[Group]:
    """The groups of an edition in order of importance: wide before narrow, leaders next to their sector."""
    everyone = np.ones(len(portfolio), dtype=bool)
    found = [Group(ALL, everyone)]
    parents = [found[0]]
    for depth, attribute in enumerate(ladder):
        of_row = labels(portfolio, attribute)
        children = []
        for parent in parents:
            present = np.unique(of_row[parent.members])
            for label in present[present != ""].tolist():
                key = _child(parent.key, attribute, label)
                members = parent.members & (of_row == label)
                children.append(Group(key, members, parent=parent.key, split=attribute))
        found += children
        if depth == 0 and attribute == "sector":
            found += [leaders(sector, points) for sector in children]
        parents = children
    return found


def leaders(sector: Group, points: NDArray[np.int64]) -> Group:
    """The top quarter of a sector by points; all that tie with the last of them are in it."""
    ranked = np.sort(points[sector.members])[::-1]
    least = ranked[-(-len(ranked) // 4) - 1]
    return Group(sector.key + LEADERS, sector.members & (points >= least), parent=sector.key)


_LABELS = SECTOR_TITLES | {
    "under-30": mark("under 30"),
    "100-plus": mark("100 or more"),
    "under-5": mark("under 5"),
    "20-plus": mark("20 or more"),
    "none": mark("none"),
}


def _label_words(label: str) -> str:
    return _(_LABELS[label]) if label in _LABELS else label.replace("_", " ")


def group_title(key: str) -> str:
    """A group in words."""
    if key == ALL:
        return _("all clusters")
    words = []
    for part in key.split("/"):
        attribute, _equals, label = part.partition("=")
        words.append(
            {
                "sector": _("sector {label}"),
                "country": _("country {label}"),
                "size": _("{label} participants"),
                "age": _("{label} years old"),
                "level": _("level {label}"),
                "leaders": _("leaders"),
            }[attribute].format(label=_label_words(label))
        )
    return ", ".join(words)
