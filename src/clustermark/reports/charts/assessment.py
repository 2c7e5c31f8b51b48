"""The pictures of the assessment itself: required against reached, and the share of each dimension."""

from __future__ import annotations

from typing import Any

from clustermark.reports.charts.frame import ACCENT, CROSS, DIAMOND, INK, ROW, UPRIGHT, frame, names_axis
from clustermark.reports.model import IndicatorBlock, Report

SHAPES: dict[str, tuple[str, int, str]] = {
    "excellence": (DIAMOND, 130, "transparent"),
    "required": (UPRIGHT, 190, INK),
    "above": ("triangle-up", 75, ACCENT),
    "met": ("circle", 75, ACCENT),
    "below": ("triangle-down", 75, "transparent"),
    "missed": (CROSS, 90, INK),
    "not_evidenced": ("circle", 75, "transparent"),
    "no_requirement": ("square", 60, ACCENT),
}
"""Shape, area in square pixels and filling of each mark, back to front."""


def indicator_chart(report: Report, *, width: int = 640, narrow: bool = False) -> dict[str, Any]:
    """Required against reached as a Vega-Lite specification: a row an indicator, bands across.

    `width` is in pixels and includes the names; `narrow` shows codes without titles, for small screens.
    """
    blocks = [block for block in report.indicators if block.bands]
    best = max((block.bands for block in blocks), default=5)
    kinds = _kinds(report, blocks)
    columns = 1 if narrow else 2
    names = 50 if narrow else width * 9 // 20
    name = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": names_axis(names),
    }
    position = {
        "field": "band",
        "type": "quantitative",
        "scale": {"domain": [-0.25, best + 0.25], "nice": False, "zero": False},
        "axis": {
            "values": list(range(best + 1)),
            "format": "d",
            "orient": "top",
            "title": report.words["band"],
            "domain": False,
            "ticks": False,
        },
    }
    legend = {
        "title": None,
        "orient": "none",
        "legendX": -names,
        "legendY": ROW * len(blocks) + 14,
        "columns": columns,
        "labelLimit": 0,
        "symbolStrokeWidth": 1.2,
    }
    by_kind = {"field": "kind", "type": "nominal", "legend": legend}
    shapes, areas, fillings = zip(*(SHAPES[kind] for kind in kinds), strict=True)
    domain = list(kinds.values())
    return {
        **frame(width),
        "padding": {"left": 2, "top": 2, "right": 2, "bottom": 18 + 18 * -(-len(kinds) // columns)},
        "height": {"step": ROW},
        "encoding": {"y": name},
        "layer": [
            {
                "data": {
                    "values": [
                        {"name": _name(block, narrow=narrow), "band": block.band or 0} for block in blocks
                    ]
                },
                "mark": {"type": "bar", "height": 5, "color": ACCENT, "opacity": 0.4},
                "encoding": {"x": position, "x2": {"datum": 0}},
            },
            {
                "data": {"values": _points(blocks, kinds, narrow=narrow)},
                "mark": {"type": "point", "stroke": INK, "strokeWidth": 1.2, "opacity": 1},
                "encoding": {
                    "x": position,
                    "shape": {**by_kind, "scale": {"type": "ordinal", "domain": domain, "range": shapes}},
                    "size": {**by_kind, "scale": {"type": "ordinal", "domain": domain, "range": areas}},
                    "fill": {**by_kind, "scale": {"type": "ordinal", "domain": domain, "range": fillings}},
                },
            },
        ],
    }


def dimension_chart(report: Report, *, width: int = 640, narrow: bool = False) -> dict[str, Any]:
    """The share of the most points that each dimension reached, in per cent, as a Vega-Lite specification."""
    rows = [
        {
            "name": row.code if narrow else f"{row.code} {row.title}",
            "share": float(row.share.value),
            "text": row.share.text,
        }
        for row in report.dimensions
        if row.share.value is not None
    ]
    name = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": names_axis(50 if narrow else width * 9 // 20),
    }
    share = {
        "field": "share",
        "type": "quantitative",
        "scale": {"domain": [0, 110], "nice": False},
        "axis": {
            "values": [0, 20, 40, 60, 80, 100],
            "labelExpr": "datum.label + '\u00a0%'",
            "title": None,
            "domain": False,
            "ticks": False,
        },
    }
    return {
        **frame(width),
        "height": {"step": 26},
        "data": {"values": rows},
        "encoding": {"y": name, "x": share},
        "layer": [
            {"mark": {"type": "bar", "height": 11, "color": ACCENT}},
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "fill": INK},
                "encoding": {"text": {"field": "text", "type": "nominal"}},
            },
        ],
    }


def _name(block: IndicatorBlock, *, narrow: bool) -> str:
    return block.code if narrow else f"{block.code}  {block.title}"


def _kinds(report: Report, blocks: list[IndicatorBlock]) -> dict[str, str]:
    """The kinds of mark that occur, with their words."""
    present = {"excellence", "required", *(block.status for block in blocks)}
    examples = {
        "excellence": any(block.excellence.example for block in blocks),
        "required": any(block.required.example for block in blocks),
    }
    return {
        kind: report.words[f"chart_{kind}"] + (f" {report.example_sign}" if examples.get(kind) else "")
        for kind in SHAPES
        if kind in present
    }


def _points(blocks: list[IndicatorBlock], kinds: dict[str, str], *, narrow: bool) -> list[dict[str, Any]]:
    """One mark each: the order of the rows is the order of drawing."""
    marks = []
    for block in blocks:
        bands = {
            "excellence": block.excellence_band,
            "required": block.required_band,
            block.status: block.band or 0,
        }
        name = _name(block, narrow=narrow)
        marks += [
            {"name": name, "kind": kinds[kind], "band": band}
            for kind, band in bands.items()
            if band is not None
        ]
    return marks
