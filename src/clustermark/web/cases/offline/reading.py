"""Reads a rating sheet that comes back, alone or in its zip; every problem is told with sheet, row and column."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from clustermark.dossiers.archive import Meter, TooLargeError, open_archive
from clustermark.dossiers.raw import Limits, clean_text, printable, shortened, too_large
from clustermark.dossiers.workbook import cell_text, is_workbook, shared_strings, sheet_name
from clustermark.ground.foreign import ForeignError, each, reading
from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import gettext as _
from clustermark.schemes.document import Indicator
from clustermark.web.cases.offline.sheet import COLUMNS, FILE, INPUTS, SHEET, Answer, SheetRow
from clustermark.web.site.numbers import whole_number

LIMITS = Limits(workbook_bytes=32 << 20, archive_bytes=4 << 30, rows=1000, columns=len(COLUMNS))
_VALUE = re.compile(r"-?[0-9]{1,11}(\.[0-9]{1,4})?")
_WITHIN = 10
"""The heading stands in one of these first rows."""


def read_sheet(
    data: IO[bytes],
    name: str,
    *,
    indicators: Sequence[Indicator],
    evidence: Sequence[str],
    problems: ProblemList,
) -> list[SheetRow]:
    """The rows of an uploaded sheet or zip called `name`; rows with problems are left out, problems are noted."""
    path = Path(printable(name))
    book = _workbook(path, data, problems)
    if book is None or not is_workbook(path, book, LIMITS, problems):
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it leaves out
            cells = _cells(path, book, problems)
    except ForeignError as error:
        found = shortened(str(error)) or type(error).__name__
        message = _("The workbook is damaged.")
        problems.add(Problem("workbook-broken", message, Place(path.name), found=found))
        return []
    known = {one.code: one for one in indicators}
    return _rows(cells, sheet_name(path, SHEET), known, frozenset(evidence), problems)


def _workbook(path: Path, data: IO[bytes], problems: ProblemList) -> IO[bytes] | None:
    """The sheet itself: the upload, or the entry of the zip that it is in."""
    data.seek(0)
    if not zipfile.is_zipfile(data):
        data.seek(0)
        return data
    data.seek(0)
    archive = open_archive(path, data, problems)
    if archive is None:
        return None
    if "xl/workbook.xml" in archive.namelist():
        data.seek(0)
        return data
    entry = next((one for one in archive.infolist() if one.filename.rpartition("/")[2] == FILE), None)
    if entry is None:
        message = _("There is no rating sheet in this file.")
        problems.add(Problem("sheet-missing", message, Place(path.name), allowed=FILE))
        return None
    meter = Meter(data.seek(0, io.SEEK_END), LIMITS.workbook_bytes, LIMITS)
    try:
        with reading(TooLargeError), archive.open(entry) as part:
            return io.BytesIO(b"".join(meter.chunks(part, LIMITS.workbook_bytes)))
    except TooLargeError:
        problems.add(too_large(Place(path.name), LIMITS.workbook_bytes))
    except ForeignError as error:
        message = _("The archive is damaged or no zip at all.")
        problems.add(Problem("zip-broken", message, Place(path.name), found=shortened(str(error))))
    return None


Cells = list[tuple[int, dict[str, str]]]


def _cells(path: Path, data: IO[bytes], problems: ProblemList) -> Cells:
    """The rows below the heading as texts by column; a row with a cell that cannot be read is noted and left out."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import; only workbooks need it

    data.seek(0)
    with reading():
        strings = shared_strings(data)
        book = load_workbook(data, read_only=True, data_only=False)
    if SHEET not in book.sheetnames:
        message = _("The workbook has no sheet of ratings.")
        problems.add(Problem("sheet-missing", message, Place(path.name), allowed=SHEET))
        return []
    sheet = book[SHEET]
    if strings is not None:
        sheet._shared_strings = strings  # openpyxl's own list loses escaped characters
    sheet.reset_dimensions()  # a sheet may claim a million rows that it does not have
    place, heading, found = sheet_name(path, SHEET), None, Cells()
    for number, cells in enumerate(
        each(sheet.iter_rows(max_row=LIMITS.rows, max_col=LIMITS.columns)), start=1
    ):
        if heading is None:
            words = [str(cell.value) if cell.value is not None else "" for cell in cells]
            heading = words if "indicator" in words else None
            if heading is None and number >= _WITHIN:
                break
            continue
        row = _texts(number, cells, heading, place, problems)
        if row is not None and row.get("indicator"):
            found.append((number, row))
    missing = [
        name for name in COLUMNS if name in INPUTS | {"version", "base"} and name not in (heading or [])
    ]
    if missing:
        message = _("The sheet has lost its heading or columns: {columns}.").format(
            columns=", ".join(missing)
        )
        problems.add(Problem("columns-missing", message, Place(place)))
        return []
    return found


def _texts(
    number: int, cells: Any, heading: Sequence[str], place: str, problems: ProblemList
) -> dict[str, str] | None:
    row: dict[str, str] = {}
    sound = True
    for name, cell in zip(heading, cells, strict=False):
        if cell.value is None or name not in COLUMNS:
            continue
        text = cell_text(cell)
        if isinstance(text, tuple):
            code, message, shown, allowed = text
            where = Place(place, row=number, column=name)
            problems.add(Problem(code, message, where, found=shortened(shown), allowed=allowed))
            sound = False
        else:
            row[name] = clean_text(text).strip()
    return row if sound else None


def _rows(
    cells: Cells,
    place: str,
    known: Mapping[str, Indicator],
    evidence: frozenset[str],
    problems: ProblemList,
) -> list[SheetRow]:
    rows: dict[str, SheetRow] = {}
    for number, row in cells:
        code, before = row["indicator"], len(problems)
        where = Place(place, row=number, column="indicator")
        if code not in known:
            message = _("The scheme has no such indicator.")
            problems.add(Problem("indicator-unknown", message, where, found=shortened(code)))
            continue
        if code in rows:
            problems.add(
                Problem("indicator-twice", _("This indicator stands there twice."), where, found=code)
            )
            continue
        answer = _answer(row, known[code], evidence, where=(place, number), problems=problems)
        version = row.get("version", "0")
        if len(problems) == before:
            rows[code] = SheetRow(code, number, answer, whole_number(version), row.get("base", ""))
    return list(rows.values())


def _answer(
    row: Mapping[str, str],
    spec: Indicator,
    evidence: frozenset[str],
    *,
    where: tuple[str, int],
    problems: ProblemList,
) -> Answer:
    def wrong(code: str, column: str, message: str, allowed: str | None = None) -> None:
        spot = Place(where[0], row=where[1], column=column)
        problems.add(
            Problem(code, message, spot, found=shortened(row.get(column, "")) or None, allowed=allowed)
        )

    rating, value, right = row.get("rating", ""), row.get("value", ""), row.get("records_right", "").lower()
    if spec.rubric is not None:
        steps = [str(step) for step in range(len(spec.rubric))]
        if rating and rating not in steps:
            wrong("rating-range", "rating", _("There is no such step."), f"0–{steps[-1]}")
        for column in ("value", "records_right"):
            if row.get(column):
                wrong("rating-kind", column, _("This indicator is rated by its rubric."), "rating")
    else:
        if rating:
            message = _("This indicator is measured: follow the records, or correct the value.")
            wrong("rating-kind", "rating", message, "records_right, value")
        if right not in ("", "yes", "no"):
            wrong("yes-no-unreadable", "records_right", _("This is neither yes nor no."), "yes, no")
        if value and not _VALUE.fullmatch(value):
            wrong(
                "number-unreadable", "value", _("This is not a number in the form of the dossier."), "1234.5"
            )
        elif value and right == "yes":
            wrong("rating-both", "value", _("Either the records are followed or the value is corrected."))
        elif right == "no" and not value:
            wrong("value-missing", "value", _("Write the value that is right."))
    named = tuple(one.strip() for one in row.get("evidence", "").split(";") if one.strip())
    for one in named:
        if one not in evidence:
            wrong(
                "evidence-unknown",
                "evidence",
                _("There is no such evidence: {name}.").format(name=shortened(one)),
            )
    return Answer(
        rating=whole_number(rating, None) if spec.rubric is not None else None,
        value=_decimal(value) if spec.rubric is None else None,
        follows_records=right == "yes",
        reason=row.get("reason", ""),
        recommendation=row.get("recommendation", ""),
        evidence=named,
    )


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if _VALUE.fullmatch(text) else None
