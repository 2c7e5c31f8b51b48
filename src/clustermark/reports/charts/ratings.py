"""What each voice gave each rated indicator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clustermark.reports.charts.frame import (
    ACCENT,
    CROSS,
    DIAMOND,
    INK,
    column_of_names,
    frame,
    legend_below,
    named_marks,
    names,
    room_below,
    row_name,
)
from clustermark.reports.section import RatingsPicture

EXPERTS: tuple[tuple[str, int, str], ...] = (
    ("circle", 80, ACCENT),
    ("triangle-up", 80, "transparent"),
    ("square", 70, INK),
    (CROSS, 90, ACCENT),
    ("triangle-down", 80, ACCENT),
    ("square", 70, "transparent"),
)
"""Shape, area and filling of the experts' marks, in their order; a panel has two, seldom more."""
CONSENSUS = (DIAMOND, 330, "transparent")
APART = 0.17
"""How far marks of one rating stand apart, in steps of the scale, so that none hides another."""
STEP = 24


def ratings_chart(
    picture: RatingsPicture, words: Mapping[str, str], *, width: int, narrow: bool
) -> dict[str, Any]:
    """A row an indicator: a mark for each expert, the last voice (the consensus) as an open diamond."""
    left = column_of_names(width, narrow=narrow)
    columns = 1 if narrow else 3
    *experts, consensus = picture.voices
    marks = {voice: EXPERTS[place % len(EXPERTS)] for place, voice in enumerate(experts)}
    marks = {consensus: CONSENSUS, **marks}
    points: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for row in picture.rows:
        name = row_name(row.code, row.title, narrow=narrow)
        given = [rating for rating in row.ratings[:-1] if rating is not None]
        if given:
            lines.append({"name": name, "from": min(given), "to": max(given)})
        # the consensus first: it is drawn behind the experts
        for place in (len(experts), *range(len(experts))):
            rating = row.ratings[place]
            if rating is not None:
                aside = 0.0 if place == len(experts) else APART * (place - (len(experts) - 1) / 2)
                points.append({"name": name, "kind": picture.voices[place], "rating": rating + aside})
    axis = {
        "values": list(range(picture.low, picture.high + 1)),
        "format": "d",
        "orient": "top",
        "title": words["rating"],
        "domain": False,
        "ticks": False,
    }
    scale = {"domain": [picture.low - 0.4, picture.high + 0.4], "nice": False, "zero": False}
    place = {"type": "quantitative", "scale": scale, "axis": axis}
    mark, by_kind = named_marks(marks, legend_below(left, STEP * len(picture.rows) + 14, columns))
    return {
        **frame(width),
        "padding": room_below(len(marks), columns),
        "height": {"step": STEP},
        "encoding": {"y": names(left)},
        "layer": [
            {
                "data": {"values": lines},
                "mark": {"type": "bar", "height": 4, "color": ACCENT, "opacity": 0.4},
                "encoding": {"x": {"field": "from", **place}, "x2": {"field": "to"}},
            },
            {
                "data": {"values": points},
                "mark": mark,
                "encoding": {"x": {"field": "rating", **place}, **by_kind},
            },
        ],
    }
