"""Reports with analyses in all five formats: the figures are there, nothing hidden is, bytes stay the same."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import numpy as np
import openpyxl
import pytest
from numpy.typing import NDArray
from pypdf import PdfReader

from clustermark.ground.texts import Language
from clustermark.reports import charts, write_reports
from clustermark.reports.analyses import Analyses, report_json
from clustermark.reports.build import build_report
from clustermark.reports.model import Report
from clustermark.reports.section import ProbabilityPicture
from clustermark.scoring.scorecard import Scorecard
from tests.reports.sections.conftest import OWN, Sample, sample_in
from tests.reports.test_pdf import text_of

ENDINGS = ("pdf", "docx", "xlsx", "html", "json")


@pytest.fixture(scope="module")
def files(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("reports")
    paths = {ending: folder / f"report.{ending}" for ending in ENDINGS}
    write_reports(sample.card, list(paths.values()), language="en", analyses=sample.analyses)
    return {ending: path.read_bytes() for ending, path in paths.items()}


def text(ending: str, content: bytes) -> str:
    """Everything a file says, its hidden parts too."""
    if ending == "pdf":
        return text_of(content)
    if ending in ("docx", "xlsx"):
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = [name for name in package.namelist() if name.endswith(".xml")]
            return "\n".join(package.read(name).decode() for name in parts)
    return content.decode()


def stated(said: str) -> set[str]:
    """The numbers with four decimals that stand in a text, with nothing before or after them."""
    return set(re.findall(r"(?<![\d.])\d+\.\d{4}(?!\d)", said))


def numbers(values: NDArray[np.float64]) -> list[str]:
    """The values as they would be written."""
    return [format(Decimal(repr(value)), "f") for value in values.ravel().tolist() if value == value]  # noqa: PLR0124 - only NaN differs from itself


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_value_and_no_name_of_another_cluster_is_in_any_format(
    ending: str, files: dict[str, bytes], sample: Sample
) -> None:
    said = text(ending, files[ending])
    rows = sample.edition.portfolio
    own = sample.edition.row_of(OWN)
    others = np.arange(len(rows)) != own
    own_values = stated(" ".join(numbers(rows.values[own])))
    # what the dossier itself says may be another cluster's value by chance
    dossier = report_json(sample.card, replace(sample.analyses, peers=None))
    secret = stated(" ".join(numbers(rows.values[others]))) - own_values - stated(dossier)
    assert len(secret) > 200
    assert not secret & stated(said)
    assert not [name for name in rows.clusters[others] if name in said]
    # the search finds what is there: the own values
    assert len(own_values) > 3
    assert own_values <= stated(said)


def test_every_format_carries_every_section(files: dict[str, bytes], sample: Sample) -> None:
    pdf = text_of(files["pdf"])
    word, page = text("docx", files["docx"]), files["html"].decode()
    sheets = openpyxl.load_workbook(BytesIO(files["xlsx"])).sheetnames
    for section in sample.report.sections:
        assert section.title in pdf
        assert section.title in word
        assert f'<h2 id="{section.key}">{section.title}</h2>' in page
    assert sheets[4:] == ["Agreement", "Peers", "Robustness", "Plan"]
    assert "{{" not in word
    assert "{%" not in word
    # every picture twice on the page (wide and narrow), once in Word
    pictures = [
        picture for section in sample.report.sections for part in section.parts for picture in part.pictures
    ]
    assert page.count("<svg") == 4 + 2 * len(pictures)
    assert word.count("<wp:docPr") == 2 + len(pictures)
    assert page.count(pictures[0].alt) == 2


def test_tables_in_word_have_the_widths_of_their_columns(files: dict[str, bytes], sample: Sample) -> None:
    grid = sample.report.sections[0].parts[0].table
    assert grid is not None
    heads = [column.title for column in grid.columns]
    tables = docx.Document(BytesIO(files["docx"])).tables
    (table,) = [item for item in tables if [cell.text for cell in item.rows[0].cells] == heads]
    widths = [cell.width for cell in table.rows[1].cells]
    assert None not in widths
    assert widths[1] / widths[0] == pytest.approx(grid.columns[1].width / grid.columns[0].width, abs=0.01)
    assert [cell.text for cell in table.rows[1].cells] == [figure.text for figure in grid.rows[0]]


def test_the_workbook_has_numbers_as_numbers(files: dict[str, bytes], sample: Sample) -> None:
    sheet = openpyxl.load_workbook(BytesIO(files["xlsx"]))["Plan"]
    assert sample.analyses.plan is not None
    assert sample.analyses.plan.plan is not None
    step = sample.analyses.plan.plan.steps[0]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == step.code and row[5] == step.days]
    assert row[4] == step.points_gained
    assert row[6] == step.months


def test_the_pdf_stays_tagged_with_a_text_for_every_picture(files: dict[str, bytes]) -> None:
    content = files["pdf"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert "/StructTreeRoot" in PdfReader(BytesIO(content)).root_object


def test_json_holds_the_scorecard_and_each_document(files: dict[str, bytes], sample: Sample) -> None:
    found = json.loads(files["json"])
    assert found["format"] == "clustermark-report/1"
    assert Scorecard.model_validate_json(json.dumps(found["scorecard"])) == sample.card
    assert sample.analyses.robustness is not None
    assert found["robustness"] == json.loads(sample.analyses.robustness.to_json())
    assert list(found) == ["format", "scorecard", "agreement", "peers", "robustness", "plan"]


@pytest.mark.slow
def test_the_same_analyses_give_the_same_bytes(
    files: dict[str, bytes], sample: Sample, tmp_path: Path
) -> None:
    paths = [tmp_path / f"again.{ending}" for ending in ENDINGS]
    write_reports(sample.card, paths, language="en", analyses=sample.analyses)
    for path in paths:
        assert path.read_bytes() == files[path.suffix[1:]], path.suffix


def test_a_report_without_analyses_is_what_it_was(sample: Sample, tmp_path: Path) -> None:
    plain, empty = tmp_path / "plain.json", tmp_path / "empty.json"
    write_reports(sample.card, [plain], language="en")
    write_reports(sample.card, [empty], language="en", analyses=Analyses())
    assert plain.read_text() == empty.read_text() == sample.card.to_json()
    assert build_report(sample.card, language="en").sections == []


@pytest.mark.parametrize("language", ["ru", "de"])
def test_headings_and_pictures_speak_the_readers_language(language: Language) -> None:
    report: Report = sample_in(language).report
    english = {
        text
        for section in sample_in("en").report.sections
        for part in section.parts
        for text in (section.title, part.title, *(picture.alt for picture in part.pictures))
    }
    for section in report.sections:
        assert section.title not in english
        for part in section.parts:
            assert part.title not in english
            for picture in part.pictures:
                assert picture.alt not in english
                if isinstance(picture, ProbabilityPicture):
                    (official,) = [row.text for row in picture.rows if row.official]
                    assert official.endswith({"ru": "(официально)", "de": "(amtlich)"}[language])
                assert "<svg" in charts.svg(
                    charts.picture_chart(picture, report.words, width=340, narrow=True)
                )
