"""Papers and workbooks as files: PDF by typst, Word by python-docx, Excel by XlsxWriter.

Every file bears the date of its paper and nothing of the day it was made, so the same input gives the
same bytes. Word and Excel files are stored without compression, whose bytes differ between machines.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import docx
import typst
import xlsxwriter
from docx.shared import Cm, Pt

from common.paper import MARK, Block, Paper, long_date

_TEMPLATE = (Path(__file__).parent / "paper.typ").read_bytes()
_STYLES = frozenset(
    {
        *("Normal", "Heading 1", "Heading 2", "List Bullet", "Light Grid Accent 1", "Header", "Footer"),
        *("Default Paragraph Font", "Normal Table", "No List"),
    }
)
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet of a workbook: a title line, column heads with widths, rows, and a line of sums."""

    name: str
    title: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[object]]
    total: Sequence[object] = ()


def pdf(paper: Paper) -> bytes:
    """The paper as PDF."""
    data = {
        "title": paper.title,
        "sender": paper.sender,
        "number": paper.number,
        "year": paper.dated.year,
        "month": paper.dated.month,
        "day": paper.dated.day,
        "long_date": long_date(paper.dated),
        "mark": MARK,
        "wide": paper.wide,
        "blocks": list(paper.blocks),
    }
    made = typst.compile(
        _TEMPLATE,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("one PDF was expected")
    return made


def word(paper: Paper) -> bytes:
    """The paper as a Word file."""
    document = _blank()
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.header.paragraphs[0].text = " · ".join(
        filter(None, [paper.sender, long_date(paper.dated), paper.number])
    )
    section.footer.paragraphs[0].text = MARK
    document.add_heading(paper.title, level=1)
    for block in paper.blocks:
        _word_block(document, block)
    made = datetime(paper.dated.year, paper.dated.month, paper.dated.day)  # noqa: DTZ001 - the format has no zone
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = (
        paper.title,
        paper.sender,
        paper.sender,
        MARK,
    )
    core.created = core.modified = made
    out = io.BytesIO()
    document.save(out)
    return _settled(out.getvalue())


def _blank() -> docx.document.Document:
    """A document without the hundred table styles of the library's template, which are most of its size."""
    document = docx.Document()
    for style in list(document.styles):
        if style.name not in _STYLES:
            style.delete()
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]
    return document


def _word_block(document: docx.document.Document, block: Block) -> None:
    if block["kind"] == "heading":
        document.add_heading(str(block["text"]), level=2)
    elif block["kind"] == "text":
        document.add_paragraph(str(block["text"]))
    elif block["kind"] == "bullets":
        for item in block["items"]:
            document.add_paragraph(item, style="List Bullet")
    elif block["kind"] == "grid":
        table = document.add_table(rows=1, cols=len(block["columns"]), style="Light Grid Accent 1")
        for cell, name in zip(table.rows[0].cells, block["columns"], strict=True):
            cell.text = name
        for row in block["rows"]:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = value
        document.add_paragraph()
    else:
        for name in block["names"]:
            document.add_paragraph(f"\n______________________________\n{name}")


def workbook(title: str, author: str, dated: date, sheets: Sequence[Sheet]) -> bytes:
    """Sheets as an Excel workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    made = datetime(dated.year, dated.month, dated.day)  # noqa: DTZ001 - the format has no zone
    book.set_properties({"title": title, "author": author, "comments": MARK, "created": made})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 13}),
        "head": book.add_format(
            {"bold": True, "bg_color": "#1f3a5f", "font_color": "white", "text_wrap": True}
        ),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "money": book.add_format({"num_format": "# ##0.00"}),
        "bold": book.add_format({"bold": True, "num_format": "# ##0.00", "top": 1}),
    }
    for sheet in sheets:
        _fill(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return _settled(out.getvalue())


def _fill(
    page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, formats: dict[str, xlsxwriter.format.Format]
) -> None:
    page.set_footer(f"&L&8{MARK}&R&8&P / &N")
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.freeze_panes(3, 0)
    page.write(0, 0, sheet.title, formats["title"])
    for column, (name, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write(2, column, name, formats["head"])
    for row, cells in enumerate(sheet.rows, start=3):
        for column, value in enumerate(cells):
            _write(page, row, column, value, formats)
    for column, value in enumerate(sheet.total):
        page.write(
            3 + len(sheet.rows),
            column,
            float(value) if isinstance(value, Decimal) else value,
            formats["bold"],
        )


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: object,
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    if isinstance(value, bool):
        page.write(row, column, "yes" if value else "no")
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["date"])  # noqa: DTZ001 - the format has no zone
    elif isinstance(value, Decimal):
        page.write_number(row, column, float(value), formats["money"] if abs(value) >= 1000 else None)
    elif value is not None:
        page.write(row, column, value)


def _settled(archive: bytes) -> bytes:
    """The same archive with its parts in order, without times and without compression."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, _NO_TIME)
            part.create_system = 3
            new.writestr(part, old.read(name))
    return out.getvalue()
