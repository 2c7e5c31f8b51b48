"""A map of tiles: one square a country, about where the country lies, so that small countries are seen as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clustermark.web.register.queries.counting import CountryCount

# column and row of each country's square
PLACES = {
    "IS": (0, 0), "NO": (4, 0), "SE": (5, 0), "FI": (6, 0),
    "IE": (0, 1), "GB": (1, 1), "DK": (4, 1), "LV": (6, 1), "EE": (7, 1), "RU": (8, 1),
    "NL": (3, 2), "DE": (4, 2), "PL": (5, 2), "LT": (6, 2), "BY": (7, 2), "KZ": (9, 2),
    "BE": (2, 3), "LU": (3, 3), "CZ": (4, 3), "SK": (5, 3), "UA": (6, 3), "MD": (7, 3), "GE": (8, 3),
    "FR": (2, 4), "CH": (3, 4), "AT": (4, 4), "HU": (5, 4), "RO": (6, 4), "AM": (8, 4), "AZ": (9, 4),
    "PT": (0, 5), "ES": (1, 5), "IT": (3, 5), "SI": (4, 5), "HR": (5, 5), "RS": (6, 5), "BG": (7, 5),
    "BA": (5, 6), "ME": (6, 6), "MK": (7, 6), "TR": (8, 6),
    "MT": (3, 7), "AL": (6, 7), "GR": (7, 7), "CY": (9, 7),
}  # fmt: skip
SIDE, GAP = 56, 4
STEPS = 4
"""Depths of colour."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One square as the page draws it; `depth` is 0 where there is nothing, else 1 to `STEPS`."""

    country: str
    x: int
    y: int
    count: int
    depth: int

    @property
    def middle(self) -> int:
        """Where its words stand, across."""
        return self.x + SIDE // 2


def tiles(counted: Sequence[CountryCount]) -> list[Tile]:
    """The squares of the map; depth grows with the count, the deepest for the most."""
    counts = {one.country: one.count for one in counted}
    most = max((counts.get(country, 0) for country in PLACES), default=0)
    return [
        Tile(
            country,
            column * (SIDE + GAP),
            row * (SIDE + GAP),
            counts.get(country, 0),
            -(-counts.get(country, 0) * STEPS // most) if most else 0,
        )
        for country, (column, row) in PLACES.items()
    ]
