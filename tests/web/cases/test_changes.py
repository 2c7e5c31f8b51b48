"""The list of changes is exact: what it says, done to the old dossier, gives the new one."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from clustermark.web.cases.queries.changes import CellChange, RowChange, TableChange, changes_between

IDS = st.sampled_from(["", "B1", "B2", "B3"])
CELLS = st.sampled_from(["", "x", "y"])
Table = dict[str, Any]


def content(files: dict[str, str] | None = None, **tables: list[list[str]]) -> dict[str, Any]:
    return {
        "tables": {name: {"header": rows[0], "rows": rows[1:]} for name, rows in tables.items()},
        "files": {name: {"sha256": sha, "size": len(sha)} for name, sha in (files or {}).items()},
    }


def test_a_cell_is_told_with_its_row_and_both_values() -> None:
    old = content(bodies=[["body_id", "name"], ["B1", "Board"], ["B2", "Council"]])
    new = content(bodies=[["name", "body_id", "kind"], ["Council", "B2", ""], ["Assembly", "B1", "board"]])
    changed = RowChange(
        "changed", "B1", (CellChange("name", "Board", "Assembly"), CellChange("kind", "", "board"))
    )
    assert changes_between(old, new).tables == (TableChange("bodies", "rows", "rows", (changed,)),)


def test_rows_without_a_key_are_alike_or_not() -> None:
    old = content(finances=[["year", "kind"], ["2025", "fees"], ["2025", "fees"]])
    new = content(finances=[["year", "kind"], ["2025", "fees"], ["2026", "fees"]])
    (table,) = changes_between(old, new).tables
    assert [(row.kind, row.cells[-1], row.cells[0]) for row in table.rows] == [
        ("removed", CellChange("year", "2025", ""), CellChange("kind", "fees", "")),
        ("added", CellChange("year", "", "2026"), CellChange("kind", "", "fees")),
    ]


def test_a_table_that_says_it_is_empty_is_not_one_that_says_nothing() -> None:
    none, nothing = content(bodies=[["body_id"], ["none"]]), content(bodies=[["body_id"]])
    assert changes_between(nothing, none).tables == (TableChange("bodies", "unstated", "empty", ()),)
    assert changes_between(nothing, none).count == 1
    assert not changes_between(nothing, content())


def test_files_are_told_by_their_bytes() -> None:
    changes = changes_between(
        content({"a": "1", "b": "22", "c": "3"}), content({"b": "333", "c": "3", "d": "4444"})
    )
    told = [(one.kind, one.name, one.old_size, one.new_size) for one in changes.files]
    assert told == [("removed", "a", 1, None), ("changed", "b", 2, 3), ("added", "d", None, 4)]


ROWS = st.lists(st.tuples(IDS, CELLS, CELLS).map(list), max_size=5)


@given(old=ROWS, new=ROWS)
def test_the_changes_done_to_the_old_rows_give_the_new_ones(
    old: list[list[str]], new: list[list[str]]
) -> None:
    header = ["body_id", "name", "note"]
    changes = changes_between(content(bodies=[header, *old]), content(bodies=[header, *new]))
    assert Counter(map(tuple, _done(header, old, changes.tables))) == Counter(
        tuple(row) for row in new if any(row)
    )


def _done(header: list[str], rows: list[list[str]], tables: tuple[TableChange, ...]) -> list[list[str]]:
    """The slow way: take every change as an instruction."""
    now = [dict(zip(header, row, strict=True)) for row in rows if any(row)]
    for change in tables[0].rows if tables else ():
        if change.kind == "changed":
            (row,) = [row for row in now if row["body_id"] == change.key]
            for cell in change.cells:
                assert row[cell.column] == cell.old
                row[cell.column] = cell.new
        elif change.kind == "removed":
            now.remove(dict.fromkeys(header, "") | {cell.column: cell.old for cell in change.cells})
        else:
            now.append(dict.fromkeys(header, "") | {cell.column: cell.new for cell in change.cells})
    return [[row[name] for name in header] for row in now]
