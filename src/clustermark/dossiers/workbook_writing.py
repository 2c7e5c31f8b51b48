"""Writes the workbook that a person fills: guidance, one sheet a table, drop-downs, help, locked headings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from clustermark.dossiers.cells import FIRST_DATE, LAST_DATE, Fault, parse
from clustermark.dossiers.raw import RawDossier, RawRow, RawTable
from clustermark.dossiers.rules import REQUIRED_TABLES
from clustermark.dossiers.tables import TABLES, Column, Table
from clustermark.dossiers.workbook import GUIDANCE_SHEET, LISTS_SHEET
from clustermark.ground.texts import gettext as _

_HEADER = 2
"""Row of the heading counted from 0: title and help stand above it."""
_ROOM = 1000
"""Rows that are ready to be filled, at least."""
_FREE = 10
"""Columns beside the table that are not locked: room for columns of one's own."""
_CREATED = datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook's date has no time zone; it is fixed so that the bytes are
_MESSAGE = 255
"""Characters that an input message can have."""

_NUMBER_FORMATS = {
    "money": "#,##0.00",
    "integer": "0",
    "date": "yyyy-mm-dd",
    "decimal": "General",
    "percent": "General",
}
_WIDTHS = {
    "money": 16,
    "integer": 11,
    "date": 13,
    "decimal": 12,
    "percent": 11,
    "yes_no": 11,
    "choice": 22,
    "list": 24,
}
_WIDE = {"description", "help", "reason", "recommendation", "title", "sha256", "topic", "subject", "note"}


class _Book:
    """The workbook in the making: XlsxWriter's book and the formats that all sheets share."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter  # noqa: PLC0415 - only workbooks need it

        self.book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
        self.book.set_properties({"title": "Clustermark dossier", "created": _CREATED})
        add = self.book.add_format
        self.title = add({"bold": True, "font_size": 16, "font_color": "#1F3A5F"})
        self.help = add({"italic": True, "font_color": "#555555"})
        self.text = add({"text_wrap": True, "valign": "top"})
        self.link = add({"font_color": "#1F5FA8", "underline": 1, "valign": "top"})
        heading = {"bold": True, "border": 1, "border_color": "#9AA7B5", "valign": "vcenter", "locked": True}
        self.required = add({**heading, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"})
        self.optional = add({**heading, "bg_color": "#DCE6F1", "font_color": "#1F3A5F"})
        self.unknown = add({**heading, "bg_color": "#EEEEEE", "font_color": "#777777"})
        self.free = add({"locked": False})
        self.cells = {
            number_format: add({"num_format": number_format, "locked": False})
            for number_format in ("@", *sorted(set(_NUMBER_FORMATS.values())))
        }

    def cell(self, column: Column | None) -> Any:
        """The format of the cells of `column`."""
        return self.cells[_NUMBER_FORMATS.get(column.type, "@") if column else "@"]


def write_workbook(raw: RawDossier, path: Path, evidence: str) -> None:
    """Write the stated tables to `path`, empty sheets for the others; `evidence` is the folder's name."""
    book = _Book(path)
    _write_guidance(book, evidence)
    lists = _choice_lists()
    for spec in TABLES.values():
        _write_table(book, spec, raw.tables.get(spec.name), lists)
    _write_lists(book, lists)
    book.book.close()


def _choice_lists() -> dict[tuple[str, ...], int]:
    """Every list of words, with its column on the sheet of lists."""
    lists: dict[tuple[str, ...], int] = {}
    for spec in TABLES.values():
        for column in spec.columns:
            if column.choices:
                lists.setdefault(tuple(column.choices), len(lists))
    return lists


def _write_lists(book: _Book, lists: Mapping[tuple[str, ...], int]) -> None:
    sheet = book.book.add_worksheet(LISTS_SHEET)
    for words, index in lists.items():
        sheet.write_column(0, index, words)
    sheet.hide()
    sheet.protect()


def _write_guidance(book: _Book, evidence: str) -> None:
    sheet = book.book.add_worksheet(GUIDANCE_SHEET)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 95)
    sheet.set_column(2, 2, 12)
    sheet.write_string(0, 0, _("Dossier of a cluster"), book.title)
    row = 2
    for line in guidance(evidence):
        sheet.merge_range(row, 0, row, 2, line, book.text)
        sheet.set_row(row, 15 * (1 + len(line) // 130))
        row += 1
    row += 1
    for index, words in enumerate((_("Sheet"), _("What it holds"), _("Needed"))):
        sheet.write_string(row, index, words, book.required)
    for spec in TABLES.values():
        row += 1
        sheet.write_url(row, 0, f"internal:'{spec.name}'!A{_HEADER + 2}", book.link, spec.name)
        meaning = f"{_(spec.title)}: {_(spec.help)}"
        sheet.write_string(row, 1, meaning, book.text)
        sheet.set_row(row, 15 * (1 + len(meaning) // 95))
        sheet.write_string(row, 2, _("always") if spec.name in REQUIRED_TABLES else "", book.text)
    _write_words(book, sheet, row + 2)
    sheet.protect()


def _write_words(book: _Book, sheet: Any, row: int) -> None:
    """What the words of the lists mean: files keep the words, people read the titles."""
    sheet.write_string(row, 0, _("Column"), book.required)
    sheet.write_string(row, 1, _("Words and what they mean"), book.required)
    for spec in TABLES.values():
        for column in spec.columns:
            if column.choices:
                row += 1
                meaning = "; ".join(f"{word} – {_(title)}" for word, title in column.choices.items())
                sheet.write_string(row, 0, f"{spec.name}.{column.name}", book.text)
                sheet.write_string(row, 1, f"{_(column.title)}: {meaning}", book.text)
                sheet.set_row(row, 15 * (1 + len(meaning) // 90))


def guidance(evidence: str) -> list[str]:
    """How a person fills the workbook, in sentences."""
    return [
        _("Fill in one sheet after the other, one row for each thing. Select a cell to see its help."),
        _("Dark headings are required: no cell below them may stay empty in a filled row."),
        _("Dates are written YYYY-MM-DD, or as dates of the spreadsheet. Percentages are plain numbers: 35."),
        _("Type or paste values, no formulas. Leave the headings and the names of the sheets as they are."),
        _("A sheet with nothing below its heading states nothing: its facts are missing."),
        _("Where there is truly nothing to list, write none in the first cell below the heading."),
        _("Put the evidence files into the folder {folder} beside this workbook.").format(folder=evidence),
        _("«clustermark dossier hash» fills in their hashes, «clustermark dossier check» checks all."),
    ]


def _write_table(
    book: _Book, spec: Table, table: RawTable | None, lists: Mapping[tuple[str, ...], int]
) -> None:
    sheet = book.book.add_worksheet(spec.name)
    unknown = [name for name in table.header if name and spec.column(name) is None] if table else []
    names = [column.name for column in spec.columns] + unknown
    rows = table.rows if table else ()
    last = _HEADER + max(_ROOM, len(rows))
    sheet.write_string(0, 0, _(spec.title), book.title)
    sheet.write_string(1, 0, _(spec.help), book.help)
    sheet.set_row(_HEADER, 22)
    for index, name in enumerate(names):
        column = spec.column(name)
        sheet.set_column(index, index, _width(column, name), book.cell(column))
        look = book.unknown if column is None else book.required if column.required else book.optional
        sheet.write_string(_HEADER, index, name, look)
        if column is not None:
            _add_help(sheet, column, index, last, lists)
    sheet.set_column(len(names), len(names) + _FREE, None, book.free)
    if table is not None:
        columns = [
            (index, table.header.index(name), spec.column(name))
            for index, name in enumerate(names)
            if name in table.header
        ]
        for at, row in enumerate(rows, start=_HEADER + 1):
            _write_row(book, sheet, at, row, columns)
    sheet.freeze_panes(_HEADER + 1, 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    sheet.protect("", dict.fromkeys(_PERMITTED, True))


_PERMITTED = ("format_columns", "format_rows", "insert_rows", "sort", "autofilter")


def _width(column: Column | None, name: str) -> float:
    base = 44 if name in _WIDE else _WIDTHS.get(column.type, 20) if column else 20
    return max(base, len(name) + 3)


def _write_row(
    book: _Book, sheet: Any, at: int, row: RawRow, columns: list[tuple[int, int, Column | None]]
) -> None:
    """Write `row` to line `at`; `columns`: where each goes, which cell it is, and its description."""
    for index, source, column in columns:
        text = row.cells[source] if source < len(row.cells) else ""
        if not text:
            continue
        value = parse(column, text) if column is not None else text
        look = book.cell(column)
        if isinstance(value, date):
            sheet.write_datetime(at, index, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001 - as above
        elif isinstance(value, int | Decimal) and not isinstance(value, bool | Fault):
            sheet.write_number(at, index, float(value), look)
        else:
            sheet.write_string(at, index, text, look)


def _add_help(
    sheet: Any, column: Column, index: int, last: int, lists: Mapping[tuple[str, ...], int]
) -> None:
    """The help that shows when a cell is selected, and what the cell accepts."""
    shown = {"input_title": column.name[:32], "input_message": help_text(column)[:_MESSAGE]}
    sheet.data_validation(_HEADER, index, _HEADER, index, {"validate": "any", **shown})
    refused = {"error_title": column.name[:32], "error_message": help_text(column)[:_MESSAGE]}
    sheet.data_validation(
        _HEADER + 1,
        index,
        last,
        index,
        {**_accepted(column, lists), **shown, **refused, "ignore_blank": True},
    )


def _accepted(column: Column, lists: Mapping[tuple[str, ...], int]) -> dict[str, Any]:
    """What a spreadsheet program accepts in the cells of `column`; `none` passes in every first column."""
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - only workbooks need it

    if column.choices:
        letters = xl_col_to_name(lists[tuple(column.choices)])
        source = f"={LISTS_SHEET}!${letters}$1:${letters}${len(column.choices)}"
        return {"validate": "list", "source": source, "error_type": "warning"}
    if column.type == "yes_no":
        return {"validate": "list", "source": ["yes", "no"], "error_type": "stop"}
    if column.type == "date":
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": FIRST_DATE,
            "maximum": LAST_DATE,
            "error_type": "warning",
        }
    if column.type in ("integer", "decimal", "money", "percent"):
        low = (
            column.low if column.low is not None else 0 if column.type in ("money", "percent") else -(10**15)
        )
        high = column.high if column.high is not None else 100 if column.type == "percent" else 10**15
        kind = "integer" if column.type == "integer" else "decimal"
        return {
            "validate": kind,
            "criteria": "between",
            "minimum": low,
            "maximum": high,
            "error_type": "warning",
        }
    target = TABLES.get(column.refers_to or "")
    if column.type == "text" and target is not None and target.key is not None:
        letters = xl_col_to_name([item.name for item in target.columns].index(target.key.name))
        top = f"{target.name}!${letters}${_HEADER + 2}"
        filled = f"COUNTA({top}:${letters}$10000)"
        return {
            "validate": "list",
            "source": f"=OFFSET({top},0,0,MAX(1,{filled}),1)",
            "error_type": "warning",
        }
    return {"validate": "any"}


def help_text(column: Column) -> str:
    """The title of `column` and what belongs in its cells, with unit, example and whether it is required."""
    parts = [f"{_(column.title)}.", _(column.help)]
    if column.unit:
        parts.append(_("Unit: {unit}.").format(unit=_(column.unit)))
    if column.example:
        parts.append(_("Example: {example}").format(example=column.example))
    if column.required:
        parts.append(_("Required."))
    return "\n".join(parts)
