"""The outlines of countries that `tools/make_outlines.py` drew: where each lies in a view of the map.

Borders are those of Natural Earth and express no opinion on the status of any territory. A page takes the shapes
themselves from the file, by their ids; here is only what the counts need.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from defusedxml.ElementTree import parse

View = Literal["europe", "world"]
VIEWS: tuple[View, ...] = ("europe", "world")
FOLDER = Path(__file__).parent.parent / "static/register"
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the number of a country stands, in units of its view; `small`: a circle must say that it is there."""

    x: float
    y: float
    small: bool


@dataclass(frozen=True, slots=True)
class Outlines:
    """One view: the static file with its shapes, its size, and its countries by their codes (ISO 3166-1 alpha-2)."""

    file: str
    width: int
    height: int
    spots: Mapping[str, Spot]


@cache
def outlines(view: View) -> Outlines:
    """The outlines of a view; its file is read once a process."""
    name = f"map-{view}.svg"
    root = parse(FOLDER / name).getroot()
    assert root is not None  # noqa: S101 - a file of ours
    _x, _y, width, height = map(int, root.attrib["viewBox"].split())
    spots = {}
    for path in root.iter(f"{_SVG}path"):
        if "data-at" in path.attrib:
            x, y = map(int, path.attrib["data-at"].split())
            spots[path.attrib["id"]] = Spot(x, y, "data-small" in path.attrib)
    return Outlines(f"register/{name}", width, height, spots)
