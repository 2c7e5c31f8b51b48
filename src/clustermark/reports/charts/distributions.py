"""Distributions of a peer group, drawn from the bars that are told and nothing finer."""

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
from clustermark.reports.section import Bar, DistributionPicture, DistributionRow, Span

STEP = 24
TALLEST = 18.0
"""Height of the densest bar of a row in pixels."""
OPEN = 1.15
"""An open bar is drawn up to this much beyond the largest number that is told."""


def distribution_chart(
    picture: DistributionPicture, words: Mapping[str, str], *, width: int, narrow: bool
) -> dict[str, Any]:
    """A row a figure: how the group is spread, the middle half, the median, the leaders, and the own value."""
    left = column_of_names(width, narrow=narrow)
    columns = 1 if narrow else 3
    marks = {
        words["chart_own"]: ("circle", 85, INK),
        words["chart_median"]: (UPRIGHT, 200, INK),
        words["chart_leaders"]: (DIAMOND, 120, "transparent"),
    }
    bars: list[dict[str, Any]] = []
    boxes: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    texts: list[dict[str, Any]] = []
    for row in picture.rows:
        name = row_name(row.code, row.title, narrow=narrow)
        scale = _Scale(row)
        bars += [{"name": name, **bar} for bar in scale.bars()]
        if row.middle is not None:
            start, end = scale.span(row.middle)
            boxes.append({"name": name, "from": start, "to": end})
        spans = ((words["chart_leaders"], row.leaders), (words["chart_median"], row.median))
        for kind, span in spans:
            if span is not None:
                start, end = scale.span(span)
                points.append({"name": name, "kind": kind, "place": (start + end) / 2})
        if row.own is not None:
            points.append({"name": name, "kind": words["chart_own"], "place": scale(row.own)})
        texts.append({"name": name, "text": row.own_text, "place": 1.04})
        if row.hidden:
            texts.append({"name": name, "text": row.hidden, "place": 0.12 if row.own is not None else 0.0})
    across = {"type": "quantitative", "scale": {"domain": [-0.03, 1.32], "nice": False}, "axis": None}
    mark, by_kind = named_marks(marks, legend_below(left, STEP * len(picture.rows) + 10, columns))
    return {
        **frame(width),
        "padding": room_below(len(marks), columns),
        "height": {"step": STEP},
        "encoding": {
            "y": {**names(left), "scale": {"domain": list(dict.fromkeys(t["name"] for t in texts))}}
        },
        "layer": [
            {
                "data": {"values": bars},
                "mark": {"type": "bar", "height": {"expr": "datum.height"}, "color": ACCENT, "opacity": 0.45},
                "encoding": {"x": {"field": "from", **across}, "x2": {"field": "to"}},
            },
            {
                "data": {"values": boxes},
                "mark": {"type": "bar", "height": 3, "color": INK},
                "encoding": {"x": {"field": "from", **across}, "x2": {"field": "to"}},
            },
            {
                "data": {"values": points},
                "mark": mark,
                "encoding": {"x": {"field": "place", **across}, **by_kind},
            },
            {
                "data": {"values": texts},
                "mark": {"type": "text", "align": "left", "fill": INK},
                "encoding": {"x": {"field": "place", **across}, "text": {"field": "text", "type": "nominal"}},
            },
        ],
    }


class _Scale:
    """Where a value of one row stands, from 0 to 1."""

    def __init__(self, row: DistributionRow) -> None:
        self.row = row
        spans = [span for span in (row.median, row.middle, row.leaders) if span is not None]
        own = [] if row.own is None else [row.own]
        told: list[Bar | Span] = [*row.bars, *spans]
        starts = [item.start for item in told] + own
        ends = [item.end for item in told if item.end is not None]
        self.low = min(starts, default=0.0)
        largest = max([*starts, *ends], default=1.0)
        opened = any(item.end is None for item in told)
        self.high = self.low + (largest - self.low) * (OPEN if opened else 1.0)

    def __call__(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5

    def span(self, span: Span) -> tuple[float, float]:
        return self(span.start), 1.0 if span.end is None else self(span.end)

    def bars(self) -> list[dict[str, float]]:
        """The bars with heights by density, so that areas stand for clusters."""
        ends = [self.high if bar.end is None else bar.end for bar in self.row.bars]
        wide = [max(end - bar.start, 1e-9) for bar, end in zip(self.row.bars, ends, strict=True)]
        dense = [bar.count / width for bar, width in zip(self.row.bars, wide, strict=True)]
        return [
            {"from": self(bar.start), "to": self(end), "height": max(1.5, TALLEST * each / max(dense))}
            for bar, end, each in zip(self.row.bars, ends, dense, strict=True)
        ]
