"""Draws the outlines of the register's map: src/clustermark/web/register/static/register/map-*.svg.

Run once, with the package of Natural Earth's borders beside it (`npm pack world-atlas@2.0.2` fetches it):

    python tools/make_outlines.py world-atlas-2.0.2.tgz

The borders are thinned arc by arc, so that neighbours keep one border, and then projected and cut by Vega-Lite, the
grammar of all our pictures. The site never does this: it writes counts over the outlines that stand in the files.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import vl_convert
from babel.core import get_global

from clustermark.register.places import continent_of

Point = tuple[float, float]
TARGET = Path(__file__).parent.parent / "src/clustermark/web/register/static/register"
SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
MEMBER = "package/countries-50m.json"
SOURCE = (
    "Borders: Natural Earth 4.1.0, Admin 0 countries 1:50m, public domain (naturalearthdata.com), by way of the npm "
    "package world-atlas 2.0.2, Copyright 2013-2019 Michael Bostock, ISC licence. Thinned and projected by "
    "tools/make_outlines.py. The borders are those of the source, but Crimea is land without a number; they express no "
    "opinion on the status of any territory."
)
NAMED = {"Kosovo": "XK"}
"""Countries without a number in ISO 3166-1, by their names in the source."""
# degrees east and north
SPOTS = {
    "BQ": (-68.3, 12.2), "BV": (3.4, -54.4), "CC": (96.8, -12.2), "CX": (105.6, -10.5), "EA": (-5.3, 35.9),
    "GF": (-53.1, 4.0), "GI": (-5.35, 36.14), "GP": (-61.5, 16.2), "IC": (-15.6, 28.3), "IO": (72.4, -7.3),
    "MQ": (-61.0, 14.6), "RE": (55.5, -21.1), "SJ": (16.0, 78.5), "TK": (-171.8, -9.2), "TV": (179.2, -8.5),
    "UM": (-160.0, -0.4), "YT": (45.15, -12.8),
}  # fmt: skip
"""Where the source has no outline of its own for a code that a register may hold: a spot stands for it."""
LEFT_OUT = frozenset({"AQ"})
APART = {"Crimea": (34.2, 45.2)}
"""Land, by a point in it, that the source draws with a country to which the General Assembly of the United Nations does
not count it (resolution 68/262). It is drawn as land that has no number of the register."""


@dataclass(frozen=True)
class View:
    """One picture: its projection, its size in units, what is thinned away (in units²), what counts as small."""

    name: str
    about: str
    projection: dict[str, Any]
    width: int
    height: int
    units_a_degree: float
    least_bend: float
    least_island: float
    small: float


VIEWS = (
    View(
        name="europe",
        about="Europe in Lambert's azimuthal equal-area projection, centred on 52° N 10° E",
        projection={
            "type": "azimuthalEqualArea",
            "rotate": [-10, -52],
            "scale": 2030,
            "translate": [745, 815],
        },
        width=1900,
        height=1540,
        units_a_degree=35,
        least_bend=14,
        least_island=60,
        small=1100,
    ),
    View(
        name="world",
        about="The world in the Equal Earth projection",
        projection={"type": "equalEarth", "rotate": [-11, 0], "scale": 368, "translate": [1000, 520]},
        width=2000,
        height=925,
        units_a_degree=6.4,
        least_bend=5,
        least_island=22,
        small=170,
    ),
)


def main(package: Path) -> None:
    atlas = read(package)
    for view in VIEWS:
        target = TARGET / f"map-{view.name}.svg"
        target.write_text(document(view, atlas), encoding="utf-8")
        print(f"{target.name}: {target.stat().st_size // 1024} KiB")


def read(package: Path) -> dict[str, Any]:
    """The topology in the package. Exits when the package is another one."""
    if hashlib.sha256(package.read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{package} is not the package that the outlines are made of (SHA-256 {SHA256}).")
    with tarfile.open(package) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            sys.exit(f"{package} has no {MEMBER}.")
        atlas: dict[str, Any] = json.load(member)
    return atlas


def document(view: View, atlas: dict[str, Any]) -> str:
    """The picture: a path for each country, and in `data-at` where its number stands; `data-small` where none fits."""
    land, countries = [], []
    for code, rings in sorted(drawn(view, atlas).items()):
        text = "".join(map(path_text, rings))
        if not re.fullmatch("[A-Z]{2}", code):
            land.append(f'<path d="{text}"/>')
            continue
        x, y = inmost(max(rings, key=area))
        small = ' data-small=""' if sum(map(area, rings)) < view.small and not cut(rings, view) else ""
        countries.append(f'<path id="{code}" data-at="{x} {y}"{small} d="{text}"/>')
    shapes = "\n".join(['<g id="all">', *land, *countries, "</g>"])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {view.width} {view.height}">\n'
        f"<title>{escape(view.about)}</title>\n<metadata>{escape(SOURCE)}</metadata>\n{shapes}\n</svg>\n"
    )


def lines(atlas: dict[str, Any]) -> Iterator[list[Point]]:
    """The arcs of the topology as degrees of longitude and latitude (TopoJSON 1.0, 2.1.3: steps on a grid)."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        yield line


def thinned(line: list[Point], view: View) -> list[Point]:
    """The line without the bends that enclose too little to be seen; its ends stay (Visvalingam and Whyatt, 1993)."""
    points = list(line)
    flat = [(x * view.units_a_degree * math.cos(math.radians(y)), y * view.units_a_degree) for x, y in points]
    wide, high = (max(values) - min(values) for values in zip(*flat, strict=True))
    if wide * high < 12 * view.least_bend:  # the borders of the smallest countries stay as they are
        return points
    least = 4 if line[0] == line[-1] else 2
    while len(points) > least:
        bends = [triangle(*flat[at - 1 : at + 2]) for at in range(1, len(flat) - 1)]
        smallest = min(range(len(bends)), key=bends.__getitem__)
        if bends[smallest] >= view.least_bend:
            break
        del points[smallest + 1], flat[smallest + 1]
    return points


def triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def drawn(view: View, atlas: dict[str, Any]) -> dict[str, list[list[Point]]]:
    """The rings of each country as Vega-Lite projects and cuts them; those without a code under their names."""
    picture = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": view.width,
        "height": view.height,
        "padding": 0,
        "data": {"values": list(features(view, atlas))},
        "projection": {**view.projection, "clipExtent": [[0, 0], [view.width, view.height]]},
        "mark": {"type": "geoshape"},
        "encoding": {"description": {"field": "properties.code"}},
    }
    svg = vl_convert.vegalite_to_svg(picture, allowed_base_urls=[])
    found: dict[str, list[list[Point]]] = {}
    for path in re.findall(r"<path [^>]*aria-roledescription=\"geoshape\"[^>]*>", svg):
        name, text = re.search(r'aria-label="([^"]*)"', path), re.search(r' d="([^"]*)"', path)
        if name and text:
            found.setdefault(name[1], []).extend(rings_of(text[1]))
    return {code: seen(rings, view) for code, rings in found.items() if rings}


def features(view: View, atlas: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The countries as GeoJSON, thinned for a view, and a spot for each that has no outline."""
    arcs = [thinned(line, view) for line in lines(atlas)]
    for geometry in atlas["objects"]["countries"]["geometries"]:
        code = code_of(geometry)
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        if code in LEFT_OUT:
            continue
        shapes = [[joined(ring, arcs) for ring in polygon] for polygon in polygons]
        for name, spot in APART.items():
            yield from (feature(name, [shape]) for shape in shapes if inside(spot, shape[0]))
            shapes = [shape for shape in shapes if not inside(spot, shape[0])]
        if shapes:
            yield feature(code, shapes)
    for code, (x, y) in SPOTS.items():
        # clockwise: the other way round is all the world but the spot
        corners = [(x, y + 0.1), (x + 0.1, y - 0.1), (x - 0.1, y - 0.1), (x, y + 0.1)]
        yield feature(code, [[corners]])


def feature(code: str, polygons: list[list[list[Point]]]) -> dict[str, Any]:
    shape = {"type": "MultiPolygon", "coordinates": polygons}
    return {"type": "Feature", "properties": {"code": code}, "geometry": shape}


def seen(rings: list[list[Point]], view: View) -> list[list[Point]]:
    """The rings without islands too small to be seen; a country of none but such keeps a speck where it lies."""
    kept = [ring for ring in rings if area(ring) >= view.least_island]
    if kept:
        return kept
    largest = max(rings, key=area)
    if area(largest) > 8:
        return [largest]
    x, y = (round(sum(values) / len(largest)) for values in zip(*largest, strict=True))
    return [[(x, y - 2.0), (x + 2.0, y), (x, y + 2.0), (x - 2.0, y)]]


def cut(rings: list[list[Point]], view: View) -> bool:
    """Whether the frame cuts the country: what is seen of it does not tell how large it is."""
    return any(x in (0, view.width) or y in (0, view.height) for ring in rings for x, y in ring)


def code_of(geometry: dict[str, Any]) -> str:
    """The code of a country by its number (ISO 3166-1, through CLDR), else its name in the source."""
    name = str(geometry["properties"]["name"])
    codes = get_global("territory_aliases").get(geometry.get("id", ""), [NAMED.get(name, "")])
    return str(codes[0]) if continent_of(codes[0]) else name


def joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """A ring of arcs; a negative number is an arc backwards."""
    points: list[Point] = []
    for at in ring:
        line = arcs[at] if at >= 0 else arcs[~at][::-1]
        points += line[1 if points else 0 :]
    return points


def inside(spot: Point, ring: list[Point]) -> bool:
    """Whether a ray from the spot to the east crosses the ring an odd number of times."""
    x, y = spot
    sides = zip(ring, ring[1:] + ring[:1], strict=True)
    return (
        sum(
            (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
            for a, b in sides
        )
        % 2
        == 1
    )


def rings_of(path: str) -> list[list[Point]]:
    """The rings of a path in whole units, without points that fall together."""
    rings: list[list[Point]] = []
    x = y = 0.0
    ring: list[Point] = []
    for command, numbers in re.findall(r"([MLmlZz])([^MLmlZz]*)", path):
        if command in "Zz":
            continue
        values = [float(text) for text in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", numbers)]
        for at, (a, b) in enumerate(zip(values[::2], values[1::2], strict=True)):
            x, y = (x + a, y + b) if command.islower() else (a, b)
            if command in "Mm" and at == 0:
                rings.append(ring := [])
            point = (float(round(x)), float(round(y)))
            if not ring or ring[-1] != point:
                ring.append(point)
    return [ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring for ring in rings]


def path_text(ring: list[Point]) -> str:
    """A ring in the fewest letters: a start, then steps."""
    steps = [f"{int(b[0] - a[0])} {int(b[1] - a[1])}" for a, b in pairwise(ring)]
    return f"M{int(ring[0][0])} {int(ring[0][1])}l{' '.join(steps).replace(' -', '-')}z"


def area(ring: list[Point]) -> float:
    """The area that a ring encloses."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def inmost(ring: list[Point], steps: int = 40) -> tuple[int, int]:
    """The point of a grid over the ring that is farthest from its border: where a number has most room."""
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    low, high = (min(xs), min(ys)), (max(xs), max(ys))
    grid = [
        (low[0] + (high[0] - low[0]) * (i + 0.5) / steps, low[1] + (high[1] - low[1]) * (j + 0.5) / steps)
        for i in range(steps)
        for j in range(steps)
    ]
    inside = [point for point in grid if within(point, ring)] or [(sum(xs) / len(xs), sum(ys) / len(ys))]
    x, y = max(inside, key=lambda point: room(point, ring))
    return round(x), round(y)


def within(point: Point, ring: list[Point]) -> bool:
    x, y = point
    crossings = 0
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        crossings += (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
    return crossings % 2 == 1


def room(point: Point, ring: list[Point]) -> float:
    """How far the nearest border is."""
    x, y = point
    nearest = math.inf
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        dx, dy = bx - ax, by - ay
        along = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / ((dx * dx + dy * dy) or 1)))
        nearest = min(nearest, math.hypot(ax + along * dx - x, ay + along * dy - y))
    return nearest


if __name__ == "__main__":
    main(Path(sys.argv[1]))
