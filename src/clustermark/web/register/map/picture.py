"""A map with counts: which country is how dark, and a disc with its number on each.

The disc says in figures what the shade says in depth; its ring is divided by level, and the higher the level, the
broader its part, so that nothing rests on colour. Everything is also in the name of the disc's link and in a table.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from django.utils.translation import ngettext

from clustermark.ground.texts import number
from clustermark.register.places import continent_of, place_name
from clustermark.web.register.map.outlines import Outlines, View, outlines
from clustermark.web.register.templatetags.certificates import level_text

SHADES = 4
"""Depths of shade; each begins at a third of the next one's end."""
LEVELS = ("gold", "silver", "bronze")
"""In the order of a ring, clockwise from the top; other levels follow."""
BREADTHS = {"gold": 5.0, "silver": 3.5, "bronze": 2.0, "other": 2.0}
"""How broad the parts of a ring are, in pixels: the higher the level, the broader."""
EUROPE = "150"
"""Its code in UN M49."""
HEART_OF_EUROPE = "CZ"
"""Where its sum stands on the map of the world."""
ROUNDS = 60
"""How often discs that overlap are pushed apart, at most."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a country has: its number, of which by level (or none told), and where the rows are."""

    country: str
    name: str
    count: int
    address: str
    levels: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a ring: `length` of the disc's count after `before` of it; `kind` names its look."""

    kind: str
    length: int
    before: int
    radius: float
    width: float


@dataclass(frozen=True, slots=True)
class Disc:
    """A country with its number; `x` and `y` are beside its spot where discs would cover each other."""

    counted: Counted
    x: float
    y: float
    radius: float
    spot: tuple[float, float]
    parts: tuple[Part, ...]

    @property
    def away(self) -> bool:
        """Whether a line must lead to the country."""
        return math.dist((self.x, self.y), self.spot) > self.radius * 0.6

    @property
    def words(self) -> str:
        """The name of the link: country, number, and the number of each level."""
        n = self.counted.count
        words = ngettext("{country}: {n} certificate", "{country}: {n} certificates", n).format(
            country=self.counted.name, n=number(n)
        )
        levels = [f"{level_text(level)} {number(count)}" for level, count in self.counted.levels.items()]
        return f"{words} ({', '.join(levels)})" if levels else words


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a view that a page shows at a width: `wide` for screens, `narrow` for phones.

    `unit` is how many units of the view a pixel takes at the frame's usual width. `shows_small`: a circle marks small
    countries without a number too; a world full of circles for islands would say nothing.
    """

    name: str
    x: float
    y: float
    width: float
    height: float
    unit: float
    shows_small: bool
    discs: tuple[Disc, ...] = ()
    empty: tuple[tuple[float, float], ...] = ()

    @property
    def box(self) -> str:
        """The frame as SVG names it."""
        return f"{self.x:g} {self.y:g} {self.width:g} {self.height:g}"

    @property
    def text(self) -> float:
        """The size of figures, in units: 12 pixels."""
        return round(12 * self.unit, 1)

    @property
    def dot(self) -> float:
        """The radius of the circle of a small country without a number."""
        return round(4 * self.unit, 1)


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the legend: what a shade stands for."""

    shade: int
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A map: its file of outlines, its frames, its legend, and what it cannot show (`beyond`)."""

    view: View
    file: str
    shaded: tuple[tuple[Counted, int], ...]
    frames: tuple[Frame, ...]
    steps: tuple[Step, ...]
    levels: tuple[str, ...]
    beyond: tuple[Counted, ...]


FRAMES: Mapping[View, tuple[Frame, ...]] = {
    "europe": (
        Frame("wide", 0, 0, 1900, 1540, 2.0, shows_small=True),
        Frame("narrow", 170, 260, 1200, 1240, 3.35, shows_small=True),
    ),
    "world": (
        Frame("wide", 180, 30, 1640, 880, 1.75, shows_small=False),
        Frame("narrow", 300, 30, 1440, 880, 4.0, shows_small=False),
    ),
}


def picture(counted: Sequence[Counted], view: View, *, europe: str) -> Picture:
    """The map of what was counted; the deepest shade and the largest disc for the most.

    The world has no room for the discs of Europe's countries: one disc has their sum and leads to `europe`.
    """
    drawn = outlines(view)
    ends = shade_ends(max((one.count for one in counted), default=0))
    inside = [one for one in counted if one.country in drawn.spots]
    numbered = inside if view == "europe" else _europe_as_one(inside, europe)
    return Picture(
        view=view,
        file=drawn.file,
        shaded=tuple((one, _shade(one, ends)) for one in inside if one.count),
        frames=tuple(_filled(frame, numbered, drawn) for frame in FRAMES[view]),
        steps=tuple(_steps(ends)),
        levels=ordered({level for one in counted for level in one.levels}),
        beyond=tuple(one for one in counted if one.country not in drawn.spots),
    )


def view_of(counted: Sequence[Counted]) -> View:
    """Europe where most lie there, else the world."""
    europe = outlines("europe").spots
    inside = sum(one.count for one in counted if one.country in europe)
    return "europe" if 2 * inside >= sum(one.count for one in counted) else "world"


def ordered(levels: set[str]) -> tuple[str, ...]:
    """Levels as a ring has them: gold, silver, bronze, then others by name."""
    return tuple(
        sorted(levels, key=lambda level: (LEVELS.index(level) if level in LEVELS else len(LEVELS), level))
    )


def shade_ends(most: int) -> tuple[int, ...]:
    """The largest count of each shade, lightest first: the most, a third of it, a third of that, and once more.

    Counts by country are spread over several orders of size; equal steps would leave all but one country pale.
    """
    return tuple(sorted({-(-most // 3**power) for power in range(SHADES)})) if most else ()


def _steps(ends: tuple[int, ...]) -> list[Step]:
    starts = (1, *(end + 1 for end in ends))
    deepest = SHADES - len(ends)
    return [
        Step(
            deepest + at + 1,
            number(end) if start == end else f"{number(start)}–{number(end)}",
        )
        for at, (start, end) in enumerate(zip(starts, ends, strict=False))
    ]


def _shade(one: Counted, ends: tuple[int, ...]) -> int:
    return SHADES - len(ends) + 1 + next(at for at, end in enumerate(ends) if one.count <= end)


def _europe_as_one(counted: Sequence[Counted], address: str) -> list[Counted]:
    within = [one for one in counted if continent_of(one.country) == EUROPE]
    levels = {
        level: sum(one.levels.get(level, 0) for one in within)
        for level in ordered({level for one in within for level in one.levels})
    }
    whole = Counted(EUROPE, place_name(EUROPE), sum(one.count for one in within), address, levels)
    return [whole, *(one for one in counted if one not in within)]


def _filled(frame: Frame, counted: Sequence[Counted], drawn: Outlines) -> Frame:
    most = max((one.count for one in counted), default=0)
    discs = apart([_disc(frame, one, drawn, most) for one in counted if one.count], frame)
    with_number = {one.country for one in counted if one.count}
    empty = tuple(
        (spot.x, spot.y)
        for country, spot in drawn.spots.items()
        if spot.small and country not in with_number and _holds(frame, spot.x, spot.y)
    )
    return replace(frame, discs=tuple(discs), empty=empty if frame.shows_small else ())


def _holds(frame: Frame, x: float, y: float) -> bool:
    return frame.x < x < frame.x + frame.width and frame.y < y < frame.y + frame.height


def _disc(frame: Frame, one: Counted, drawn: Outlines, most: int) -> Disc:
    spot = drawn.spots[HEART_OF_EUROPE if one.country == EUROPE else one.country]
    radius = frame.unit * (14 + 11 * math.sqrt(one.count / most))
    x, y = _within(frame, spot.x, spot.y, radius)
    return Disc(one, x, y, round(radius, 1), (x, y), tuple(_parts(one, radius, frame.unit)))


def _parts(one: Counted, radius: float, unit: float) -> Iterator[Part]:
    """The ring within the edge of a disc."""
    before = 0
    for level in ordered(set(one.levels)):
        kind = level if level in LEVELS else "other"
        breadth = BREADTHS[kind] * unit
        yield Part(kind, one.levels[level], before, round(radius - unit - breadth / 2, 1), round(breadth, 1))
        before += one.levels[level]


def _within(frame: Frame, x: float, y: float, radius: float) -> tuple[float, float]:
    """The point itself, or the nearest at which the disc is in the frame whole."""
    room = radius * 1.1
    return (
        round(min(max(x, frame.x + room), frame.x + frame.width - room), 1),
        round(min(max(y, frame.y + room), frame.y + frame.height - room), 1),
    )


def apart(discs: Sequence[Disc], frame: Frame) -> list[Disc]:
    """The discs pushed apart until none covers another, as little as that needs; within the frame."""
    places = [[disc.x, disc.y] for disc in discs]
    rooms = [disc.radius * 1.06 for disc in discs]
    for _round in range(ROUNDS):
        touched = False
        for one, other in combinations(range(len(discs)), 2):
            (ax, ay), (bx, by) = places[one], places[other]
            least = rooms[one] + rooms[other]
            if abs(ax - bx) >= least or abs(ay - by) >= least:
                continue
            far = math.hypot(bx - ax, by - ay)
            if far >= least - 0.01:
                continue
            touched = True
            dx, dy = ((bx - ax) / far, (by - ay) / far) if far else (1.0, 0.0)
            push = (least - far) / 2
            places[one] = [ax - dx * push, ay - dy * push]
            places[other] = [bx + dx * push, by + dy * push]
        if not touched:
            break
        places = [list(_within(frame, x, y, disc.radius)) for (x, y), disc in zip(places, discs, strict=True)]
    return [replace(disc, x=round(x, 1), y=round(y, 1)) for disc, (x, y) in zip(discs, places, strict=True)]
