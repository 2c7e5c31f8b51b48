""".xlsx → scheme: what the cells state, each value with its place; all problems together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import gettext as _
from clustermark.ground.yaml12 import Path as DataPath
from clustermark.schemes.reading import scheme_from_statements
from clustermark.schemes.scheme import Scheme
from clustermark.schemes.workbook.cells import CellError, from_cell, from_lines
from clustermark.schemes.workbook.layout import ABOUT, HEADER_ROW, Column, Sheet, column_of, columns
from clustermark.schemes.workbook.opening import CellAt, SheetCells, open_workbook
from clustermark.schemes.workbook.sheets import BY_NAME, HAVE_SHEETS, SHEETS

_HEADER_ROWS = (HEADER_ROW, 1, 3)
"""Where headers are looked for: a row of help above them may be gone, or an empty one come in."""


@dataclass(frozen=True)
class WorkbookStatements:
    """What a workbook states, as plain data, and the sheet, row and column of every value in it."""

    data: dict[str, Any]
    file: str
    places: dict[DataPath, Place] = field(default_factory=dict)

    def place(self, path: DataPath) -> Place:
        """The place of the value at `path`, or of its nearest parent."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return Place(self.file)


def read_workbook(path: Path) -> WorkbookStatements:
    """What the workbook at `path` states; `load_workbook_scheme` makes a checked scheme of it.

    Raises `ProblemsError` with everything that cannot be read, each with sheet, row and column.
    """
    problems = ProblemList()
    book = {sheet.name: sheet for sheet in open_workbook(path, problems)}
    reader = _Reader(WorkbookStatements({}, path.name), problems)
    for name, cells in book.items():
        if name not in BY_NAME and name != ABOUT:
            allowed = ", ".join(sheet.name for sheet in SHEETS)
            message = _("There is no sheet of this name in a scheme workbook.")
            problems.add(Problem("sheet-unknown", message, cells.place(), allowed=allowed))
    if "Scheme" not in book:
        message = _("The sheet Scheme is missing.")
        problems.add(Problem("sheet-missing", message, Place(path.name)))
    for sheet in SHEETS:
        if sheet.name in book:
            reader.sheet(sheet, book[sheet.name])
    problems.raise_errors()
    return reader.statements


def load_workbook_scheme(path: Path) -> Scheme:
    """The checked scheme in a workbook; what it extends is a shipped scheme or a file beside it.

    Raises `ProblemsError` with sheet, row and column.
    """
    return scheme_from_statements(read_workbook(path), near=path.parent)


@dataclass(slots=True)
class _Row:
    """The values of one record: by path, with the place of each."""

    place: Place
    values: dict[DataPath, Any] = field(default_factory=dict)
    places: dict[DataPath, Place] = field(default_factory=dict)
    lines: dict[str, dict[str, str]] = field(default_factory=dict)


class _Reader:
    """Builds the statements sheet by sheet, collecting problems."""

    def __init__(self, statements: WorkbookStatements, problems: ProblemList) -> None:
        self.statements = statements
        self.problems = problems

    def sheet(self, sheet: Sheet, cells: SheetCells) -> None:
        if sheet.form == "single":
            self.single(sheet, cells)
            return
        rows = list(self.rows(sheet, cells))
        if not rows and not sheet.always:
            return
        if sheet.form == "list":
            self.note(sheet.path, [], Place(cells.file))
            for index, row in enumerate(rows):
                self.store((*sheet.path, index), row)
        elif sheet.form == "mapping":
            self.mapping(sheet, cells, rows)
        elif sheet.form == "fields":
            self.other_parts(rows)
        else:
            self.checklists(sheet, rows)

    def single(self, sheet: Sheet, cells: SheetCells) -> None:
        """A sheet with a field a row: its name in column A, its value in column B."""
        row = _Row(Place(cells.file))
        seen: set[str] = set()
        for number, line in cells.rows.items():
            name = str(line[1].value).strip() if 1 in line else None
            column = column_of(sheet, name) if name else None
            if number == 1 and column is None:
                continue
            if name in seen:
                self.problem(
                    "field-twice", _("This field stands twice on the sheet."), line[1].place, found=name
                )
            elif column is None and (name or 2 in line):
                allowed = ", ".join(item.header for item in columns(sheet, []))
                where = cells.place(number)
                self.problem(
                    "field-unknown", _("There is no such field."), where, found=name, allowed=allowed
                )
            elif column is not None and 2 in line:
                self.value(row, column, line[2])
            seen.add(name or "")
        if row.values or sheet.always:
            self.store(sheet.path, row)

    def rows(self, sheet: Sheet, cells: SheetCells) -> Iterator[_Row]:
        """The records of a table; rows without any value are passed over."""
        start = max(_HEADER_ROWS, key=lambda number: self.headers_in(sheet, cells.rows.get(number, {})))
        header = self.header(sheet, cells, start)
        for number, line in cells.rows.items():
            if number <= start:
                continue
            row = _Row(cells.place(number))
            for position, at in line.items():
                column = header.get(position)
                if column is not None:
                    self.value(row, column, at)
                elif position not in cells.rows.get(start, {}):
                    self.problem("column-unknown", _("This value stands below no header."), at.place)
            if row.values or row.lines:
                yield row

    @staticmethod
    def headers_in(sheet: Sheet, line: dict[int, CellAt]) -> int:
        return sum(column_of(sheet, str(at.value).strip()) is not None for at in line.values())

    def header(self, sheet: Sheet, cells: SheetCells, row: int) -> dict[int, Column]:
        header: dict[int, Column] = {}
        for position, at in cells.rows.get(row, {}).items():
            name = str(at.value).strip()
            column = column_of(sheet, name)
            if column is None:
                allowed = ", ".join(item.header for item in columns(sheet, []))
                message = _("There is no such column on this sheet.")
                self.problem("column-unknown", message, at.place, found=name, allowed=allowed)
            elif column in header.values():
                self.problem("column-twice", _("This column stands twice."), at.place, found=name)
            else:
                header[position] = column
        return header

    def value(self, row: _Row, column: Column, at: CellAt) -> None:
        place = Place(at.place.file, at.place.row, column.header, at.place.field)
        try:
            value = from_cell(column.kind, at.value)
        except CellError as error:
            self.problem(
                "cell-unreadable", error.message, place, found=str(at.value)[:80], allowed=error.allowed
            )
            return
        if column.choices and column.kind == "word" and value not in column.choices:
            allowed = ", ".join(column.choices)
            self.problem("choice", _("This is not one of the choices."), place, found=value, allowed=allowed)
        if column.kind == "lines":
            row.lines.setdefault(column.field.name, {})[str(column.path[-1])] = value
            row.places[column.path[:-1]] = place
        else:
            row.values[column.path] = value
            row.places[column.path] = place

    def mapping(self, sheet: Sheet, cells: SheetCells, rows: list[_Row]) -> None:
        self.note(sheet.path, {}, Place(cells.file))
        seen: set[str] = set()
        for row in rows:
            key = row.values.pop((sheet.key,), None)
            if key is None:
                self.problem("key-missing", _("The {key} is missing.").format(key=sheet.key), row.place)
            elif key in seen:
                self.problem("key-twice", _("This name stands twice."), row.place, found=key)
            else:
                seen.add(key)
                self.store((*sheet.path, key), row)

    def other_parts(self, rows: list[_Row]) -> None:
        for row in rows:
            name = row.values.get(("field",))
            if name is None or name in HAVE_SHEETS or name in self.statements.data:
                message = _("This part has a sheet of its own, or no name, or stands twice.")
                self.problem("part", message, row.place, found=name)
            else:
                self.note((name,), row.values.get(("value",)), row.place)

    def checklists(self, sheet: Sheet, rows: list[_Row]) -> None:
        """The points go to the indicators they name; indicators stand on a sheet before this one."""
        indicators: list[dict[str, Any]] = self.statements.data.get("indicators", [])
        positions = {item.get("code"): index for index, item in reversed(list(enumerate(indicators)))}
        for row in rows:
            code = row.values.pop(("indicator",), None)
            if code not in positions:
                message = _("The sheet Indicators has no indicator with this code.")
                allowed = ", ".join(str(known) for known in positions)
                self.problem("indicator-unknown", message, row.place, found=code, allowed=allowed)
                continue
            index = positions[code]
            points = indicators[index].setdefault("checklist", [])
            self.store((*sheet.path, index, "checklist", len(points)), row)

    def store(self, path: DataPath, row: _Row) -> None:
        """Put a record in its place in the data."""
        stated_scale = row.values.pop(("scale",), None)
        record = self.built(row)
        for name, cells in row.lines.items():
            if texts := from_lines(cells):
                record[name] = texts
        if stated_scale in {"measure", "rubric"} and stated_scale not in record:
            message = _("The scale is {scale}, but nothing stands there.").format(scale=stated_scale)
            self.problem("scale", message, row.places[("scale",)])
        self.note(path, record, row.place)
        self.statements.places.update({(*path, *below): place for below, place in row.places.items()})

    def built(self, row: _Row) -> dict[str, Any]:
        """Values by path as nested data; a list must be filled from its start without a gap."""
        record: dict[str, Any] = {}
        for path, value in row.values.items():
            target: Any = record
            for step in path[:-1]:
                # positions of a list are keys first: columns may stand in any order
                target = target.setdefault(step, {})
            target[path[-1]] = value
        for name, value in record.items():
            if isinstance(value, dict) and value and all(isinstance(key, int) for key in value):
                if sorted(value) != list(range(len(value))):
                    message = _("There is a gap: a column is filled and one before it is empty.")
                    last = next(
                        place for below, place in row.places.items() if below[:2] == (name, max(value))
                    )
                    self.problem("gap", message, last)
                record[name] = [value[index] for index in sorted(value)]
        return record

    def note(self, path: DataPath, value: Any, place: Place) -> None:
        """Set the value at `path` of the data and remember its place; an empty path merges into the whole."""
        self.statements.places[path] = place
        if not path:
            self.statements.data.update(value)
            return
        target: Any = self.statements.data
        for step in path[:-1]:
            target = target.setdefault(step, {}) if isinstance(target, dict) else target[step]
        if isinstance(target, list):
            target.append(value)
        else:
            target[path[-1]] = value

    def problem(
        self, code: str, message: str, place: Place, *, found: str | None = None, allowed: str | None = None
    ) -> None:
        self.problems.add(Problem(code, message, place, found=found, allowed=allowed))
