"""The pictures of an audit as Vega-Lite specifications: what differs in meaning differs in shape or number."""

from __future__ import annotations

from typing import Any

from clustermark.analysis.audit.parts import BunchingRow, Correlations, RankGroup, WeightRow
from clustermark.reports.charts.frame import ACCENT, INK, ROW, UPRIGHT, frame, names_axis

CELL = 20
"""Side of a cell of the heat map in pixels."""


def correlation_chart(correlations: Correlations, dimension_of: dict[str, str]) -> dict[str, Any]:
    """Pearson correlations below the diagonal, each with its number in hundredths; own dimension framed."""
    codes, cells = correlations.codes, []
    for a, row in enumerate(correlations.pearson):
        for b, value in enumerate(row[:a]):
            if value is None:
                continue
            cells.append(
                {
                    "a": codes[a],
                    "b": codes[b],
                    "size": abs(value),
                    "text": f"{100 * value:.0f}".replace("-", "−").replace("−0", "0"),
                    "dark": abs(value) > 0.55,
                    "own": dimension_of[codes[a]] == dimension_of[codes[b]],
                }
            )
    axis = {"title": None, "domain": False, "ticks": False, "labelFontSize": 10}
    across = {
        "field": "b",
        "type": "nominal",
        "sort": codes,
        "axis": {**axis, "orient": "bottom", "labelAngle": -90},
    }
    down = {"field": "a", "type": "nominal", "sort": codes, "axis": axis}
    return {
        **frame(640),
        "height": CELL * len(codes),
        "data": {"values": cells},
        "encoding": {
            "x": {**across, "scale": {"domain": codes[:-1], "padding": 0.06}},
            "y": {**down, "scale": {"domain": codes[1:], "padding": 0.06}},
        },
        "layer": [
            {
                "mark": {"type": "rect"},
                "encoding": {
                    "color": {
                        "field": "size",
                        "type": "quantitative",
                        "scale": {"domain": [0, 1], "range": ["#ffffff", "#1f4e6b"], "interpolate": "rgb"},
                        "legend": None,
                    },
                    "stroke": {
                        "condition": {"test": "datum.own", "value": "#000000"},
                        "value": "#c9d2d9",
                    },
                    "strokeWidth": {"condition": {"test": "datum.own", "value": 1}, "value": 0.4},
                },
            },
            {
                "mark": {"type": "text", "fontSize": 9, "baseline": "middle"},
                "encoding": {
                    "text": {"field": "text", "type": "nominal"},
                    "color": {"condition": {"test": "datum.dark", "value": "white"}, "value": "black"},
                },
            },
        ],
    }


def weight_chart(rows: list[WeightRow], names: dict[str, str], words: dict[str, str]) -> dict[str, Any]:
    """Nominal and effective weight of each row in per cent: a stroke and a dot, joined by a line."""
    shown = [row for row in rows if row.effective is not None]
    lines = [
        {"name": names[row.code], "from": 100 * row.nominal, "to": 100 * (row.effective or 0)}
        for row in shown
    ]
    kinds = [words["nominal_weight"], words["effective_weight"]]
    marks = [{"name": line["name"], "kind": kinds[0], "share": line["from"]} for line in lines]
    marks += [{"name": line["name"], "kind": kinds[1], "share": line["to"]} for line in lines]
    name = {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": names_axis(290)}
    scale = {"zero": True, "nice": True}
    axis = {
        "labelExpr": "datum.label + '\u00a0%'",
        "tickCount": 6,
        "title": None,
        "domain": False,
        "ticks": False,
        "orient": "top",
    }
    by_kind = {
        "field": "kind",
        "type": "nominal",
        "legend": {"title": None, "orient": "bottom", "columns": 2, "labelLimit": 0},
    }
    return {
        **frame(640),
        "height": {"step": ROW},
        "encoding": {"y": name},
        "layer": [
            {
                "data": {"values": lines},
                "mark": {"type": "rule", "stroke": INK, "opacity": 0.5},
                "encoding": {
                    "x": {"field": "from", "type": "quantitative", "scale": scale, "axis": axis},
                    "x2": {"field": "to"},
                },
            },
            {
                "data": {"values": marks},
                "mark": {"type": "point", "stroke": INK, "strokeWidth": 1.2, "opacity": 1},
                "encoding": {
                    "x": {"field": "share", "type": "quantitative", "scale": scale, "axis": axis},
                    "shape": {**by_kind, "scale": {"domain": kinds, "range": [UPRIGHT, "circle"]}},
                    "size": {**by_kind, "scale": {"domain": kinds, "range": [170, 70]}},
                    "fill": {**by_kind, "scale": {"domain": kinds, "range": [INK, ACCENT]}},
                },
            },
        ],
    }


def rank_chart(groups: list[RankGroup], words: dict[str, str]) -> dict[str, Any]:
    """Where the scenarios put groups of neighbours: a bar from low to high, a stroke at the median."""
    rows = [
        {
            "group": f"{group.first_rank}–{group.last_rank}",
            "low": group.low,
            "mid": group.median,
            "high": group.high,
        }
        for group in groups
    ]
    group = {
        "field": "group",
        "type": "nominal",
        "sort": None,
        "axis": {"title": words["nominal_ranks"], "labelAngle": -90, "domain": False, "ticks": False},
    }
    shift = {
        "type": "quantitative",
        "axis": {"title": words["rank_shift"], "domain": False, "ticks": False, "grid": True},
    }
    return {
        **frame(640),
        "height": 250,
        "data": {"values": rows},
        "encoding": {"x": group},
        "layer": [
            {
                "mark": {"type": "rule", "stroke": INK, "strokeWidth": 1},
                "encoding": {"y": {"datum": 0}, "x": None},
            },
            {
                "mark": {"type": "bar", "width": 11, "color": ACCENT, "opacity": 0.55},
                "encoding": {"y": {"field": "low", **shift}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "tick", "thickness": 2.5, "width": 17, "color": INK},
                "encoding": {"y": {"field": "mid", **shift}},
            },
        ],
    }


def bunching_chart(row: BunchingRow, words: dict[str, str]) -> dict[str, Any]:
    """Eight bins beside a cut, worse to better; those that reach it are filled, a hidden count is a sign."""
    bins = [
        {"bin": place, "count": count, "side": words["reaches_cut" if place > 0 else "misses_cut"]}
        for place, count in zip((-4, -3, -2, -1, 1, 2, 3, 4), row.bins, strict=True)
    ]
    sides = [words["misses_cut"], words["reaches_cut"]]
    place = {
        "field": "bin",
        "type": "ordinal",
        "axis": {"title": words["bins_from_cut"], "labelAngle": 0, "domain": False, "ticks": False},
    }
    side = {
        "field": "side",
        "type": "nominal",
        "legend": {"title": None, "orient": "bottom", "columns": 2, "labelLimit": 0, "symbolType": "square"},
    }
    return {
        **frame(310),
        "height": 130,
        "data": {"values": bins},
        "encoding": {"x": place},
        "layer": [
            {
                "mark": {"type": "bar", "stroke": INK, "strokeWidth": 1},
                "encoding": {
                    "y": {
                        "field": "count",
                        "type": "quantitative",
                        "axis": {"title": words["clusters"], "domain": False, "ticks": False, "grid": True},
                    },
                    "fill": {**side, "scale": {"domain": sides, "range": ["transparent", ACCENT]}},
                },
            },
            {
                "transform": [{"filter": "datum.count === null"}],
                "mark": {"type": "text", "text": "<", "baseline": "bottom"},
                "encoding": {"y": {"datum": 0}},
            },
        ],
    }
