"""Opening a workbook that strangers send: measured before it is read, and with nothing in it that runs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clustermark.ground.foreign import ForeignError, each, reading
from clustermark.ground.problems import Place, Problem, ProblemList, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.schemes.workbook.cells import Cell

MAX_BYTES = 10_000_000
MAX_UNPACKED = 100_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 2_000

_ACTIVE = ("vbaproject", "macrosheets/", "activex/", "embeddings/", "externallinks/", "connections.xml")


@dataclass(frozen=True, slots=True)
class CellAt:
    """A filled cell: its value, and where it stands."""

    value: Cell
    place: Place


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The filled cells of one sheet by row and column, both counted from 1."""

    name: str
    file: str
    rows: dict[int, dict[int, CellAt]]

    def place(self, row: int | None = None, column: str | None = None) -> Place:
        """A place on this sheet."""
        return Place(self.file, row=row, column=column)


def open_workbook(path: Path, problems: ProblemList) -> list[SheetCells]:
    """Every sheet of the workbook. Formulas and error values are noted as problems and left out.

    Raises `ProblemsError` when the file is no workbook, too large, or holds macros or links.
    """
    _check_archive(path)
    import openpyxl  # noqa: PLC0415 - needed by this conversion only

    try:
        with reading():
            book = openpyxl.load_workbook(path, read_only=True, data_only=False)
        sheets = [_cells(sheet, path.name, problems) for sheet in book.worksheets]
        book.close()
    except ForeignError as error:
        raise ProblemsError([_unreadable(path, str(error))]) from None
    return sheets


def _check_archive(path: Path) -> None:
    if not path.is_file():
        raise ProblemsError([Problem("file-missing", _("There is no such file."), Place(str(path)))])
    if path.stat().st_size > MAX_BYTES:
        raise ProblemsError([_too_large(path)])
    try:
        with reading(), zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except ForeignError as error:
        raise ProblemsError([_unreadable(path, str(error))]) from None
    # the sizes in the directory bound what zipfile hands out: reading more of an entry is an error
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ProblemsError([_too_large(path)])
    active = [entry.filename for entry in entries if any(part in entry.filename.lower() for part in _ACTIVE)]
    if active:
        message = _(
            "The workbook holds macros, embedded objects or links; a scheme workbook holds values only."
        )
        raise ProblemsError([Problem("workbook-active", message, Place(path.name), found=active[0])])


def _too_large(path: Path) -> Problem:
    return Problem(
        "workbook-too-large",
        _("The workbook is too large for a scheme."),
        Place(path.name),
        allowed=_("at most {packed} bytes, {unpacked} unpacked").format(
            packed=MAX_BYTES, unpacked=MAX_UNPACKED
        ),
    )


def _unreadable(path: Path, found: str) -> Problem:
    message = _("This is not an Excel workbook (.xlsx), or it is damaged or has a password.")
    return Problem("workbook-unreadable", message, Place(path.name), found=found[:120] or None)


def _cells(sheet: Any, file: str, problems: ProblemList) -> SheetCells:
    where = _("{file}, sheet {sheet}").format(file=file, sheet=sheet.title)
    found = SheetCells(sheet.title, where, {})
    for cell in _filled(sheet):
        if cell.row > MAX_ROWS or cell.column > MAX_COLUMNS:
            problems.add(_outside(found.place(cell.row, cell.column_letter)))
            break
        place = Place(where, row=cell.row, field=cell.coordinate)
        if cell.data_type == "f":
            message = _("A formula stands here; write the value itself.")
            problems.add(Problem("formula", message, place, found=_formula(cell.value)))
        elif cell.data_type == "e":
            message = _("Excel could not compute this cell.")
            problems.add(Problem("cell-error", message, place, found=str(cell.value)))
        elif not (isinstance(cell.value, str) and not cell.value.strip()):
            found.rows.setdefault(cell.row, {})[cell.column] = CellAt(cell.value, place)
    return found


def _filled(sheet: Any) -> Iterator[Any]:
    for row in each(sheet.iter_rows()):
        yield from (cell for cell in row if cell.value is not None)


def _formula(value: Any) -> str:
    text = str(getattr(value, "text", None) or value)
    return text if len(text) <= 80 else text[:77] + "…"


def _outside(place: Place) -> Problem:
    return Problem(
        "workbook-too-large",
        _("The sheet goes on for more rows or columns than a scheme needs; what follows was not read."),
        place,
        allowed=_("{rows} rows, {columns} columns").format(rows=MAX_ROWS, columns=MAX_COLUMNS),
    )
