"""The report as PDF: typst, tagged to PDF/UA-1 (ISO 14289-1)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import lru_cache
from importlib.resources import files
from typing import Any

from clustermark.reports import charts
from clustermark.reports.fonts import font_folder
from clustermark.reports.model import Report

UNSHOWN = "□"
"""Stands for a character that no font of the PDF holds."""


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
    drawings = [
        [
            [charts.svg(charts.picture_chart(item, report.words)) for item in part.pictures]
            for part in section.parts
        ]
        for section in report.sections
    ]
    for section, pictures in zip(data["sections"], drawings, strict=True):
        for part, drawn in zip(section["parts"], pictures, strict=True):
            part["pictures"] = [
                {"drawing": drawing, "alt": item["alt"]}
                for drawing, item in zip(drawn, part["pictures"], strict=True)
            ]
    data |= {"year": report.as_of.year, "month": report.as_of.month, "day": report.as_of.day}
    text = json.dumps(data, ensure_ascii=False)
    unshown = _without_glyph(frozenset(text))
    data["unshown"] = bool(unshown)
    text = json.dumps(data, ensure_ascii=False).translate(dict.fromkeys(map(ord, unshown), UNSHOWN))
    template = (files("clustermark.reports") / "templates" / "report.typ").read_bytes()
    return _compile(template, {"report": text}, stamp=datetime.combine(report.as_of, time(), UTC))


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """The report's typeface and those inside typst for other scripts; never the system's."""
    import typst  # noqa: PLC0415 - 80 MB of compiler; only PDF reports need it

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(font_folder())]
    )


def _compile(source: bytes, inputs: dict[str, str], *, stamp: datetime) -> bytes:
    import typst  # noqa: PLC0415 - see _fonts

    compiler = typst.Compiler(source, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)
    document = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=stamp)
    if not isinstance(document, bytes):  # several files come only from formats of one file a page
        raise TypeError(type(document))
    return document


_PROBE = b"""#set document(title: "probe")
#set text(font: "Source Sans Pro", lang: "en")
#sys.inputs.text"""


def _without_glyph(characters: frozenset[str]) -> frozenset[str]:
    """Those of `characters` that none of the fonts can show, found by halving.

    PDF/UA-1 forbids text without glyphs, and the compiler refuses it; it is the only one who knows its fonts.
    """
    import typst  # noqa: PLC0415 - see _fonts

    ordered = sorted(character for character in characters if not character.isascii())
    if not ordered:
        return frozenset()
    try:
        _compile(_PROBE, {"text": " ".join(ordered)}, stamp=datetime(2000, 1, 1, tzinfo=UTC))
    except typst.TypstError:
        if len(ordered) == 1:
            return frozenset(ordered)
        middle = len(ordered) // 2
        return _without_glyph(frozenset(ordered[:middle])) | _without_glyph(frozenset(ordered[middle:]))
    return frozenset()
