"""When each step of a plan begins and ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clustermark.reports.charts.frame import ACCENT, INK, column_of_names, frame, names, row_name
from clustermark.reports.section import TimelinePicture

YEAR = 12


def timeline_chart(
    picture: TimelinePicture, words: Mapping[str, str], *, width: int, narrow: bool
) -> dict[str, Any]:
    """A bar a step, from the month it begins to the month it is done; years under a stronger line."""
    rows = [
        {
            "name": row_name(row.code, row.title, narrow=narrow),
            "from": row.start,
            "to": row.end,
            "text": row.text,
        }
        for row in picture.rows
    ]
    months = max(picture.months, 1)
    every = next(step for step in (1, 2, 3, 6, 12) if months / step <= 12 or step == YEAR)
    across = {
        "type": "quantitative",
        "scale": {"domain": [0, months * (1.3 if narrow else 1.2)], "nice": False},
        "axis": {
            "values": list(range(0, months + 1, every)),
            "format": "d",
            "orient": "top",
            "title": words["chart_months"],
            "domain": False,
            "ticks": False,
        },
    }
    years = [{"month": month} for month in range(YEAR, months + 1, YEAR)]
    return {
        **frame(width),
        "height": {"step": 26},
        "layer": [
            {
                "data": {"values": years},
                "mark": {"type": "rule", "stroke": INK, "strokeDash": [3, 3], "opacity": 0.6},
                "encoding": {"x": {"field": "month", **across}},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "bar", "height": 13, "color": ACCENT, "cornerRadius": 2},
                "encoding": {
                    "y": names(column_of_names(width, narrow=narrow)),
                    "x": {"field": "from", **across},
                    "x2": {"field": "to"},
                },
            },
            {
                "data": {"values": rows},
                "mark": {"type": "text", "align": "left", "dx": 5, "fill": INK},
                "encoding": {
                    "y": names(column_of_names(width, narrow=narrow)),
                    "x": {"field": "to", **across},
                    "text": {"field": "text", "type": "nominal"},
                },
            },
        ],
    }
