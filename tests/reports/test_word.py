"""The Word document: filled from the default template or an organisation's own, in a sandbox."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest

from clustermark.ground.documents import Document
from clustermark.ground.problems import ProblemsError
from clustermark.reports import model as reports_model
from clustermark.reports import section as reports_section
from clustermark.reports.build import build_report
from clustermark.reports.model import Report
from clustermark.reports.word import render_word
from tests.reports.cards import HOSTILE, hostile


def texts(content: bytes) -> str:
    """Paragraphs and table cells of the document, one a line."""
    document = docx.Document(BytesIO(content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def own_template(folder: Path, *paragraphs: str) -> Path:
    """A template with these paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    path = folder / "own.docx"
    document.save(str(path))
    return path


@pytest.fixture(scope="module")
def content(report: Report) -> bytes:
    return render_word(report)


def test_it_has_headings_tables_header_and_footer(content: bytes, report: Report) -> None:
    document = docx.Document(BytesIO(content))
    headings = [item.text for item in document.paragraphs if item.style and item.style.name == "Heading 1"]
    assert headings[:2] == [report.words["result"], report.words["picture"]]
    second = [item.text for item in document.paragraphs if item.style and item.style.name == "Heading 2"]
    assert [f"{block.code} {block.title}" for block in report.indicators] == second[-31:]
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Oka Valley Pharma · Assessment report"
    assert report.example_legend in section.footer.paragraphs[0].text
    assert len(document.inline_shapes) == 2


def test_it_shows_the_figures_and_leaves_no_tag(content: bytes, report: Report) -> None:
    text = texts(content)
    for block in report.indicators:
        assert block.value.text in text
        assert block.required_text in text
    assert "{{" not in text
    assert "{%" not in text


def test_it_names_itself_and_its_language(content: bytes) -> None:
    document = docx.Document(BytesIO(content))
    assert document.core_properties.title == "Assessment report: Oka Valley Pharma"
    assert document.core_properties.created is not None
    assert document.core_properties.created.date().isoformat() == "2026-10-31"
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert b'w:lang w:val="en-GB"' in package.read("word/styles.xml")
        assert package.read("word/document.xml").count(b'descr="Chart: ') == 2


def test_texts_are_data_never_templates() -> None:
    text = texts(render_word(build_report(hostile(), language="en")))
    assert HOSTILE in text
    assert "{{ 7*7 }}" in text
    assert "=1+1\n@SUM(A1)" in text


def test_an_own_template_is_filled(tmp_path: Path, report: Report) -> None:
    template = own_template(
        tmp_path,
        "{{ summary.cluster }}: {{ summary.level }}",
        "{%p for block in indicators if block.status == 'missed' %}",
        "{{ block.code }} {{ block.required_text }}",
        "{%p endfor %}",
        "{{ chart }}",
    )
    content = render_word(report, template=template)
    lines = [line for line in texts(content).split("\n") if line]
    assert lines == ["Oka Valley Pharma: Bronze", "4.1.3 ≥\u00a03\u00a0of 5\u202f†"]
    assert len(docx.Document(BytesIO(content)).inline_shapes) == 1


@pytest.mark.parametrize(
    ("paragraph", "code", "said"),
    [
        ("{{ summary.clutser }}", "template-field-unknown", "clutser"),
        ("{{ nothing }}", "template-field-unknown", "nothing"),
        ("{{ summary.cluster", "template-syntax", "cluster"),
        ("{% if summary %} open", "template-syntax", "endif"),
        ("{{ summary.cluster | shout }}", "template-syntax", "shout"),
        ("{{ ''.__class__.__mro__ }}", "template-forbidden", "__class__"),
        ("{{ indicators.append(1) }}", "template-forbidden", "append"),
        ("{{ chart.tpl.save('stolen.docx') }}", "template-forbidden", "tpl"),
        ("{{ summary.model_dump() }}", "template-field-unknown", "model_dump"),
        ("{{ 1 / 0 }}", "template-fails", "zero"),
    ],
)
def test_a_broken_template_is_told_with_its_paragraph(
    tmp_path: Path, report: Report, paragraph: str, code: str, said: str
) -> None:
    template = own_template(tmp_path, "{{ summary.level }}", paragraph, "The end.")
    with pytest.raises(ProblemsError) as caught:
        render_word(report, template=template)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.place.file == str(template)
    assert said in str(problem)
    assert "docs/report-template.md" in str(problem)


def test_the_paragraph_of_a_syntax_error_is_quoted(tmp_path: Path, report: Report) -> None:
    template = own_template(tmp_path, "Fine: {{ summary.level }}", "Bad: {{ summary.cluster | shout }}")
    with pytest.raises(ProblemsError) as caught:
        render_word(report, template=template)
    assert caught.value.problems[0].found == "Bad: {{ summary.cluster | shout }}"


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04broken"])
def test_what_is_not_a_word_document_is_told(tmp_path: Path, report: Report, content: bytes) -> None:
    path = tmp_path / "template.docx"
    path.write_bytes(content)
    with pytest.raises(ProblemsError) as caught:
        render_word(report, template=path)
    assert caught.value.problems[0].code == "template-not-word"


def test_a_workbook_is_not_a_word_document(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "template.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(ProblemsError) as caught:
        render_word(report, template=path)
    assert caught.value.problems[0].code == "template-not-word"


def test_a_template_that_is_not_there_is_told(tmp_path: Path, report: Report) -> None:
    with pytest.raises(ProblemsError) as caught:
        render_word(report, template=tmp_path / "missing.docx")
    assert caught.value.problems[0].code == "template-unreadable"


def test_every_field_is_documented() -> None:
    said = (Path(__file__).parents[2] / "docs" / "report-template.md").read_text(encoding="utf-8")
    models = [model for model in vars(reports_model).values() if isinstance(model, type)]
    fields = {
        name
        for model in models
        if issubclass(model, Document) and model.__module__ == reports_model.__name__
        for name in model.model_fields
    }
    for model in (
        reports_section.Section,
        reports_section.Part,
        reports_section.Grid,
        reports_section.Column,
    ):
        fields |= set(model.model_fields)
    assert {"summary", "required_text", "supply"} <= fields
    assert sorted(name for name in fields if f"`{name}`" not in said) == []
