"""The report as PDF: typst, tagged to PDF/UA-1 (ISO 14289-1)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
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
    text = json.dumps(data, ensure_ascii=False)
    unshown = _without_glyph(frozenset(text))
    data["unshown"] = bool(unshown)
    text = json.dumps(data, ensure_ascii=False).translate(dict.fromkeys(map(ord, unshown), UNSHOWN))
    folder = files("clustermark.reports") / "templates"
    source = (folder / "pieces.typ").read_bytes() + (folder / template).read_bytes()
    return _compile(source, {"report": text}, stamp=datetime.combine(day, time(), UTC))


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
