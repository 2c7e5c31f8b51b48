"""Facts: numbers aggregated from the records of one or many dossiers, by DuckDB.

The engine holds nothing but the tables of the dossiers handed in; external access is off and the
configuration locked before the first row arrives. SQL is made from parsed nodes and from the standard
views only. One query per table or view gives all its facts for all dossiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb

from clustermark.dossiers.dossier import Dossier, Value
from clustermark.dossiers.tables import TABLES, Column
from clustermark.dossiers.views import VIEWS
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.schemes.expressions.writing import to_sql

if TYPE_CHECKING:
    from clustermark.schemes.scheme import Scheme

FactValue = int | Decimal | bool | None

_TYPES = {
    "text": "VARCHAR",
    "choice": "VARCHAR",
    "list": "VARCHAR",
    "integer": "BIGINT",
    "decimal": "DECIMAL(18,4)",
    "percent": "DECIMAL(18,4)",
    "money": "DECIMAL(18,2)",
    "date": "DATE",
    "yes_no": "BOOLEAN",
}


FEW_ROWS = 50_000
"""Rows below which planning a query well takes longer than running it as it stands."""

_WORDS = re.compile(r"\w+")
_NUMBER_TYPES = ("BIGINT", "HUGEINT", "INTEGER", "DECIMAL", "BOOLEAN")


class Records:
    """The records of dossiers in a locked-down engine, as tables `t_NAME` and the standard views."""

    def __init__(self, dossiers: Sequence[Dossier], *, as_of: date) -> None:
        self.dossiers = dossiers
        self.as_of = as_of
        self.connection = duckdb.connect(config={"threads": 1, "enable_external_access": "false"})
        if sum(len(rows) for dossier in dossiers for rows in dossier.tables.values()) < FEW_ROWS:
            self.connection.execute("pragma disable_optimizer")
        self.connection.execute("set lock_configuration = true")
        self._views: dict[str, str] = {}
        self._tables: dict[str, None] = {}

    def close(self) -> None:
        """Free the engine."""
        self.connection.close()

    def fill(self, sql: str) -> str:
        """`sql` with the reference date put in."""
        return sql.format(as_of=f"date '{self.as_of.isoformat()}'")

    def prepare(self, source: str) -> None:
        """Make the table or standard view `source` ready to be read, with what it rests on."""
        view = VIEWS.get(source)
        if source in self._views or view is None:
            if view is None:
                self._tables[source] = None
            return
        for name in TABLES:
            if f"t_{name}" in view.sql:
                self._tables[name] = None
        for name in VIEWS:
            if name != source and f" {name} " in view.sql.replace("\n", " "):
                self.prepare(name)
        self._views[source] = self.fill(view.sql)

    def relation(self, source: str) -> str:
        """The name of a prepared source in SQL."""
        return f'"{source}"' if source in VIEWS else f'"t_{source}"'

    def execute(self, sql: str) -> duckdb.DuckDBPyConnection:
        """Run a query over prepared sources; it names the columns it wants.

        Tables and views stand before it as named parts, each made once: one statement costs the planner less than
        one for every table. Columns that neither the query nor a view names are left out.
        """
        named = set(_WORDS.findall(" ".join([sql, *self._views.values()])))
        parts: list[str] = []
        cells: list[list[str | None]] = []
        for name in self._tables:
            columns = [column for column in TABLES[name].columns if column.name in named]
            parts.append(f'"t_{name}" as materialized (select {_table_sql(columns, len(cells) + 1)})')
            cells += _columns(name, columns, self.dossiers)
        parts += [f'"{name}" as materialized ({view})' for name, view in self._views.items()]
        return self.connection.execute(f"with {', '.join(parts)} {sql}" if parts else sql, cells)


def _table_sql(columns: Sequence[Column], first: int) -> str:
    """The columns of a table from lists of text, parameters from number `first` on; the engine casts exactly."""
    names = ["dossier", "row_no", *(column.name for column in columns)]
    types = ["BIGINT", "BIGINT", *(_TYPES[column.type] for column in columns)]
    return ", ".join(
        f'unnest(${i}::VARCHAR[])::{kind} as "{column}"'
        for i, (column, kind) in enumerate(zip(names, types, strict=True), start=first)
    )


def _columns(name: str, columns: Sequence[Column], dossiers: Sequence[Dossier]) -> list[list[str | None]]:
    """The rows of the table `name` in all dossiers, column by column, as text."""
    rows = [(str(number), row) for number, dossier in enumerate(dossiers) for row in dossier.rows(name)]
    lists: list[list[str | None]] = [
        [number for number, _row in rows],
        [str(row.number) for _number, row in rows],
    ]
    return lists + [
        [_cell(row.values.get(column.name), column) for _number, row in rows] for column in columns
    ]


def _cell(value: Value, column: Column) -> str | None:
    if value is None:
        return None
    if column.type == "list":
        return ";".join(value) if isinstance(value, tuple) else str(value)
    return str(value)


def stated(source: str, dossier: Dossier) -> bool:
    """Whether the dossier states what `source` reads; where it does not, facts about it are missing."""
    view = VIEWS.get(source)
    if view is None:
        return source in dossier.tables
    enough = not view.any_of or any(name in dossier.tables for name in view.any_of)
    return enough and all(name in dossier.tables for name in view.needs)


def compute_facts(
    scheme: Scheme, dossiers: Sequence[Dossier], *, as_of: date, records: Records | None = None
) -> dict[str, list[FactValue]]:
    """The facts of `scheme` for each dossier, on the reference date.

    Returns fact name → list of n values (integer, decimal or truth value; None where missing). Raises
    `ProblemsError` when a fact does not fit the types of its columns.
    """
    engine = records or Records(dossiers, as_of=as_of)
    by_source: dict[str, list[str]] = {}
    for name, fact in scheme.document.facts.items():
        by_source.setdefault(fact.from_, []).append(name)
    try:
        for source in by_source:
            engine.prepare(source)
        rows = _rows(scheme, by_source, engine)
    finally:
        if records is None:
            engine.close()
    result: dict[str, list[FactValue]] = {}
    position = 0
    for source, names in by_source.items():
        present = [stated(source, dossier) for dossier in engine.dossiers]
        for name in names:
            result[name] = [
                row[position] if given else None for row, given in zip(rows, present, strict=True)
            ]
            position += 1
    return result


def _rows(scheme: Scheme, by_source: Mapping[str, list[str]], engine: Records) -> list[tuple[FactValue, ...]]:
    """One row for each dossier with the facts of every source, in one statement: planning costs more than running."""
    if not by_source:
        return [()] * len(engine.dossiers)
    queries = [_query(scheme, source, names, engine) for source, names in by_source.items()]
    together = " positional join ".join(f"({query})" for query in queries)
    try:
        rows: list[tuple[FactValue, ...]] = engine.execute(f"select * from {together}").fetchall()
    except duckdb.Error:
        problems = [
            problem
            for source, names in by_source.items()
            for problem in _type_problems(scheme, source, names, engine)
        ]
        raise ProblemsError(problems) from None
    _refuse_text(scheme, [name for names in by_source.values() for name in names], engine)
    return rows


def _query(scheme: Scheme, source: str, names: list[str], engine: Records) -> str:
    """One row for each dossier in their order; one without records gets what the aggregates give over none."""
    aggregates = [engine.fill(to_sql(scheme.expressions.facts[name])) for name in names]
    listed = ", ".join(f'{sql} as "{name}"' for name, sql in zip(names, aggregates, strict=True))
    relation, n = engine.relation(source), len(engine.dossiers)
    if n == 1:
        return f"select {listed} from {relation}"
    columns = ", ".join(
        f'case when g.dossier is null then z."{name}" else g."{name}" end as "{name}"' for name in names
    )
    return (
        f"select {columns} from (select unnest(range({n}))::BIGINT as dossier) d "
        f"cross join (select {listed} from {relation} where false) z "
        f"left join (select dossier, {listed} from {relation} group by dossier) g using (dossier) order by d.dossier"
    )


def _refuse_text(scheme: Scheme, names: Sequence[str], engine: Records) -> None:
    """A fact is a number or a truth value: dates and text can be looked at inside it, not be it."""
    kinds = [str(column[1]) for column in engine.connection.description or []]
    problems = [
        Problem(
            "fact-type",
            _("A fact is a number or a truth value."),
            Place(scheme.source, field=f"facts.{name}.value"),
            found=scheme.document.facts[name].value,
        )
        for name, kind in zip(names, kinds, strict=True)
        if not kind.startswith(_NUMBER_TYPES)
    ]
    if problems:
        raise ProblemsError(problems)


def _type_problems(scheme: Scheme, source: str, names: list[str], engine: Records) -> Iterable[Problem]:
    for name in names:
        sql = engine.fill(to_sql(scheme.expressions.facts[name]))
        try:
            engine.execute(f"select {sql} from {engine.relation(source)}")
        except duckdb.Error as error:
            message = _("The fact {name} does not fit its columns: {error}.")
            reason = str(error).splitlines()[0].rstrip(".")
            place = Place(scheme.source, field=f"facts.{name}.value")
            found = scheme.document.facts[name].value
            yield Problem("fact-type", message.format(name=name, error=reason), place, found=found)


def check_types(scheme: Scheme, *, as_of: date) -> None:
    """Bind every fact against empty tables; raises `ProblemsError` for those that cannot be computed."""
    empty = Dossier(source="", tables=dict.fromkeys(TABLES, ()))
    compute_facts(scheme, [empty], as_of=as_of)
