"""The records behind a fact: which count, which do not, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clustermark.dossiers.tables import TABLES
from clustermark.dossiers.views import VIEWS
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number
from clustermark.schemes.expressions import Node, names
from clustermark.schemes.expressions.nodes import Aggregate, IsMissing, Name, Not, aggregate_of, conjuncts
from clustermark.schemes.expressions.writing import to_sql, to_text
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.facts import Records


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the table or view a fact reads.

    `row` is its row in the file of `table`; `shown` what identifies it, then the columns the fact looks at;
    `counts` whether it counts, and `why` the reason where it does not.
    """

    table: str
    row: int
    shown: dict[str, str]
    counts: bool
    why: str | None


def records_of(scheme: Scheme, fact: str, engine: Records) -> list[Record]:
    """The records that the fact looks at in the first dossier of `engine`, in the order of their rows."""
    source = scheme.document.facts[fact].from_
    engine.prepare(source)
    aggregate = aggregate_of(scheme.expressions.facts[fact])
    conditions = _conditions(aggregate)
    columns = _columns(source, aggregate)
    listed = ", ".join(f'"{name}"' for name in ["row_no", *columns])
    tests = "".join(f", {engine.fill(to_sql(condition))}" for condition in conditions)
    rows = engine.execute(f"select {listed}{tests} from {engine.relation(source)} order by row_no").fetchall()
    table = VIEWS[source].table if source in VIEWS else source
    result, seen = [], set()
    for row in rows:
        values = dict(zip(columns, row[1 : len(columns) + 1], strict=True))
        why = _why_not(conditions, row[len(columns) + 1 :], values, engine.as_of)
        if why is None and aggregate.distinct:
            key = values.get(_text_of(aggregate.argument))
            why = _("already counted") if key in seen else None
            seen.add(key)
        shown = {name: cell_text(value) for name, value in values.items()}
        result.append(Record(table, row[0], shown, why is None, why))
    return result


def _conditions(aggregate: Aggregate) -> tuple[Node, ...]:
    """The conditions a record must meet, each on its own so that the one that fails can be named."""
    conditions = () if aggregate.condition is None else conjuncts(aggregate.condition)
    if aggregate.function.startswith("bool_") or aggregate.argument is None:
        return conditions
    # a missing value is passed over by every aggregate but count(*)
    return (*conditions, Not(IsMissing(aggregate.argument)))


def _columns(source: str, aggregate: Aggregate) -> list[str]:
    """What identifies a record (key, name or title), then every column the fact looks at."""
    known = VIEWS[source].columns if source in VIEWS else [column.name for column in TABLES[source].columns]
    table = TABLES[VIEWS[source].table if source in VIEWS else source]
    marks = [table.key.name] if table.key and table.key.name in known else []
    marks += [name for name in ("name", "title", "activity", "partner") if name in known]
    used = [name for name in names(aggregate) if name != "as_of"]
    return list(dict.fromkeys([*marks, *used]))


def _why_not(
    conditions: Sequence[Node], truths: Sequence[bool | None], values: dict[str, Any], as_of: date
) -> str | None:
    """The conditions that fail, in words, or None where all hold."""
    failed = [condition for condition, truth in zip(conditions, truths, strict=True) if truth is not True]
    if not failed:
        return None
    return "; ".join(_failure(condition, values, as_of) for condition in failed)


def _failure(condition: Node, values: dict[str, Any], as_of: date) -> str:
    match condition:
        case Name(name):
            return _("not {condition}").format(condition=name)
        case Not(Name(name)):
            return name
        case Not(operand):
            used = [name for name in names(operand) if values.get(name) is None]
            if used:
                return _("{columns} is empty").format(columns=", ".join(used))
    # what the record holds stands beside it, in the columns that are shown
    return _("not {condition}").format(condition=to_text(condition, {"as_of": as_of.isoformat()}))


def _text_of(node: Node | None) -> str:
    return node.name if isinstance(node, Name) else ""


def cell_text(value: object) -> str:
    """A cell as text in the current language: dates in ISO form, nothing as a dash."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return number(value)
    return value.isoformat() if isinstance(value, date) else str(value)
