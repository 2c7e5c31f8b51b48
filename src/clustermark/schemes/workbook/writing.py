"""Scheme → .xlsx: what the file states, laid out for a person who edits it in Excel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import mark
from clustermark.schemes.workbook.cells import Written, to_cell, to_lines
from clustermark.schemes.workbook.layout import (
    ABOUT,
    FIRST_ROW,
    HEADER_ROW,
    HELP_ROW,
    Column,
    Sheet,
    columns,
)
from clustermark.schemes.workbook.sheets import HAVE_SHEETS, SHEETS

MAX_CELL = 32_767
"""Characters a cell of Excel can hold."""
_LIST_ROWS = 500
_NO_SIGN = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")

Record = Mapping[str, Any]

_GUIDE = (
    mark("One sheet for each part of the scheme; a row, or in narrow sheets a line, for each thing."),
    mark(
        "Keep the headers: they are the names of the file format. Their meaning stands below or beside them."
    ),
    mark("An empty cell means that the file does not state the value. Columns nobody needs may be deleted."),
    mark("Write values, not formulas. Codes such as 2.10 are text."),
    mark(
        "A mark says how sure a number is: established, reported, or example (chosen because none is public)."
    ),
    mark("Columns bands.6, points.6, or origin.unit.mark and the like may be added."),
)


def write_workbook(stated: Mapping[str, Any], path: Path) -> None:
    """Write what a scheme file states (`Scheme.stated`, or `stated_of` a document) to `path`.

    Raises `ProblemsError` when a text is longer than a cell can hold, or has signs that a cell cannot, and OSError
    when `path` cannot be written.
    """
    import xlsxwriter  # noqa: PLC0415 - needed by this conversion only

    problems = ProblemList()
    filled = [(sheet, _rows(sheet, stated)) for sheet in SHEETS]
    for sheet, rows in filled:
        problems.extend(_unwritable(sheet, rows, path))
    problems.raise_errors()
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = _formats(book)
        _write_about(book.add_worksheet(ABOUT), stated, formats)
        for sheet, rows in filled:
            worksheet = book.add_worksheet(sheet.name)
            if sheet.form == "single":
                _write_single(worksheet, sheet, rows[0], formats)
            else:
                _write_table(worksheet, sheet, rows, formats)
    path.write_bytes(made.getvalue())


def _rows(sheet: Sheet, stated: Mapping[str, Any]) -> list[Record]:
    """The records of a sheet; those of a mapping with their key, those of checklists with their indicator."""
    found: Any = stated
    for step in sheet.path:
        found = (found or {}).get(step)
    if sheet.form == "single":
        return [found or {}]
    if sheet.form == "mapping":
        return [{sheet.key: key, **record} for key, record in (found or {}).items()]
    if sheet.form == "checklist":
        return [
            {"indicator": indicator["code"], **point}
            for indicator in found or []
            for point in indicator.get("checklist") or []
        ]
    if sheet.form == "fields":
        return [{"field": key, "value": part} for key, part in stated.items() if key not in HAVE_SHEETS]
    return list(found or [])


def cell_of(record: Record, column: Column) -> Written:
    """What stands in the cell of `record` under `column`."""
    if column.header == "scale":
        return next((name for name in column.choices if record.get(name) is not None), None)
    value: Any = record
    for step in column.path[: -1 if column.kind == "lines" else None]:
        if isinstance(value, list):
            value = value[step] if isinstance(step, int) and step < len(value) else None
        elif isinstance(value, Mapping):
            value = value.get(step)
    if column.kind == "lines":
        return to_lines(value or [], str(column.path[-1]))
    return to_cell(column.kind, value)


def _unwritable(sheet: Sheet, rows: list[Record], path: Path) -> Iterator[Problem]:
    """Texts that would not come back from a cell as they are."""
    for column in columns(sheet, rows):
        place = Place(
            _("{file}, sheet {sheet}").format(file=path.name, sheet=sheet.name), column=column.header
        )
        for text in (cell_of(row, column) for row in rows):
            if not isinstance(text, str):
                continue
            if len(text) > MAX_CELL:
                message = _("This text is longer than a cell of Excel can hold.")
                allowed = _("at most {n} characters").format(n=MAX_CELL)
                yield Problem("text-too-long", message, place, found=str(len(text)), allowed=allowed)
            if found := _NO_SIGN.search(text):
                message = _("This text has a control character, which a workbook cannot hold.")
                yield Problem("text-control", message, place, found=f"U+{ord(found[0]):04X}")


def _formats(book: Any) -> dict[str, Any]:
    top = {"valign": "top", "font_name": "Calibri", "font_size": 11}
    return {
        "head": book.add_format(
            {**top, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "text_wrap": True}
        ),
        "help": book.add_format(
            {**top, "italic": True, "font_size": 9, "font_color": "#555555", "bg_color": "#EEF3F8"}
            | {"text_wrap": True, "bottom": 1, "bottom_color": "#9DB2C7"}
        ),
        # the format @ keeps Excel from turning 2.10 into 2.1 and 1-2 into a date
        "text": book.add_format({**top, "num_format": "@", "text_wrap": True}),
        "number": book.add_format(top),
        "name": book.add_format({**top, "bold": True, "bg_color": "#EEF3F8"}),
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": "#1F4E79"}),
        "example": book.add_format({"bg_color": "#FFE9B8", "font_color": "#7A4B00"}),
    }


def _write_about(sheet: Any, stated: Mapping[str, Any], formats: dict[str, Any]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, str(stated.get("scheme", "")), formats["title"])
    for row, line in enumerate(_GUIDE, start=2):
        sheet.write_string(row, 0, _(line), formats["number"])
    for row, part in enumerate(SHEETS, start=len(_GUIDE) + 3):
        sheet.write_url(row, 0, f"internal:'{part.name}'!A1", string=f"{part.name}: {_(part.help)}")


def _write_single(worksheet: Any, sheet: Sheet, record: Record, formats: dict[str, Any]) -> None:
    """Fields below each other: name, value, meaning."""
    for position, (title, width) in enumerate(((_("field"), 28), (_("value"), 80), (_("meaning"), 60))):
        worksheet.write_string(0, position, title, formats["head"])
        worksheet.set_column(position, position, width)
    worksheet.freeze_panes(1, 1)
    for row, column in enumerate(columns(sheet, [record]), start=1):
        worksheet.write_string(row, 0, column.header, formats["name"])
        _write_cell(worksheet, (row, 1), column, cell_of(record, column), formats)
        worksheet.write_string(row, 2, _(column.help), formats["help"])
        _offer_choices(worksheet, column, (row, 1, row, 1))
        _colour_marks(worksheet, column, (row, 1, row, 1), formats)


def _write_table(worksheet: Any, sheet: Sheet, rows: list[Record], formats: dict[str, Any]) -> None:
    """One row a record below a row of help and a row of headers."""
    header = columns(sheet, rows)
    worksheet.freeze_panes(FIRST_ROW - 1, 1)
    worksheet.set_row(HELP_ROW - 1, 48)
    for position, column in enumerate(header):
        worksheet.set_column(position, position, column.width, formats[_format(column)])
        worksheet.write_string(HEADER_ROW - 1, position, column.header, formats["head"])
        worksheet.write_string(HELP_ROW - 1, position, _(column.help), formats["help"])
        for row, record in enumerate(rows, start=FIRST_ROW - 1):
            _write_cell(worksheet, (row, position), column, cell_of(record, column), formats)
        area = (FIRST_ROW - 1, position, max(len(rows), 1) + _LIST_ROWS, position)
        _offer_choices(worksheet, column, area)
        _colour_marks(worksheet, column, area, formats)
    worksheet.autofilter(HEADER_ROW - 1, 0, max(len(rows) + FIRST_ROW - 2, HEADER_ROW), len(header) - 1)


def _format(column: Column) -> str:
    return "number" if column.kind in {"number", "whole"} else "text"


def _write_cell(
    worksheet: Any, cell: tuple[int, int], column: Column, value: Written, formats: dict[str, Any]
) -> None:
    if value is None:
        worksheet.write_blank(*cell, None, formats[_format(column)])
    elif isinstance(value, str):
        worksheet.write_string(*cell, value, formats["text"])
    else:
        worksheet.write_number(*cell, value, formats["number"])


def _offer_choices(worksheet: Any, column: Column, area: tuple[int, int, int, int]) -> None:
    """A drop-down of the allowed words, or of the keys of another sheet."""
    if column.choices:
        source: Any = list(column.choices)
    elif column.choices_from:
        source = f"={column.choices_from}!$A${FIRST_ROW}:$A${FIRST_ROW + _LIST_ROWS}"
    else:
        return
    worksheet.data_validation(
        *area,
        {
            "validate": "list",
            "source": source,
            "error_title": column.header[:32],
            "error_message": _("Choose one of the list."),
        },
    )


def _colour_marks(
    worksheet: Any, column: Column, area: tuple[int, int, int, int], formats: dict[str, Any]
) -> None:
    """Example values are to be seen as such."""
    if column.header.endswith(".mark"):
        rule = {"type": "cell", "criteria": "==", "value": '"example"', "format": formats["example"]}
        worksheet.conditional_format(*area, rule)
