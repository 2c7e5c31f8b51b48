"""An owner's old list as rows of texts: a CSV file, or the first sheet of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from clustermark.dossiers.csvfile import read_csv
from clustermark.dossiers.raw import Limits
from clustermark.ground.problems import Place, Problem, ProblemList, ProblemsError
from clustermark.ground.texts import gettext as _

_COLUMNS: dict[str, tuple[str, ...]] = {
    "holder": ("holder", "name", "cluster", "организация", "кластер"),
    "country": ("country", "land", "страна"),
    "region": ("region", "регион"),
    "sector": ("sector", "branche", "отрасль"),
    "level": ("level", "label", "stufe", "уровень"),
    "number": ("number", "certificate", "nummer", "номер"),
    "holder_id": ("holder_id",),
    "scheme": ("scheme",),
    "applied_on": ("applied_on",),
    "decided_on": ("decided_on", "awarded_on", "date"),
    "year": ("year", "jahr", "год"),
    "valid_from": ("valid_from",),
    "valid_until": ("valid_until", "expires", "expiry"),
    "previous": ("previous",),
    "source": ("source", "quelle", "источник"),
}
COLUMNS = tuple(_COLUMNS)
"""The columns that a list may have; other headings in use for them are understood too."""
NEEDED = ("holder", "level")
_LIMITS = Limits(table_bytes=16 << 20, rows=100_000, columns=100)


def list_rows(path: Path, problems: ProblemList) -> Iterator[tuple[int, dict[str, tuple[str, str]]]]:
    """Rows by number; in each the fields that we know, with the heading and the text of the cell."""
    header, rows = _sheet(path, problems) if path.suffix.lower() == ".xlsx" else _csv(path, problems)
    known: dict[int, tuple[str, str]] = {}
    for index, heading in enumerate(header):
        name = _field_of(heading)
        if name is None or name in [field for field, _heading in known.values()]:
            message = _("This column is not imported.")
            allowed = ", ".join(COLUMNS)
            problems.add(
                Problem("column-unused", message, Place(path.name, column=heading), None, allowed, "warning")
            )
        else:
            known[index] = (name, heading)
    missing = [name for name in NEEDED if name not in [field for field, _heading in known.values()]]
    if missing:
        message = _("The list does not have this column.")
        raise ProblemsError(
            [Problem("column-missing", message, Place(path.name, column=name)) for name in missing]
        )
    for number, cells in rows:
        yield (
            number,
            {name: (heading, cells[index]) for index, (name, heading) in known.items() if cells.get(index)},
        )


Table = tuple[list[str], list[tuple[int, dict[int, str]]]]


def _csv(path: Path, problems: ProblemList) -> Table:
    try:
        if path.stat().st_size > _LIMITS.table_bytes:
            message = _("The list is too large.")
            allowed = _("at most {size} MB").format(size=_LIMITS.table_bytes >> 20)
            raise ProblemsError([Problem("list-too-large", message, Place(str(path)), None, allowed)])
        data = path.read_bytes()
    except OSError as error:
        message = _("The file cannot be read: {reason}.").format(reason=error.strerror or error)
        raise ProblemsError([Problem("file-unreadable", message, Place(str(path)))]) from None
    table = read_csv("list", path.name, data, _LIMITS, problems)
    if table is None:
        raise ProblemsError(problems.errors)
    return list(table.header), [(row.number, dict(enumerate(row.cells))) for row in table.rows]


def _sheet(path: Path, problems: ProblemList) -> Table:
    from clustermark.schemes.workbook.opening import open_workbook  # noqa: PLC0415 - loads openpyxl

    sheet = next((sheet for sheet in open_workbook(path, problems) if sheet.rows), None)
    if sheet is None:
        raise ProblemsError([Problem("file-empty", _("The file is empty."), Place(path.name))])
    top = min(sheet.rows)
    width = max(sheet.rows[top])
    header = [_text(sheet.rows[top][n].value) if n in sheet.rows[top] else "" for n in range(1, width + 1)]
    rows = [
        (number, {column - 1: _text(cell.value) for column, cell in cells.items()})
        for number, cells in sorted(sheet.rows.items())
        if number != top
    ]
    return header, rows


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return format(Decimal(f"{value:.15g}"), "f")
    return str(value).strip()


def _field_of(heading: str) -> str | None:
    key = "_".join(heading.casefold().split())
    return next((name for name, headings in _COLUMNS.items() if key in headings), None)
