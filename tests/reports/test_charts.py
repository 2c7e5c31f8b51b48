"""The pictures: what is drawn, and that it does not rest on colour."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from clustermark.reports import charts
from clustermark.reports.build import build_report
from clustermark.reports.model import Report
from tests.reports.cards import hostile


def test_the_chart_places_required_reached_and_excellence(report: Report) -> None:
    chart = charts.indicator_chart(report)
    marks = {(row["name"], row["kind"]): row["band"] for row in chart["layer"][1]["data"]["values"]}
    assert marks["2.5  Direct personal contacts", "reached: required value met"] == 2
    assert marks["2.5  Direct personal contacts", "required value †"] == 2
    assert marks["2.5  Direct personal contacts", "excellence value †"] == 4
    assert marks["4.1.3  Implementation plan", "reached: minimum requirement missed"] == 2
    assert marks["5.2  Success stories", "not evidenced"] == 0
    assert len(marks) == 3 * 30


def test_every_kind_of_mark_differs_in_shape_or_filling() -> None:
    assert len({(shape, filling) for shape, _area, filling in charts.SHAPES.values()}) == len(charts.SHAPES)


def test_ink_follows_the_page_and_type_is_the_reports(report: Report) -> None:
    drawn = charts.svg(charts.indicator_chart(report))
    assert 'fill="currentColor"' in drawn
    assert "Source Sans Pro" in drawn
    assert drawn.count("<svg") == 1
    assert "href" not in drawn.replace("http://www.w3.org/1999/xlink", "")


def test_the_narrow_chart_shows_codes_alone(report: Report) -> None:
    names = {row["name"] for row in charts.indicator_chart(report, narrow=True)["layer"][0]["data"]["values"]}
    assert "2.5" in names
    assert len(names) == 30


def test_the_dimension_chart_shows_shares(report: Report) -> None:
    rows = charts.dimension_chart(report)["data"]["values"]
    assert rows[4] == {"name": "5 Achievements and recognition", "share": 53.3, "text": "53.3\u00a0%"}


def test_markup_in_titles_is_drawn_as_text() -> None:
    drawn = charts.svg(charts.indicator_chart(build_report(hostile(), language="en")))
    root = ET.fromstring(drawn)  # noqa: S314 - our own picture
    assert not [element for element in root.iter() if element.tag.endswith("script")]


def test_the_same_chart_is_drawn_alike(report: Report) -> None:
    chart = charts.dimension_chart(report)
    assert charts.svg(chart) == charts.svg(chart)
    assert charts.png(chart) == charts.png(chart)
    assert charts.png(chart).startswith(b"\x89PNG")


def test_a_report_without_indicators_still_has_a_picture(report: Report) -> None:
    empty = report.model_copy(update={"indicators": []})
    assert "<svg" in charts.svg(charts.indicator_chart(empty))
