"""The report as one HTML file: its styles and pictures inside, no script, nothing fetched."""

from __future__ import annotations

import re
from typing import Any

import jinja2
from markupsafe import Markup

from clustermark.reports import charts
from clustermark.reports.model import Report


def render_page(report: Report) -> bytes:
    """The report as one self-contained page in UTF-8: wide and narrow, light and dark, screen and paper."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("clustermark.reports", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template("report.html").render(
        report=report,
        words=report.words,
        wide=_picture(charts.indicator_chart(report)),
        narrow=_picture(charts.indicator_chart(report, width=340, narrow=True)),
        dimensions=_picture(charts.dimension_chart(report, width=560)),
        narrow_dimensions=_picture(charts.dimension_chart(report, width=340, narrow=True)),
        wide_picture=lambda item: _picture(charts.picture_chart(item, report.words)),
        narrow_picture=lambda item: _picture(
            charts.picture_chart(item, report.words, width=340, narrow=True)
        ),
    )
    return text.encode()


def _picture(chart: dict[str, Any]) -> Markup:
    """The chart as inline SVG that scales with the page and has no identifiers or titles of its own.

    Texts inside were escaped by the drawing engine; its size attributes give way to the page's styles, and
    the text alternative stands on the figure around it.
    """
    drawn = charts.svg(chart)
    head, _bracket, rest = drawn.partition(">")
    head = re.sub(r'\s(?:width|height|class)="[^"]*"', "", head)
    return Markup(head + ' aria-hidden="true" focusable="false">' + rest)  # noqa: S704 - drawn by us from data, texts escaped
