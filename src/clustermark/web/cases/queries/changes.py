"""What differs between two dossiers: every cell, row, table and file, named so that a person finds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal

from clustermark.dossiers.cells import Fault, parse, text_of
from clustermark.dossiers.rules import ONCE
from clustermark.dossiers.tables import TABLES, Column, Table
from clustermark.web.cases.queries.dossiers import Content

Kind = Literal["changed", "added", "removed"]
TableState = Literal["unstated", "empty", "rows"]


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: its column, what stood there and what stands there now."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row: its key (or its first cells), and its cells that differ; all filled ones of an added or removed row."""

    kind: Kind
    key: str
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class TableChange:
    """One table: whether it was stated before and is now, and its rows that differ."""

    table: str
    before: TableState
    after: TableState
    rows: tuple[RowChange, ...]


@dataclass(frozen=True, slots=True)
class FileChange:
    """One evidence file: added, removed, or other bytes under the same name; sizes in bytes."""

    kind: Kind
    name: str
    old_size: int | None
    new_size: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs; `count` is the number of rows, files and tables in it."""

    tables: tuple[TableChange, ...]
    files: tuple[FileChange, ...]

    @property
    def count(self) -> int:
        """How many changes there are: rows and files, and tables that are now stated otherwise."""
        rows = sum(len(table.rows) for table in self.tables)
        return rows + len(self.files) + sum(table.before != table.after for table in self.tables)

    def __bool__(self) -> bool:
        return bool(self.tables or self.files)


def changes_between(old: Content, new: Content, *, without: frozenset[str] = frozenset()) -> Changes:
    """What is different in `new`; tables named in `without` are left out. The order of rows says nothing."""
    names = [*TABLES, *sorted((old["tables"].keys() | new["tables"].keys()) - TABLES.keys())]
    tables = []
    for name in names:
        # what is the same word for word needs no reading
        if name not in without and old["tables"].get(name) != new["tables"].get(name):
            before, after = (_Stated(name, side["tables"].get(name)) for side in (old, new))
            rows = tuple(_rows(name, before.rows, after.rows))
            if rows or before.state != after.state:
                tables.append(TableChange(name, before.state, after.state, rows))
    return Changes(tuple(tables), tuple(_files(old["files"], new["files"])))


Row = dict[str, str]


class _Stated:
    """A table of plain data as rows of filled cells."""

    def __init__(self, name: str, table: dict[str, Any] | None) -> None:
        spec = TABLES.get(name)
        rows = [] if table is None else [_filled(spec, table["header"], row) for row in table["rows"]]
        rows = [row for row in rows if row]
        none = len(rows) == 1 and len(rows[0]) == 1 and next(iter(rows[0].values())).lower() == "none"
        self.state: TableState = "empty" if none else "rows" if rows else "unstated"
        self.rows: list[Row] = [] if none else rows


def _filled(spec: Table | None, header: Sequence[str], row: Sequence[str]) -> Row:
    return {
        name or f"#{at}": _plain(spec.column(name) if spec else None, cell)
        for at, (name, cell) in enumerate(zip_longest(header, row, fillvalue=""), start=1)
        if cell.strip()
    }


def _plain(column: Column | None, cell: str) -> str:
    """The cell as every form states its value: 12.50 and 12.5 are the same money, and a spreadsheet keeps no zeros."""
    if column is None:
        return cell
    value = parse(column, cell.strip())
    return cell if isinstance(value, Fault) else text_of(value)


def key_columns(table: str) -> tuple[str, ...]:
    """The columns by which a row of `table` is known; none where rows are alike only as a whole."""
    spec = TABLES.get(table)
    if spec is not None and spec.key is not None:
        return (spec.key.name,)
    return ONCE.get(table, ())


def _rows(table: str, old: list[Row], new: list[Row]) -> Iterator[RowChange]:
    spec = TABLES.get(table)
    if spec is not None and spec.one_row and len(old) == len(new) == 1:
        if cells := _cells(old[0], new[0]):
            yield RowChange("changed", "", cells)
        return
    columns = key_columns(table)
    by_key_old, alike_old = _by_key(columns, old)
    by_key_new, alike_new = _by_key(columns, new)
    # a key that stands twice on one side names no row: these rows are compared as a whole
    twice = [key for side in (by_key_old, by_key_new) for key, rows in side.items() if len(rows) > 1]
    for key in dict.fromkeys(twice):
        alike_old += by_key_old.pop(key, [])
        alike_new += by_key_new.pop(key, [])
    for key, (row,) in by_key_old.items():
        if key not in by_key_new:
            yield _whole("removed", columns, row)
        elif cells := _cells(row, by_key_new[key][0]):
            yield RowChange("changed", " · ".join(filter(None, key)), cells)
    for key, (row,) in by_key_new.items():
        if key not in by_key_old:
            yield _whole("added", columns, row)
    yield from _alike(columns, alike_old, alike_new)


def _by_key(columns: tuple[str, ...], rows: list[Row]) -> tuple[dict[tuple[str, ...], list[Row]], list[Row]]:
    keyed: dict[tuple[str, ...], list[Row]] = {}
    without: list[Row] = []
    for row in rows:
        key = tuple(row.get(column, "") for column in columns)
        if any(key):
            keyed.setdefault(key, []).append(row)
        else:
            without.append(row)
    return keyed, without


def _alike(columns: tuple[str, ...], old: list[Row], new: list[Row]) -> Iterator[RowChange]:
    """Rows without a key: each that has no equal on the other side."""
    before, after = (Counter(tuple(sorted(row.items())) for row in rows) for rows in (old, new))
    for cells in (before - after).elements():
        yield _whole("removed", columns, dict(cells))
    for cells in (after - before).elements():
        yield _whole("added", columns, dict(cells))


def _whole(kind: Literal["added", "removed"], columns: tuple[str, ...], row: Row) -> RowChange:
    cells = tuple(
        CellChange(name, cell if kind == "removed" else "", cell if kind == "added" else "")
        for name, cell in row.items()
    )
    named = [row[column] for column in columns if column in row] or list(row.values())[:2]
    return RowChange(kind, " · ".join(named), cells)


def _cells(old: Row, new: Row) -> tuple[CellChange, ...]:
    return tuple(
        CellChange(name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys([*old, *new])
        if old.get(name, "") != new.get(name, "")
    )


def _files(old: dict[str, Any], new: dict[str, Any]) -> Iterator[FileChange]:
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            yield FileChange("added", name, None, new[name]["size"])
        elif name not in new:
            yield FileChange("removed", name, old[name]["size"], None)
        elif old[name]["sha256"] != new[name]["sha256"]:
            yield FileChange("changed", name, old[name]["size"], new[name]["size"])
