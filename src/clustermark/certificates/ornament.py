"""The fine lines of the certificate (guilloche): a frame of interlaced waves and a rosette, as SVG.

They are drawn from a few sines, so every certificate of a level looks alike and prints sharp at any size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from math import cos, pi, sin

Point = tuple[float, float]


@lru_cache(maxsize=16)
def frame(width: float, height: float, depth: float, colour: str) -> str:
    """A frame of two braided bands, `depth` wide, within `width` × `height` (all in millimetres)."""
    inset = depth / 2
    across, down = width - 2 * inset, height - 2 * inset
    lines = []
    for strand in range(5):
        phase = 2 * pi * strand / 5
        points = list(_around(across, down, inset, depth * 0.36, phase))
        lines.append(_path(points, colour, 0.12, closed=True))
    lines += [
        f'<rect x="{gap:.2f}" y="{gap:.2f}" width="{width - 2 * gap:.2f}" height="{height - 2 * gap:.2f}" '
        f'fill="none" stroke="{colour}" stroke-width="0.22"/>'
        for gap in (0.2, depth)
    ]
    return _svg(width, height, lines)


@lru_cache(maxsize=16)
def rosette(size: float, colour: str) -> str:
    """Three rings of interlaced petals within a square of `size` millimetres."""
    middle, steps, lines = size / 2, 480, []
    for radius, swing, petals, strands in ((0.86, 0.11, 24, 6), (0.60, 0.14, 16, 6), (0.30, 0.15, 12, 4)):
        for strand in range(strands):
            phase = 2 * pi * strand / strands
            points = [
                _polar(middle, middle * (radius + swing * sin(petals * turn + phase)), turn)
                for turn in (2 * pi * step / steps for step in range(steps))
            ]
            lines.append(_path(points, colour, 0.11, closed=True))
    return _svg(size, size, lines)


def _around(across: float, down: float, inset: float, swing: float, phase: float) -> Iterator[Point]:
    """A wave along the four sides; whole waves on each side, so that corners meet."""
    sides: tuple[tuple[float, Callable[[float, float], Point]], ...] = (
        (across, lambda t, d: (inset + t, inset - d)),
        (down, lambda t, d: (inset + across + d, inset + t)),
        (across, lambda t, d: (inset + across - t, inset + down + d)),
        (down, lambda t, d: (inset - d, inset + down - t)),
    )
    for length, place in sides:
        waves = max(1, round(length / 9.0))
        steps = waves * 14
        for step in range(steps):
            share = step / steps
            yield place(share * length, swing * sin(2 * pi * waves * share + phase))


def _polar(middle: float, radius: float, turn: float) -> Point:
    return middle + radius * cos(turn), middle + radius * sin(turn)


def _path(points: list[Point], colour: str, stroke: float, *, closed: bool) -> str:
    drawn = "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
    return (
        f'<path d="M{drawn}{"Z" if closed else ""}" fill="none" stroke="{colour}" stroke-width="{stroke}"/>'
    )


def _svg(width: float, height: float, lines: list[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}">{"".join(lines)}</svg>'
    )
