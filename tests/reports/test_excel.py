"""The workbook: exact numbers as numbers, texts as texts."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from clustermark.reports.build import build_report
from clustermark.reports.excel import render_excel
from clustermark.reports.model import Report
from clustermark.scoring.scorecard import Scorecard
from tests.reports.cards import HOSTILE, hostile


@pytest.fixture(scope="module")
def content(report: Report) -> bytes:
    return render_excel(report)


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def test_it_has_four_sheets(book: Workbook, report: Report) -> None:
    words = report.words
    assert book.sheetnames == [
        words["summary"],
        words["indicators"],
        words["statements"],
        words["evidence"],
    ]


def test_indicators_are_exact_numbers(book: Workbook, card: Scorecard) -> None:
    sheet = book["Indicators one by one"]
    heads = [cell.value for cell in sheet[1]]
    rows = {row[0].value: dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)}
    assert set(rows) == {score.code for score in card.indicators}
    for score in card.indicators:
        row = rows[score.code]
        stated = row["Value"].value
        assert (None if stated is None else Decimal(str(stated))) == score.value
        assert row["Required"].value == score.required
        assert row["Band"].value == (score.band if score.bands else None)
        assert row["Points"].value == (score.points if score.scored else None)
        assert row["Margin"].value == score.margin
    assert rows["2.5"]["Required"].number_format == 'General"\u00a0†"'
    assert sheet.auto_filter.ref == "A1:Q32"
    assert len(sheet.conditional_formatting) == 3


def test_statements_and_evidence_are_listed(book: Workbook, card: Scorecard) -> None:
    assert book["What was said"].max_row - 1 == sum(len(score.statements) for score in card.indicators)
    assert book["Evidence"].max_row - 1 == sum(len(score.evidence) for score in card.indicators)


def test_the_summary_holds_the_result(book: Workbook, report: Report) -> None:
    values = [cell.value for row in book["Summary"].iter_rows() for cell in row if cell.value is not None]
    assert report.summary.paragraph in values
    assert "26 of 30 (86.7\u00a0%)" in values
    assert 107 in [cell.value for cell in book["Summary"]["C"]] or 12 in values
    assert all(gap in values for gap in report.next_level.gaps)


def test_no_text_becomes_a_formula() -> None:
    book = openpyxl.load_workbook(BytesIO(render_excel(build_report(hostile(), language="en"))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert [cell for cell in cells if cell.hyperlink] == []
    texts = {cell.value for cell in cells}
    assert HOSTILE in texts
    assert "=1+1\n@SUM(A1)" in texts


def test_sheets_have_legal_names_in_every_language() -> None:
    for language in ("ru", "de"):
        book = openpyxl.load_workbook(BytesIO(render_excel(build_report(hostile(), language=language))))
        assert len(set(book.sheetnames)) == 4
        assert all(len(name) <= 31 for name in book.sheetnames)
