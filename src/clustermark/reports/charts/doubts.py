"""How robust the result is: levels, points, and the indicators that decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clustermark.reports.charts.frame import (
    ACCENT,
    DIAMOND,
    INK,
    UPRIGHT,
    column_of_names,
    frame,
    legend_below,
    named_marks,
    names,
    room_below,
    row_name,
)
from clustermark.reports.section import InfluencePicture, PointsPicture, ProbabilityPicture

PERCENT = {
    "values": [0, 0.2, 0.4, 0.6, 0.8, 1],
    "labelExpr": "round(100 * datum.value) + '\u00a0%'",
    "title": None,
    "domain": False,
    "ticks": False,
}


def probability_chart(picture: ProbabilityPicture, *, width: int, narrow: bool) -> dict[str, Any]:
    """A bar a level, filled for the official one, with the interval as a line and the share in words."""
    left = 90 if narrow else width * 5 // 20
    rows = [
        {
            "name": row.title,
            "share": row.probability,
            "low": row.low,
            "high": row.high,
            "text": row.text,
            "filling": 0.9 if row.official else 0.25,
            "beside": max(row.high, row.probability),
        }
        for row in picture.rows
    ]
    across = {
        "type": "quantitative",
        "scale": {"domain": [0, 1.75 if narrow else 1.3], "nice": False},
        "axis": PERCENT,
    }
    return {
        **frame(width),
        "height": {"step": 30},
        "data": {"values": rows},
        "encoding": {"y": names(left)},
        "layer": [
            {
                "mark": {"type": "bar", "height": 14, "color": ACCENT, "stroke": ACCENT, "strokeWidth": 1},
                "encoding": {
                    "x": {"field": "share", **across},
                    "fillOpacity": {"field": "filling", "type": "quantitative", "scale": None},
                },
            },
            {
                "mark": {"type": "rule", "stroke": INK, "strokeWidth": 1.5},
                "encoding": {"x": {"field": "low", **across}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fill": INK},
                "encoding": {
                    "x": {"field": "beside", **across},
                    "text": {"field": "text", "type": "nominal"},
                },
            },
        ],
    }


def points_chart(
    picture: PointsPicture, words: Mapping[str, str], *, width: int, narrow: bool
) -> dict[str, Any]:
    """The interval of the points as a box with whiskers, the official points, and what levels ask for."""
    marks = {
        words["chart_official"]: ("circle", 120, INK),
        words["chart_draws_median"]: (UPRIGHT, 420, INK),
        words["chart_asked"]: (DIAMOND, 150, "transparent"),
    }
    kinds = list(marks)
    points = [
        *({"kind": kinds[2], "points": cut.needed} for cut in picture.cuts),
        {"kind": kinds[1], "points": picture.median},
        {"kind": kinds[0], "points": picture.official},
    ]
    told = [picture.lowest, picture.highest, picture.official, *(cut.needed for cut in picture.cuts)]
    room = max(0.06 * (max(told) - min(told)), 0.5)
    domain = [max(0.0, min(told) - room), min(max(picture.best, *told), max(told) + room)]
    across = {
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False, "zero": False},
        "axis": {"title": words["points"], "domain": False, "tickCount": 8, "format": "d", "tickMinStep": 1},
    }
    columns = 1 if narrow else 3
    mark, by_kind = named_marks(marks, legend_below(0, 92, columns))
    span = {
        "low": picture.lowest,
        "q1": picture.lower_quartile,
        "q3": picture.upper_quartile,
        "high": picture.highest,
    }
    return {
        **frame(width),
        "padding": room_below(len(marks), columns) | {"left": 8, "right": 8},
        "height": 50,
        "layer": [
            {
                "data": {"values": [span]},
                "mark": {"type": "rule", "stroke": INK, "strokeWidth": 1.5},
                "encoding": {"x": {"field": "low", **across}, "x2": {"field": "high"}},
            },
            {
                "data": {"values": [span]},
                "mark": {"type": "bar", "height": 20, "color": ACCENT, "opacity": 0.45},
                "encoding": {"x": {"field": "q1", **across}, "x2": {"field": "q3"}},
            },
            {
                "data": {"values": points},
                "mark": mark,
                "encoding": {"x": {"field": "points", **across}, **by_kind},
            },
        ],
    }


def influence_chart(
    picture: InfluencePicture, words: Mapping[str, str], *, width: int, narrow: bool
) -> dict[str, Any]:
    """A row an indicator: its share alone and with others, each with its interval."""
    left = column_of_names(width, narrow=narrow)
    columns = 1 if narrow else 2
    marks = {
        words["chart_first"]: ("circle", 70, "transparent"),
        words["chart_total"]: ("circle", 80, ACCENT),
    }
    first, total = marks
    points: list[dict[str, Any]] = []
    for row in picture.rows:
        name = row_name(row.code, row.title, narrow=narrow)
        points += [
            {"name": name, "kind": first, "index": row.first, "low": row.first_low, "high": row.first_high},
            {"name": name, "kind": total, "index": row.total, "low": row.total_low, "high": row.total_high},
        ]
    largest = max((point["high"] for point in points), default=1.0)
    smallest = min((point["low"] for point in points), default=0.0)
    across = {
        "type": "quantitative",
        "scale": {"domain": [min(0.0, smallest), max(largest, 0.1)], "nice": True},
        "axis": {
            "labelExpr": "round(100 * datum.value) + '\u00a0%'",
            "title": None,
            "domain": False,
            "ticks": False,
            "tickCount": 5,
        },
    }
    mark, by_kind = named_marks(marks, legend_below(left, 30 * len(picture.rows) + 32, columns))
    lanes = []
    for kind, offset in ((first, -5), (total, 5)):
        own = [point for point in points if point["kind"] == kind]
        lanes += [
            {
                "data": {"values": own},
                "mark": {"type": "rule", "stroke": INK, "strokeWidth": 1.2, "yOffset": offset},
                "encoding": {"x": {"field": "low", **across}, "x2": {"field": "high"}},
            },
            {
                "data": {"values": own},
                "mark": {**mark, "yOffset": offset},
                "encoding": {"x": {"field": "index", **across}, **by_kind},
            },
        ]
    return {
        **frame(width),
        "padding": room_below(len(marks), columns),
        "height": {"step": 30},
        "encoding": {"y": names(left)},
        "layer": lanes,
    }
