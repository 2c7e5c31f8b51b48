"""What all pictures share: size, typeface, shapes, and ink that follows the page.

One specification serves page and paper. Lines and texts take `currentColor`, so that they follow the page
into a dark theme; what differs in meaning differs in shape and filling, so nothing rests on colour alone.
"""

from __future__ import annotations

from typing import Any

from clustermark.ground.fonts import FAMILY

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
INK = "currentColor"
ROW = 19
"""Height of an indicator's row in pixels."""
ACCENT = "#3a7ca5"
"""At least 3 : 1 against white and against the dark theme's ground, as graphics need (WCAG 2.2, 1.4.11)."""

CROSS = "M-.9-.6 L-.6-.9 L0-.3 L.6-.9 L.9-.6 L.3 0 L.9.6 L.6.9 L0 .3 L-.6.9 L-.9.6 L-.3 0Z"
UPRIGHT = "M-.17-1 L.17-1 L.17 1 L-.17 1Z"
DIAMOND = "M0-1 L1 0 L0 1 L-1 0Z"


def frame(width: int) -> dict[str, Any]:
    """What all charts share: size, typeface, and ink that follows the page."""
    axis = {
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": INK,
        "gridOpacity": 0.18,
        "labelFontSize": 12,
        "titleFontSize": 12,
    }
    return {
        "$schema": SCHEMA,
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 2,
        "background": None,
        "config": {
            "aria": False,  # the page and the PDF give one text for the whole picture
            "font": FAMILY,
            "view": {"stroke": None},
            "axis": {**axis, "titleFontWeight": "normal"},
            "axisY": {"grid": False},
            "legend": {
                "labelColor": INK,
                "labelFontSize": 12,
                "columnPadding": 24,
                "rowPadding": 4,
            },
            "text": {"fontSize": 12},
        },
    }


def names_axis(width: int) -> dict[str, Any]:
    """Names in a column of `width` pixels, flush left; what does not fit ends in an ellipsis."""
    return {
        "labelAlign": "left",
        "labelPadding": width,
        "labelLimit": width - 8,
        "minExtent": width,
        "maxExtent": width,
        "domain": False,
        "ticks": False,
    }


def names(width: int) -> dict[str, Any]:
    """The encoding of rows by their `name`, in the order of the data."""
    return {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": names_axis(width)}


def column_of_names(width: int, *, narrow: bool) -> int:
    """How many pixels of a picture its names take."""
    return 50 if narrow else width * 9 // 20


def row_name(code: str, title: str, *, narrow: bool) -> str:
    """A row's name; on small screens its code alone, where it has one."""
    return code if narrow and code else f"{code}  {title}".strip()


def named_marks(
    marks: dict[str, tuple[str, int, str]], place: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Mark and encoding of points whose field `kind` says what they are.

    `marks`: words → shape, area in square pixels and filling; `place` positions their legend below the picture.
    """
    by_kind = {"field": "kind", "type": "nominal", "legend": place}
    domain = list(marks)
    encoding = {
        channel: {**by_kind, "scale": {"type": "ordinal", "domain": domain, "range": list(values)}}
        for channel, values in zip(("shape", "size", "fill"), zip(*marks.values(), strict=True), strict=True)
    }
    return {"type": "point", "stroke": INK, "strokeWidth": 1.2, "opacity": 1}, encoding


def legend_below(left: int, height: int, columns: int) -> dict[str, Any]:
    """A legend `height` pixels below the top of the plot, starting `left` pixels before it."""
    return {
        "title": None,
        "orient": "none",
        "legendX": -left,
        "legendY": height,
        "columns": columns,
        "labelLimit": 0,
        "symbolStrokeWidth": 1.2,
    }


def room_below(entries: int, columns: int) -> dict[str, int]:
    """The padding that leaves room for a legend of so many entries."""
    return {"left": 2, "top": 2, "right": 2, "bottom": 18 + 18 * -(-entries // columns)}
