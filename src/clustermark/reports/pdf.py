"""The report as PDF: typst, tagged to PDF/UA-1 (ISO 14289-1)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any

from clustermark.ground.typesetting import compile_pdf, shown
from clustermark.reports import charts
from clustermark.reports.model import Report


def render_pdf(report: Report) -> bytes:
    """The report as a tagged PDF in A4; the same report gives the same bytes.

    Texts are passed as data, so markup in them is text. Characters without a glyph are shown as □, and the
    method section then says so.
    """
    data = report.model_dump(mode="json")
    data["charts"] = {
        "indicators": charts.svg(charts.indicator_chart(report)),
        "dimensions": charts.svg(charts.dimension_chart(report)),
    }
    for section, fields in zip(report.sections, data["sections"], strict=True):
        for part, names in zip(section.parts, fields["parts"], strict=True):
            names["pictures"] = [
                {"drawing": charts.svg(charts.picture_chart(picture, report.words)), "alt": picture.alt}
                for picture in part.pictures
            ]
    return typeset("report.typ", data, day=report.as_of)


def typeset(template: str, data: dict[str, Any], *, day: date) -> bytes:
    """A tagged PDF of `data` laid out by one of our templates, which follows `pieces.typ`.

    The template reads `sys.inputs.report`: `data` as JSON, with `year`, `month` and `day` of the document's date
    and `unshown`, whether some character has no glyph and is shown as □.
    """
    data = {**data, "year": day.year, "month": day.month, "day": day.day}
    data["unshown"] = shown(json.dumps(data, ensure_ascii=False))[1]
    text, _unshown = shown(json.dumps(data, ensure_ascii=False))
    folder = files("clustermark.reports") / "templates"
    source = (folder / "pieces.typ").read_bytes() + (folder / template).read_bytes()
    return compile_pdf(source, {"report": text}, stamp=datetime.combine(day, time(), UTC), standard="ua-1")
