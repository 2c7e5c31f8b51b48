"""The report as an Excel workbook: numbers as numbers, every text as text."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from clustermark.reports.model import IndicatorBlock, Report
from clustermark.reports.printed import Figure
from clustermark.reports.section import Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_CELL = 32_767
"""Characters an Excel cell can hold."""

Cell = str | Figure | int | None


def render_excel(report: Report) -> bytes:
    """The report as `.xlsx`: summary, indicators, statements, evidence; the same report gives the same bytes.

    Every text is written as a text, so nothing from a dossier becomes a formula or a link.
    """
    import xlsxwriter  # noqa: PLC0415 - only workbooks need it

    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {
            "title": report.title,
            "author": report.author,
            "subject": report.summary.scheme,
            "created": datetime.combine(report.as_of, time(), UTC),
        }
    )
    styles = {
        "title": book.add_format({"bold": True, "font_size": 18, "font_color": "#1F4E6B"}),
        "heading": book.add_format({"bold": True, "font_size": 13, "font_color": "#1F4E6B"}),
        "head": book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE6EC", "bottom": 1}
        ),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "label": book.add_format({"valign": "top", "text_wrap": True, "font_color": "#51606C"}),
        "number": book.add_format({"valign": "top"}),
        "example": book.add_format({"valign": "top", "num_format": f'General"\u00a0{report.example_sign}"'}),
    }
    _summary(book, report, styles)
    _indicators(book, report, styles)
    _statements(book, report, styles)
    _evidence(book, report, styles)
    for section in report.sections:
        _section(book, section, styles)
    book.close()
    return buffer.getvalue()


def _put(
    sheet: Any, row: int, column: int, value: Cell, styles: dict[str, Any], *, style: str = "text"
) -> None:
    """One cell: numbers as numbers (examples with their sign in the number format), texts as texts."""
    if isinstance(value, Figure):
        if value.value is None:
            sheet.write_blank(row, column, None, styles["number"])
        else:
            sheet.write_number(row, column, value.value, styles["example" if value.example else "number"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, styles["number"])
    elif value:
        sheet.write_string(row, column, value[:MAX_CELL], styles[style])
    else:
        sheet.write_blank(row, column, None, styles[style])


def _table(
    sheet: Any,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    styles: dict[str, Any],
    *,
    start: int = 0,
) -> int:
    """Heads and rows from row `start` (0 = the first); gives the number of the last row."""
    sheet.set_row(start, 32)  # room for a head of two lines
    for column, head in enumerate(heads):
        _put(sheet, start, column, head, styles, style="head")
    last = start
    for last, row in enumerate(rows, start + 1):
        for column, value in enumerate(row):
            _put(sheet, last, column, value, styles)
    return last


def _sheet(book: Any, name: str, widths: Sequence[int]) -> Any:
    """A sheet set up for print: A4 across, one page wide."""
    sheet = book.add_worksheet(_sheet_name(name))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return sheet


def _sheet_name(name: str) -> str:
    """`name` as Excel allows it: 31 characters, none of ``[]:*?/\\``."""
    return "".join(" " if character in "[]:*?/\\" else character for character in name)[:31].strip("' ")


def _summary(book: Any, report: Report, styles: dict[str, Any]) -> None:
    words, summary = report.words, report.summary
    sheet = _sheet(book, words["summary"], [38, 78, 12, 14, 20, 26])
    _put(sheet, 0, 0, summary.cluster, styles, style="title")
    facts = [(row.label, row.text) for row in (*summary.key_figures, *summary.rows)]
    line = _pairs(sheet, 2, [(words["level"], summary.level), *facts], styles)
    line = _paragraphs(sheet, line + 1, [summary.paragraph, summary.decision, *summary.caution], styles)
    if report.dimensions:
        _put(sheet, line + 1, 0, words["dimensions"], styles, style="heading")
        keys = ("code", "dimension", "points", "max_points", "share", "significantly_above")
        rows = [
            (row.code, row.title, row.points, row.max_points, row.share, row.above)
            for row in report.dimensions
        ]
        line = _table(sheet, [words[key] for key in keys], rows, styles, start=line + 2) + 1
    _put(sheet, line + 1, 0, report.next_level.title, styles, style="heading")
    gaps = [report.next_level.introduction, *report.next_level.gaps]
    line = _paragraphs(sheet, line + 2, gaps, styles)
    _put(sheet, line + 1, 0, words["method"], styles, style="heading")
    line = _pairs(sheet, line + 2, [(row.label, row.text) for row in report.method.rows], styles)
    line = _paragraphs(sheet, line + 1, [*report.method.paragraphs, *report.provenance.paragraphs], styles)
    _put(sheet, line + 1, 0, words["legend"], styles, style="heading")
    _pairs(sheet, line + 2, [(entry.sign, entry.text) for entry in report.legend], styles)


def _pairs(sheet: Any, start: int, pairs: Sequence[tuple[str, str]], styles: dict[str, Any]) -> int:
    """Labels and texts in two columns from row `start`; gives the row after the last."""
    for row, (label, text) in enumerate(pairs, start):
        _put(sheet, row, 0, label, styles, style="label")
        _put(sheet, row, 1, text, styles)
    return start + len(pairs)


def _paragraphs(sheet: Any, start: int, paragraphs: Sequence[str], styles: dict[str, Any]) -> int:
    """Paragraphs across six columns from row `start`; gives the row after the last."""
    for row, text in enumerate(paragraphs, start):
        sheet.merge_range(row, 0, row, 5, "", styles["text"])
        _put(sheet, row, 0, text, styles)
        sheet.set_row(row, 15 * (1 + len(text) // 150))
    return start + len(paragraphs)


def _indicators(book: Any, report: Report, styles: dict[str, Any]) -> None:
    words = report.words
    columns = [
        (words["code"], 8),
        (words["indicator"], 38),
        (words["dimension"], 11),
        (words["value"], 11),
        (words["unit"], 16),
        (words["band"], 8),
        (words["points"], 9),
        (words["max_points"], 9),
        (words["required"], 11),
        (words["required_band"], 10),
        (words["minimum"], 13),
        (words["excellence"], 11),
        (words["margin"], 9),
        (words["status"], 34),
        (words["value_from"], 26),
        (words["explanation"], 60),
        (words["recommendation"], 60),
    ]
    sheet = _sheet(book, words["indicators"], [width for _head, width in columns])
    last = _table(
        sheet,
        [head for head, _width in columns],
        [_indicator_row(block, words) for block in report.indicators],
        styles,
    )
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    if last:
        bar = {
            "type": "data_bar",
            "bar_color": "#9CC9E3",
            "min_type": "num",
            "min_value": 0,
        }
        best = max(block.bands for block in report.indicators) or 1
        for column in (5, 9):
            sheet.conditional_format(1, column, last, column, {**bar, "max_type": "num", "max_value": best})
        sheet.conditional_format(1, 6, last, 6, bar)


def _indicator_row(block: IndicatorBlock, words: dict[str, str]) -> list[Cell]:
    return [
        block.code,
        block.title,
        block.dimension,
        block.value,
        block.unit,
        block.band,
        block.points if block.scored else None,
        block.max_points if block.scored else None,
        block.required,
        block.required_band,
        words["minimum"] if block.minimum else "",
        block.excellence,
        block.margin,
        f"{block.sign} {block.status_text}",
        block.value_from,
        " ".join(text for text in (block.explanation, block.formula_with_numbers) if text),
        " ".join(item.text for item in block.recommendations),
    ]


def _statements(book: Any, report: Report, styles: dict[str, Any]) -> None:
    words = report.words
    sheet = _sheet(book, words["statements"], [8, 38, 26, 9, 11, 60, 60, 18, 18])
    keys = ("code", "indicator", "voice", "rating", "value", "reason", "recommendation", "evidence", "date")
    rows: list[list[Cell]] = [
        [
            block.code,
            block.title,
            said.voice,
            said.rating,
            said.value,
            said.reason,
            said.recommendation,
            said.evidence,
            said.dated,
        ]
        for block in report.indicators
        for said in block.statements
    ]
    last = _table(sheet, [words[key] for key in keys], rows, styles)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(keys) - 1)


def _evidence(book: Any, report: Report, styles: dict[str, Any]) -> None:
    words = report.words
    sheet = _sheet(book, words["evidence"], [8, 38, 12, 50, 16, 40, 18, 12])
    keys = ("code", "indicator", "evidence", "title", "kind", "file", "date", "page")
    rows: list[list[Cell]] = [
        [block.code, block.title, item.id, item.title, item.kind, item.file, item.dated, item.page]
        for block in report.indicators
        for item in block.evidence
    ]
    last = _table(sheet, [words[key] for key in keys], rows, styles)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(keys) - 1)


def _section(book: Any, section: Section, styles: dict[str, Any]) -> None:
    """A sheet for an analysis: texts, and its tables below each other; pictures stand in the other formats."""
    sheet = _sheet(book, section.name, [16, 44, 18, 18, 22, 22, 18, 40])
    _put(sheet, 0, 0, section.title, styles, style="title")
    line = _paragraphs(sheet, 2, section.paragraphs, styles)
    for part in section.parts:
        if part.title:
            _put(sheet, line + 1, 0, part.title, styles, style="heading")
            line += 2
        line = _paragraphs(sheet, line, [*part.paragraphs, *part.points], styles)
        if part.table is not None:
            heads = [column.title for column in part.table.columns]
            rows = [[_cell(figure) for figure in row] for row in part.table.rows]
            line = _table(sheet, heads, rows, styles, start=line) + 1
        line = _paragraphs(sheet, line, part.notes, styles)


def _cell(figure: Figure) -> Cell:
    """A number as a number; what has none as its text, such as a range or a dash."""
    return figure.text if figure.value is None else figure
