"""Facts: numbers aggregated from the records of one or many dossiers, by DuckDB.

The engine holds nothing: the tables of the dossiers handed in are part of the statement that reads them.
External access is off and the configuration locked before the first row arrives. SQL is made from parsed
nodes and from the standard views only. One query per table or view gives all its facts for all dossiers.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from threading import Lock, Thread
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


_STARTING = Lock()


@cache
def _started(*, planned: bool) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        config={
            "threads": 1,
            "enable_external_access": "false",
            "enable_optimizer": "true" if planned else "false",
            "lock_configuration": "true",
        }
    )


def _engine(*, planned: bool) -> duckdb.DuckDBPyConnection:
    """The locked-down engine of this process, which plans its queries well or runs them as they stand.

    It is started once, since starting and ending it costs half as much as the facts of a dossier.
    """
    with _STARTING:
        return _started(planned=planned)


def start_engine() -> None:
    """Start the engine of small dossiers in the background, while the dossier and the scheme are read."""
    Thread(target=_engine, kwargs={"planned": False}).start()


class Records:
    """The records of dossiers, read by the engine as tables `t_NAME` and the standard views."""

    def __init__(self, dossiers: Sequence[Dossier], *, as_of: date) -> None:
        self.dossiers = dossiers
        self.as_of = as_of
        rows = sum(len(rows) for dossier in dossiers for rows in dossier.tables.values())
        self.connection = _engine(planned=rows >= FEW_ROWS).cursor()
        self._views: dict[str, str] = {}
        self._tables: dict[str, None] = {}

    def close(self) -> None:
        """Free what the last query holds."""
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

    def execute(self, *queries: str) -> duckdb.DuckDBPyConnection:
        """Run queries over prepared sources, their columns side by side; they name the columns they want.

        Tables and views stand before them as named parts, each made once: one statement costs the planner less than
        one for every table. Columns that nothing which reads a table names are left out.
        """
        named = self._named(queries)
        parts: list[str] = []
        cells: list[list[str | None]] = []
        for name in self._tables:
            columns = _columns(name, named[f"t_{name}"], self.dossiers)
            parts.append(f'"t_{name}" as materialized (select {_table_sql(columns, len(cells) + 1)})')
            cells += [texts for _name, _kind, texts in columns]
        parts += [f'"{name}" as materialized ({view})' for name, view in self._views.items()]
        together = " positional join ".join(f"({query})" for query in queries)
        sql = f"select * from {together}" if len(queries) > 1 else queries[0]
        return self.connection.execute(f"with {', '.join(parts)} {sql}" if parts else sql, cells)

    def _named(self, queries: Sequence[str]) -> Mapping[str, set[str]]:
        """For each table and view, the words of the queries and views that read it.

        A view may carry on every column of what it reads, so the words of those who read the view count too.
        """
        relations = {*self._views, *(f"t_{name}" for name in self._tables)}
        named = {relation: set[str]() for relation in relations}
        # a view stands behind those that it reads, so all who read it have been seen when its turn comes
        for reader, sql in [*(("", query) for query in queries), *reversed(self._views.items())]:
            words = named.get(reader, set()).union(_WORDS.findall(sql))
            for relation in words & relations:
                named[relation] |= words
        return named


_Columns = list[tuple[str, str, list[str | None]]]
"""Columns of a table: name, type in the engine, and the text of every cell."""


def _columns(name: str, named: Container[str], dossiers: Sequence[Dossier]) -> _Columns:
    """The columns of the table `name` that are `named`, over the rows of all dossiers; `dossier` always."""
    rows = [(str(number), row) for number, dossier in enumerate(dossiers) for row in dossier.rows(name)]
    columns: _Columns = [("dossier", "BIGINT", [number for number, _row in rows])]
    if "row_no" in named:
        columns.append(("row_no", "BIGINT", [str(row.number) for _number, row in rows]))
    for column in TABLES[name].columns:
        if column.name in named:
            texts = [_cell(row.values.get(column.name), column) for _number, row in rows]
            columns.append((column.name, _TYPES[column.type], texts))
    return columns


def _table_sql(columns: _Columns, first: int) -> str:
    """The columns from lists of text, parameters from number `first` on; the engine casts exactly."""
    return ", ".join(
        f'unnest(${i}::VARCHAR[]){"" if kind == "VARCHAR" else f"::{kind}"} as "{name}"'
        for i, (name, kind, _texts) in enumerate(columns, start=first)
    )


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
    try:
        # asking for a row more than there is would end the statement now, which costs a tenth of it
        rows: list[tuple[FactValue, ...]] = engine.execute(*queries).fetchmany(len(engine.dossiers))
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
