"""Reads and writes one table as CSV: UTF-8, comma, one heading line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace

from clustermark.dossiers.raw import UNFIT, Limits, RawRow, RawTable, clean_text, shortened
from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import gettext as _

_BOM = b"\xef\xbb\xbf"
_OTHER_BOMS = (b"\xff\xfe", b"\xfe\xff")


def read_csv(name: str, file: str, data: bytes, limits: Limits, problems: ProblemList) -> RawTable | None:
    """The table `name` from the bytes of its file; None with problems noted when it cannot be read as CSV.

    Cells that cannot stay as they are (too long, not UTF-8, control characters) are noted one by one.
    """
    before = len(problems.errors)
    text = _decode(file, data, problems)
    if text is None:
        return None
    records = _records(file, text, limits, problems)
    if not records:
        if len(problems.errors) == before:
            problems.add(
                Problem("file-empty", _("The file is empty."), Place(file), allowed=_("a heading line"))
            )
        return None
    header, rows = records[0], records[1:]
    if len(header.cells) == 1 and header.cells[0].count(";") + header.cells[0].count("\t") > 0:
        problems.add(
            Problem(
                "separator-wrong",
                _("The columns are not separated by commas."),
                Place(file, row=header.number),
                found=shortened(header.cells[0]),
                allowed=_("commas between the columns, as «CSV UTF-8» is written"),
            )
        )
        return None
    cut = len(problems.errors) > before
    table = RawTable(name, file, header.cells, tuple(rows), header.number, cut=cut)
    return checked(table, limits, problems, suspicious=bool(UNFIT.search(text)))


def _decode(file: str, data: bytes, problems: ProblemList) -> str | None:
    """The text; bytes that are not UTF-8 become surrogates, to be told in their cells."""
    if data.startswith(_OTHER_BOMS):
        problems.add(
            Problem(
                "encoding-wrong",
                _("The file is not in UTF-8."),
                Place(file, row=1),
                found=_("UTF-16 (first bytes {bytes})").format(bytes=data[:2].hex(" ").upper()),
                allowed="UTF-8",
            )
        )
        return None
    return data.removeprefix(_BOM).decode("utf-8", errors="surrogateescape")


def _records(file: str, text: str, limits: Limits, problems: ProblemList) -> list[RawRow]:
    """Every record that is not empty; rows are counted as a spreadsheet does, empty ones included."""
    rows: list[RawRow] = []
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        number += 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            problems.add(_broken(file, number, str(error), limits))
            break
        if record is None:
            break
        if number > limits.rows + 1:
            problems.add(too_many_rows(Place(file, row=number), limits))
            break
        cells = tuple(map(clean_text, record))
        if any(cells):
            rows.append(RawRow(number, cells))
    return rows


def _broken(file: str, number: int, error: str, limits: Limits) -> Problem:
    if "field limit" in error:
        return _cell_too_long(Place(file, row=number), limits)
    return Problem(
        "csv-broken",
        _("The quotation marks of this row do not match; the rest of the table was not read."),
        Place(file, row=number),
        allowed=_("a quotation mark inside a quoted cell is written twice"),
    )


def _cell_too_long(place: Place, limits: Limits) -> Problem:
    return Problem(
        "cell-too-long",
        _("The cell is too long."),
        place,
        allowed=_("at most {count} characters").format(count=limits.cell_characters),
    )


def too_many_rows(place: Place, limits: Limits) -> Problem:
    """The problem of a table with more rows than allowed."""
    return Problem(
        "too-many-rows",
        _("The table has too many rows; the rest was not read."),
        place,
        allowed=_("at most {count} rows").format(count=limits.rows),
    )


def checked(table: RawTable, limits: Limits, problems: ProblemList, *, suspicious: bool) -> RawTable:
    """`table` with those cells noted that no form can keep: too long, not UTF-8, without a heading, ….

    `suspicious` says whether any text of the table matches `UNFIT` at all, so that clean tables cost nothing.
    """
    if len(table.header) > limits.columns:
        problems.add(
            Problem(
                "too-many-columns",
                _("The table has too many columns."),
                table.place(table.header_row),
                found=str(len(table.header)),
                allowed=_("at most {count} columns").format(count=limits.columns),
            )
        )
    _note_headings_twice(table, problems)
    noted = set(table.noted)
    half, width = limits.cell_characters // 2, len(table.header)
    unnamed = {index for index, name in enumerate(table.header) if not name}
    for row in (RawRow(table.header_row, table.header), *table.rows):
        for index, cell in enumerate(row.cells):
            problem = None
            if len(cell) > half and utf16_length(cell) > limits.cell_characters:
                problem = _cell_too_long(_cell_place(table, row, index), limits)
            elif suspicious and (unfit := UNFIT.search(cell)):
                problem = _unfit(cell, unfit.start(), _cell_place(table, row, index))
            elif cell and (index >= width or index in unnamed):
                problem = _without_heading(cell, _cell_place(table, row, index))
            if problem is not None and (row.number, index) not in noted:
                noted.add((row.number, index))
                problems.add(problem)
    return replace(table, noted=frozenset(noted)) if noted else table


def _cell_place(table: RawTable, row: RawRow, index: int) -> Place:
    return table.place(row.number, column_name(table.header, index))


def _note_headings_twice(table: RawTable, problems: ProblemList) -> None:
    seen: set[str] = set()
    for index, name in enumerate(table.header):
        if name and name in seen:
            place = table.place(table.header_row, column_name(table.header, index))
            problems.add(
                Problem("column-twice", _("Two columns have the same heading."), place, found=shortened(name))
            )
        seen.add(name)


def _without_heading(cell: str, place: Place) -> Problem:
    return Problem(
        "cell-without-column",
        _("There is a cell without a heading above it."),
        place,
        found=shortened(cell),
        allowed=_("a heading, or an empty cell"),
    )


def _unfit(cell: str, at: int, place: Place) -> Problem:
    code = ord(cell[at])
    around = UNFIT.sub("\ufffd", cell[max(0, at - 20) : at + 20])
    if 0xDC80 <= code <= 0xDCFF:
        return Problem(
            "encoding-wrong",
            _("The cell is not in UTF-8."),
            place,
            found=_("byte 0x{byte} in «{text}»").format(byte=f"{code - 0xDC00:02X}", text=around),
            allowed="UTF-8",
        )
    return Problem(
        "control-character",
        _("The cell has a character that is not text."),
        place,
        found=_("character U+{code} in «{text}»").format(code=f"{code:04X}", text=around),
        allowed=_("text, with line breaks and tabs"),
    )


def utf16_length(text: str) -> int:
    """Length as a workbook counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def column_name(header: Sequence[str], index: int) -> str:
    """The heading of a column, or its letters as in a spreadsheet when it has none."""
    if index < len(header) and header[index]:
        return shortened(header[index])
    letters, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of a table: UTF-8, commas, `\\n` after each row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")
