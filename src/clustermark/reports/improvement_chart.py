"""The timeline of a plan as a Vega-Lite specification: a row an indicator, months across."""

from __future__ import annotations

from typing import Any

from clustermark.analysis.improvement.result import Plan
from clustermark.reports.charts import ACCENT, frame, names_axis

YEAR = 12


def timeline_chart(plan: Plan, *, title: str, width: int = 640, narrow: bool = False) -> dict[str, Any]:
    """When work on each indicator begins and ends, in months from the start of the plan.

    `title` says what the months are, in the report's language. `width` is in pixels and includes the names;
    `narrow` shows codes without titles, for small screens.
    """
    last = -(-max(plan.months, 1) // YEAR) * YEAR
    rows = [
        {"name": bar.code if narrow else f"{bar.code}  {bar.title}", "start": bar.start, "end": bar.end}
        for bar in plan.timeline
    ]
    name = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": names_axis(50 if narrow else width * 9 // 20),
    }
    months = {
        "field": "start",
        "type": "quantitative",
        "scale": {"domain": [0, last], "nice": False},
        "axis": {
            "values": list(range(0, last + 1, 3 if last <= 2 * YEAR else YEAR)),
            "format": "d",
            "orient": "top",
            "title": title,
            "domain": False,
            "ticks": False,
        },
    }
    return {
        **frame(width),
        "height": {"step": 22},
        "data": {"values": rows},
        "mark": {"type": "bar", "height": 12, "color": ACCENT},
        "encoding": {"y": name, "x": months, "x2": {"field": "end"}},
    }
