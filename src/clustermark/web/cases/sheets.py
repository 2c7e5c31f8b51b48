"""Tables of the site as CSV and Excel files, in which no text can act as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO

Cell = str | int | date | None
_ACTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection)."""


def defused(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_ACTS) else text


def csv_file(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file in UTF-8 with a byte order mark, which Excel wants; days as 2026-11-30."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([defused(name) for name in header])
    for row in rows:
        writer.writerow([_text(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return defused(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def excel_file(sheet: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet; texts are written as texts, never as formulas or links; days are days."""
    import xlsxwriter  # noqa: PLC0415 - only exports need it

    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet(sheet[:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    for at, name in enumerate(header):
        page.write_string(0, at, name, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(last, at, cell)
            elif isinstance(cell, date):
                page.write_datetime(last, at, cell, day)
            elif cell is not None:
                page.write_number(last, at, cell)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, len(header) - 1)
    page.autofit()
    book.close()
    return out.getvalue()
