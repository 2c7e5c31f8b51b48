"""The dossier's tables as people edit them: a row at a time, or stated to be empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from clustermark.dossiers.cells import Fault, parse
from clustermark.dossiers.raw import UNFIT, clean_text
from clustermark.dossiers.rows import NONE
from clustermark.dossiers.tables import TABLES, Table
from clustermark.ground.exact import digest
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.acting import locked, require
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.models import Case, DossierTable
from clustermark.web.cases.queries.dossiers import KEPT_APART
from clustermark.web.cases.queries.stated import filled, says_none

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook can hold."""


def row_mark(cells: Sequence[str]) -> str:
    """What a row is known by while somebody edits it: the digest of its cells, without empty ones at its end."""
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return digest(kept)


def record_row(
    *, case: Case, table: str, cells: Mapping[str, str], by: Person, row: int | None = None, was: str = ""
) -> DossierTable:
    """Save one row: `cells` by column; `row` counts from 0, None adds one. Cells of unknown columns stay.

    `was` is the mark of the row that was edited; raises `Conflict` when that row is another by now (a row that only
    moved is found again), `Refused`, and `ProblemsError` with every cell that cannot be read.
    """
    spec = table_spec(table)
    cleaned = {name: clean_text(text) for name, text in cells.items() if spec.column(name)}
    with transaction.atomic():
        kept = _editable(case, spec, by)
        if says_none(kept.rows):
            kept.rows = []
        _widen(kept, spec)
        at = None if row is None else _find(kept, row, was)
        before = [] if at is None else kept.rows[at]
        stated = dict(zip(kept.header, before, strict=False)) | cleaned
        _check(spec, stated)
        line = [stated.get(name, "") for name in kept.header]
        if at is None:
            if spec.one_row and filled(kept.rows):
                raise Conflict(kept)
            kept.rows = [*kept.rows, line]
        else:
            kept.rows = [*kept.rows[:at], line, *kept.rows[at + 1 :]]
        return _saved(kept, by)


def remove_row(*, case: Case, table: str, row: int, was: str, by: Person) -> DossierTable:
    """Remove one row; raises `Conflict` when it is another by now, and `Refused`."""
    spec = table_spec(table)
    with transaction.atomic():
        kept = _editable(case, spec, by)
        at = _find(kept, row, was)
        kept.rows = [*kept.rows[:at], *kept.rows[at + 1 :]]
        return _saved(kept, by)


def replace_table(
    *,
    case: Case,
    table: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    by: Person,
    version: int | None = None,
) -> DossierTable:
    """Replace the whole table, whatever its problems; raises `Conflict` when another `version` is there by now."""
    spec = table_spec(table)
    with transaction.atomic():
        kept = _editable(case, spec, by)
        if version is not None and kept.version != version:
            raise Conflict(kept)
        kept.header, kept.rows = list(header), [list(row) for row in rows]
        return _saved(kept, by)


def state_empty(*, case: Case, table: str, empty: bool, by: Person) -> DossierTable:
    """State that there is truly nothing to list (the word none), or take that back. Only of a table without rows."""
    spec = table_spec(table)
    with transaction.atomic():
        kept = _editable(case, spec, by)
        if filled(kept.rows):
            place = Place(f"{table}.csv")
            message = _("The word none says that the table is empty, and there are other rows.")
            raise ProblemsError([Problem("none-with-rows", message, place)])
        _widen(kept, spec)
        kept.rows = [[NONE, *[""] * (len(kept.header) - 1)]] if empty else []
        return _saved(kept, by)


def table_spec(table: str) -> Table:
    """The description of a table that is edited as rows; raises `ProblemsError` for any other name."""
    if table not in TABLES or table in KEPT_APART:
        place = Place(f"{table}.csv")
        raise ProblemsError([Problem("table-unknown", _("The dossier has no such table."), place)])
    return TABLES[table]


def _editable(case: Case, spec: Table, by: Person) -> DossierTable:
    """The table of a case that `by` may edit, held by the lock on the case; a new one where it was not stated."""
    current = locked(case)
    require(by, "dossier.edit", current)
    kept, _new = DossierTable.objects.get_or_create(
        case=current,
        name=spec.name,
        defaults={"header": [column.name for column in spec.columns], "version": 0},
    )
    return kept


def _widen(kept: DossierTable, spec: Table) -> None:
    """Give the table every column of the format."""
    missing = [column.name for column in spec.columns if column.name not in kept.header]
    if missing:
        width = len(kept.header)
        kept.rows = [[*row, *[""] * (width - len(row)), *[""] * len(missing)] for row in kept.rows]
        kept.header = [*kept.header, *missing]


def _find(kept: DossierTable, row: int, was: str) -> int:
    """Where the row that was edited stands now."""
    rows: list[Any] = kept.rows
    if row < len(rows) and row_mark(rows[row]) == was:
        return row
    found = [at for at, cells in enumerate(rows) if row_mark(cells) == was]
    if len(found) != 1:
        raise Conflict(kept)
    return found[0]


def _saved(kept: DossierTable, by: Person) -> DossierTable:
    kept.version += 1
    kept.edited_by = by.user
    kept.save()
    return kept


def _check(spec: Table, cells: Mapping[str, str]) -> None:
    """Every cell that cannot be read, and every required one that is empty, at once."""
    problems = []
    for column in spec.columns:
        text = cells.get(column.name, "")
        place = Place(f"{spec.name}.csv", column=column.name, field=column.name)
        if not text:
            if column.required:
                problems.append(Problem("cell-missing", _("A required cell is empty."), place))
            continue
        if len(text) > LONGEST_CELL:
            problems.append(Problem("cell-too-long", _("The text is too long."), place))
        elif UNFIT.search(text):
            message = _("The cell has a character that is not text.")
            problems.append(Problem("control-character", message, place))
        else:
            value = parse(column, text)
            if isinstance(value, Fault):
                allowed = value.allowed
                problems.append(Problem(value.code, value.message, place, found=text, allowed=allowed))
    if problems:
        raise ProblemsError(problems)
