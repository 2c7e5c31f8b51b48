"""Reads a dossier from a workbook `.xlsx`: one sheet a table; evidence in `NAME.evidence/` beside it.

A cell may be typed as text or as a number, date or truth value: it becomes the text that a CSV file would
have, exactly (a number is what the spreadsheet shows of it: 15 significant digits). Formulas are refused.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from io import BufferedReader
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from clustermark.dossiers.archive import Meter, TooLargeError, open_archive
from clustermark.dossiers.csvfile import checked, column_name, too_many_rows
from clustermark.dossiers.folder import read_evidence, unknown_entry
from clustermark.dossiers.raw import (
    UNFIT,
    WORKBOOK,
    Limits,
    RawDossier,
    RawRow,
    RawTable,
    clean_text,
    printable,
    shortened,
    too_large,
)
from clustermark.dossiers.tables import TABLES
from clustermark.ground.foreign import ForeignError, each, reading
from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import gettext as _

GUIDANCE_SHEET = "guidance"
LISTS_SHEET = "lists"
_HEADER_WITHIN = 10
"""The heading stands in one of these first rows, below title and help."""

_VALUE = attrgetter("value")
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


CellFault = tuple[str, str, str, str]
"""Why a cell cannot be read: code, message, found, allowed."""


def evidence_folder(path: Path) -> Path:
    """The folder with the evidence of the workbook at `path`."""
    return path.with_name(path.stem + ".evidence")


def manifest_path(path: Path) -> Path:
    """The manifest of the workbook at `path`."""
    return path.with_name(path.stem + ".manifest.json")


def read_workbook(
    path: Path, data: BufferedReader, limits: Limits, problems: ProblemList
) -> RawDossier | None:
    """What the workbook at `path`, open as `data`, holds; None when it cannot be read at all."""
    if not is_workbook(path, data, limits, problems):
        return None
    raw = RawDossier(path, by_file=False)
    data.seek(0)
    raw.hashes[WORKBOOK] = hashlib.file_digest(data, "sha256").hexdigest()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it leaves out
            _read_sheets(raw, data, limits, problems)
    except ForeignError as error:
        problems.add(_damaged(path, error))
        return None
    read_evidence(raw, evidence_folder(path), limits, problems)
    if manifest_path(path).is_file():
        raw.manifest = manifest_path(path).read_bytes()
    return raw


def is_workbook(path: Path, data: IO[bytes], limits: Limits, problems: ProblemList) -> bool:
    """Whether `data`, at its start, is a workbook that may be read; why not is noted."""
    start = data.read(8)
    if start == _OLE:
        problems.add(_old_or_locked(path, data))
        return False
    archive = open_archive(path, data, problems)
    if archive is None:
        return False
    if "xl/workbook.xml" not in archive.namelist():
        problems.add(
            Problem(
                "form-unknown",
                _("This is no workbook of Excel."),
                Place(path.name),
                allowed=_("a workbook saved as .xlsx"),
            )
        )
        return False
    return _measured(path, data, archive, limits, problems)


def _measured(
    path: Path, data: IO[bytes], archive: zipfile.ZipFile, limits: Limits, problems: ProblemList
) -> bool:
    """Whether all parts unpack, to no more than allowed."""
    if len(archive.infolist()) > limits.files:
        problems.add(too_large(Place(path.name), limits.workbook_bytes))
        return False
    meter = Meter(data.seek(0, io.SEEK_END), limits.workbook_bytes, limits)
    try:
        for info in archive.infolist():
            with reading(TooLargeError), archive.open(info) as part:
                for chunk in meter.chunks(part):
                    if b"<!DOCTYPE" in chunk:
                        raise ForeignError(_("A workbook has no document type definitions."))
    except TooLargeError:
        problems.add(too_large(Place(path.name), limits.workbook_bytes))
        return False
    except ForeignError as error:
        problems.add(_damaged(path, error))
        return False
    return True


def _old_or_locked(path: Path, data: IO[bytes]) -> Problem:
    data.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in data.read(1 << 20):
        return Problem(
            "password",
            _("The workbook is protected by a password."),
            Place(path.name),
            allowed=_("a workbook that opens without a password"),
        )
    return Problem(
        "form-unknown",
        _("This is a workbook in the form of before 2007."),
        Place(path.name),
        allowed=_("a workbook saved as .xlsx"),
    )


def _damaged(path: Path, error: Exception) -> Problem:
    return Problem(
        "workbook-broken",
        _("The workbook is damaged."),
        Place(path.name),
        found=shortened(str(error)) or type(error).__name__,
        allowed=_("a workbook that a spreadsheet program opens and saves as .xlsx"),
    )


def _read_sheets(raw: RawDossier, data: IO[bytes], limits: Limits, problems: ProblemList) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import; only workbooks need it

    with reading():
        strings = shared_strings(data)
        book = load_workbook(data, read_only=True, data_only=False)
    for sheet in book.worksheets:
        if strings is not None:
            sheet._shared_strings = strings  # openpyxl's own list loses escaped characters
        name = sheet.title
        if name in (GUIDANCE_SHEET, LISTS_SHEET):
            continue
        place = sheet_name(raw.path, name)
        if name not in TABLES:
            if any(any(cell.value is not None for cell in row) for row in _rows_of(sheet, limits)):
                problems.add(_unknown_sheet(name, place))
            continue
        table = _read_sheet(sheet, name, place, limits, problems)
        if table is None:
            raw.unreadable.add(name)
        else:
            raw.tables[name] = table
            if not table.whole:
                raw.unreadable.add(name)
    book.close()


def sheet_name(path: Path, sheet: str) -> str:
    """How a sheet of a workbook is named as the place of a problem."""
    return printable(_("{workbook}, sheet {sheet}").format(workbook=path.name, sheet=sheet))


def _unknown_sheet(name: str, place: str) -> Problem:
    problem = unknown_entry(f"{name}.csv")
    return Problem(problem.code, problem.message, Place(place), allowed=problem.allowed, severity="warning")


def shared_strings(data: IO[bytes]) -> list[str] | None:
    """The texts of the workbook, with escaped characters put back (ECMA-376 part 1, 22.4.2.4)."""
    from defusedxml.ElementTree import iterparse  # noqa: PLC0415 - only workbooks need it

    with zipfile.ZipFile(data) as archive:
        if "xl/sharedStrings.xml" not in archive.namelist():
            return None
        texts = []
        with archive.open("xl/sharedStrings.xml") as part:
            for _event, element in iterparse(part):
                if element.tag.rpartition("}")[2] == "si":
                    texts.append(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), _plain_text(element)))
                    element.clear()
    return texts


def _plain_text(element: Any) -> str:
    """The text of a string item: its runs, without phonetic hints."""
    parts = []
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts.extend(run.text or "" for run in child if run.tag.rpartition("}")[2] == "t")
    return "".join(parts)


def _rows_of(sheet: Any, limits: Limits) -> Any:
    sheet.reset_dimensions()  # a sheet may claim a million rows that it does not have
    return each(sheet.iter_rows(min_row=1, min_col=1, max_col=limits.columns + 1))


def _read_sheet(sheet: Any, name: str, place: str, limits: Limits, problems: ProblemList) -> RawTable | None:
    rows: list[RawRow] = []
    cut = False
    faults: dict[tuple[int, int], CellFault] = {}
    for number, cells in enumerate(_rows_of(sheet, limits), start=1):
        if number > limits.rows + _HEADER_WITHIN:
            problems.add(too_many_rows(Place(place, row=number), limits))
            cut = True
            break
        row, wrong = _texts(number, cells)
        faults.update(wrong)
        if row.cells or wrong:
            rows.append(row)
    if not rows:
        problems.add(
            Problem("file-empty", _("The sheet is empty."), Place(place), allowed=_("a heading line"))
        )
        return None
    at = _header_index(name, rows)
    header, rows = rows[at], rows[at + 1 :]
    for (number, index), (code, message, found, allowed) in faults.items():
        where = Place(place, row=number, column=column_name(header.cells, index))
        problems.add(Problem(code, message, where, found=shortened(found), allowed=allowed))
    table = RawTable(name, place, header.cells, tuple(rows), header.number, frozenset(faults), cut)
    suspicious = any(UNFIT.search(cell) for row in (header, *rows) for cell in row.cells)
    return checked(table, limits, problems, suspicious=suspicious)


def _texts(number: int, cells: Any) -> tuple[RawRow, dict[tuple[int, int], CellFault]]:
    """One row as texts, empty cells at its end left out, and the cells that cannot be read."""
    if set(map(_VALUE, cells)) == {None}:
        return RawRow(number, ()), {}
    texts: list[str] = []
    wrong: dict[tuple[int, int], CellFault] = {}
    filled = 0
    for index, cell in enumerate(cells):
        text = "" if cell.value is None else cell_text(cell)
        if isinstance(text, tuple):
            wrong[number, index] = text
            text = ""
        texts.append(text)
        if text:
            filled = index + 1
    return RawRow(number, tuple(texts[:filled])), wrong


def _header_index(table: str, rows: list[RawRow]) -> int:
    """Which of the first rows is the heading: the first with a column of the table, else the very first."""
    names = {column.name for column in TABLES[table].columns}
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        if names.intersection(row.cells):
            return index
    return 0


def cell_text(cell: Any) -> str | CellFault:
    """The text that a CSV file would have, or why there is none."""
    value, kind = cell.value, cell.data_type
    if kind == "f":
        formula = value if isinstance(value, str) else getattr(value, "text", None) or "="
        allowed = _("the result as a plain value (paste special: values)")
        return ("formula", _("The cell has a formula; formulas are not calculated."), formula, allowed)
    if kind == "e":
        return ("cell-error", _("The cell shows an error."), str(value), _("a value or an empty cell"))
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        with reading():  # a cell may name a style that is not there
            number_format = cell.number_format
        return _number_text(value, number_format)
    return _date_text(value)


def _number_text(value: float, number_format: str) -> str | CellFault:
    """The digits of a number as a spreadsheet shows them: 15 significant ones, no noise of binary floats."""
    if "%" in number_format:
        allowed = _("the plain number: 35 for 35 %, in a cell not formatted as a percentage")
        return ("percent-format", _("The number is formatted as a percentage."), str(value), allowed)
    return str(value) if isinstance(value, int) else format(Decimal(f"{value:.15g}"), "f")


def _date_text(value: object) -> str | CellFault:
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return ("date-with-time", _("The cell has a time of day."), str(value), _("a date without a time of day"))
