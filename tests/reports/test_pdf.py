"""The PDF: tagged, in its language, with every figure, and safe from markup in texts."""

from __future__ import annotations

import re
from io import BytesIO

import pypdf
import pytest
from pypdf.generic import BooleanObject, DictionaryObject

from clustermark.ground.texts import Language
from clustermark.reports.build import build_report
from clustermark.reports.model import Report
from clustermark.reports.pdf import render_pdf
from tests.reports.cards import hostile, scorecard


def text_of(content: bytes, *, first: int | None = None) -> str:
    """The text of all pages (or the `first` so many), spaces made plain."""
    pages = pypdf.PdfReader(BytesIO(content)).pages[:first]
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@pytest.fixture(scope="module")
def content(report: Report) -> bytes:
    return render_pdf(report)


def test_it_is_tagged_named_and_dated(content: bytes, report: Report) -> None:
    reader = pypdf.PdfReader(BytesIO(content))
    root = reader.root_object
    marks = root["/MarkInfo"]
    assert isinstance(marks, DictionaryObject)
    assert marks["/Marked"] == BooleanObject(True)
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    preferences = root["/ViewerPreferences"]
    assert isinstance(preferences, DictionaryObject)
    assert preferences["/DisplayDocTitle"] == BooleanObject(True)
    assert reader.metadata is not None
    assert reader.metadata.title == "Assessment report: Oka Valley Pharma"
    assert reader.metadata.author == "Clustermark"
    assert str(reader.metadata["/CreationDate"]).startswith("D:20261031")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_its_outline_names_every_section_and_indicator(content: bytes, report: Report) -> None:
    reader = pypdf.PdfReader(BytesIO(content))

    def titles(items: object) -> list[str]:
        found: list[str] = []
        for item in items if isinstance(items, list) else []:
            found += titles(item) if isinstance(item, list) else [str(item.title)]
        return found

    outline = titles(reader.outline)
    for word in ("result", "picture", "dimensions", "overview", "indicators", "method"):
        assert report.words[word] in outline
    for block in report.indicators:
        assert f"{block.code} {block.title}" in outline


def test_it_is_a4_and_counts_its_pages(content: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(content))
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    assert f"Page 1 of {len(reader.pages)}" in re.sub(r"\s+", " ", reader.pages[0].extract_text())


def test_it_shows_the_figures_of_the_scorecard(content: bytes, report: Report) -> None:
    text = text_of(content)
    assert "26 of 30 (86.7 %)" in text
    for block in report.indicators:
        assert block.value.text.replace("\u00a0", " ") in text
        assert block.required_text.replace("\u00a0", " ").replace("\u202f", " ") in text
    for statement in report.indicators[10].statements:
        assert statement.reason in text
    assert report.summary.decision in text


def test_pictures_have_texts_instead(content: bytes, report: Report) -> None:
    reader = pypdf.PdfReader(BytesIO(content))
    alternatives = {
        str(item["/Alt"])
        for number in range(1, len(reader.xref_objStm) + 20_000)
        if (item := _object(reader, number)) is not None and "/Alt" in item
    }
    assert alternatives == {report.words["chart_alt"], report.words["dimension_chart_alt"]}


def _object(reader: pypdf.PdfReader, number: int) -> pypdf.generic.DictionaryObject | None:
    known = number in reader.xref_objStm or number in reader.xref.get(0, {})
    item = reader.get_object(number) if known else None
    return item if isinstance(item, pypdf.generic.DictionaryObject) else None


def test_it_uses_no_font_of_the_system(content: bytes) -> None:
    names = set(re.findall(rb"/FontName\s*/[A-Z]{6}\+([A-Za-z0-9]+)", content))
    families = {name.decode() for name in names}
    assert any(name.startswith("SourceSansPro") for name in families)
    allowed = ("SourceSansPro", "Libertinus", "NewCM", "DejaVuSansMono")
    assert all(name.startswith(allowed) for name in families)


@pytest.mark.parametrize(("language", "word"), [("ru", "Отчёт об оценке"), ("de", "Bewertungsbericht")])
def test_it_speaks_the_readers_language(language: Language, word: str) -> None:
    content = render_pdf(build_report(scorecard(language=language), language=language))
    assert pypdf.PdfReader(BytesIO(content)).root_object["/Lang"] == language
    assert word in text_of(content, first=1)


def test_texts_are_data_never_markup() -> None:
    text = text_of(render_pdf(build_report(hostile(), language="en"))).replace("\u200b", "")
    assert '#panic("x") $x$ *b* _i_ @ref <script>alert(1)</script> {{ 7*7 }} {% for %} =1+1' in text
    assert "□" in text
    assert "shown as □" in text
