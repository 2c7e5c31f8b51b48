"""From a table of texts to typed rows: headings, required cells, values, unique ids."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clustermark.dossiers.cells import Fault, parse, suggestion
from clustermark.dossiers.csvfile import column_name
from clustermark.dossiers.dossier import Row, Value
from clustermark.dossiers.raw import RawRow, RawTable, shortened
from clustermark.dossiers.tables import Column, Table
from clustermark.ground.problems import Problem, ProblemList
from clustermark.ground.texts import gettext as _

NONE = "none"
"""Alone in the first cell under the heading: the table is stated to be empty."""

_NO_EXTRA: Mapping[str, str] = MappingProxyType({})


def typed_rows(spec: Table, raw: RawTable, problems: ProblemList) -> tuple[Row, ...] | None:
    """The rows that `raw` states; None when it states nothing (a heading alone).

    A table is stated to be empty by the word `none` in its first column and nothing else.
    """
    columns, extra = _columns(spec, raw, problems)
    if not raw.rows:
        return None
    if _says_none(raw):
        return ()
    for stated in raw.rows:
        if _is_none(stated):
            problems.add(
                Problem(
                    "none-with-rows",
                    _("The word none says that the table is empty, and there are other rows."),
                    raw.place(stated.number, column_name(raw.header, 0)),
                    allowed=_("none alone, or rows without it"),
                )
            )
    rows = tuple(_row(row, raw, columns, extra, problems) for row in raw.rows)
    _unique(spec, raw, rows, problems)
    if spec.one_row:
        for row in rows[1:]:
            problems.add(
                Problem(
                    "row-not-single",
                    _("The table has exactly one row."),
                    raw.place(row.number),
                    found=_("{count} rows").format(count=len(rows)),
                    allowed=_("1 row"),
                )
            )
    return rows


def _is_none(row: RawRow) -> bool:
    return row.cells[:1] != () and row.cells[0].lower() == NONE and not any(row.cells[1:])


def _says_none(raw: RawTable) -> bool:
    return len(raw.rows) == 1 and _is_none(raw.rows[0])


def _columns(spec: Table, raw: RawTable, problems: ProblemList) -> tuple[dict[int, Column], dict[int, str]]:
    """Which cell belongs to which declared column, and which to an unknown one that is kept."""
    columns: dict[int, Column] = {}
    extra: dict[int, str] = {}
    seen: set[str] = set()
    for index, name in enumerate(raw.header):
        if not name:
            continue
        place = raw.place(raw.header_row, column_name(raw.header, index))
        if name in seen:
            continue
        seen.add(name)
        if column := spec.column(name):
            columns[index] = column
            continue
        extra[index] = name
        message = _("The format does not know this column; it is kept as it is and not read.")
        hint = suggestion(name, [column.name for column in spec.columns])
        problems.add(
            Problem("column-unknown", message + hint, place, found=shortened(name), severity="warning")
        )
    for column in spec.columns:
        if column.required and column.name not in seen:
            problems.add(
                Problem(
                    "column-missing",
                    _("A required column is missing."),
                    raw.place(raw.header_row, column.name),
                    allowed=", ".join(item.name for item in spec.columns if item.required),
                )
            )
    return columns, extra


def _row(
    row: RawRow, raw: RawTable, columns: Mapping[int, Column], extra: Mapping[int, str], problems: ProblemList
) -> Row:
    values: dict[str, Value] = {}
    width = len(row.cells)
    for index, column in columns.items():
        text = row.cells[index] if index < width else ""
        if raw.noted and (row.number, index) in raw.noted:
            continue
        if not text:
            if column.required:
                problems.add(_cell_missing(column, raw, row))
            continue
        value = parse(column, text)
        if isinstance(value, Fault):
            place = raw.place(row.number, column.name)
            problems.add(
                Problem(value.code, value.message, place, found=shortened(text), allowed=value.allowed)
            )
        elif value is not None:
            values[column.name] = value
    if not extra:
        return Row(row.number, values, _NO_EXTRA)
    kept = {name: row.cells[index] for index, name in extra.items() if index < width and row.cells[index]}
    return Row(row.number, values, kept)


def _cell_missing(column: Column, raw: RawTable, row: RawRow) -> Problem:
    return Problem(
        "cell-missing",
        _("A required cell is empty."),
        raw.place(row.number, column.name),
        allowed=_(column.help) + " " + _("For example {example}").format(example=column.example),
    )


def _unique(spec: Table, raw: RawTable, rows: tuple[Row, ...], problems: ProblemList) -> None:
    key = spec.key
    if key is None:
        return
    first: dict[Value, int] = {}
    for row in rows:
        value = row.values.get(key.name)
        if value is None:
            continue
        if value in first:
            problems.add(
                Problem(
                    "id-twice",
                    _("The same id stands in row {row} already.").format(row=first[value]),
                    raw.place(row.number, key.name),
                    found=shortened(str(value)),
                    allowed=_("an id that no other row has"),
                )
            )
        else:
            first[value] = row.number
