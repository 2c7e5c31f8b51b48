"""Writing a sample as a dossier folder: tables as CSV, evidence with its hashes, a README."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from clustermark.dossiers.tables import TABLES, Column

Cell = str | int | Decimal | date | bool | Sequence[str] | None
Record = Mapping[str, Cell]
Draft = dict[str, Cell]
"""A record that is still being put together."""

Tables = dict[str, list[Record]]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One evidence file: its row in the table, and its bytes."""

    evidence_id: str
    title: str
    kind: str
    file: str
    own_date: date
    received_on: date
    indicators: Sequence[str]
    content: bytes = field(repr=False)
    page: str | None = None

    def record(self) -> Record:
        """The row of the table `evidence`."""
        return {
            "evidence_id": self.evidence_id,
            "title": self.title,
            "kind": self.kind,
            "file": self.file,
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "own_date": self.own_date,
            "received_on": self.received_on,
            "indicators": list(self.indicators),
            "page": self.page,
        }


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One sample dossier, ready to be written."""

    folder: str
    readme: str
    tables: Tables
    evidence: Sequence[Evidence]

    def write(self, into: Path) -> Path:
        """Write the folder under `into`, over an earlier one; returns its path."""
        target = into / self.folder
        (target / "evidence").mkdir(parents=True, exist_ok=True)
        (target / "README.md").write_text(self.readme, encoding="utf-8", newline="\n")
        tables = dict(self.tables) | {"evidence": [item.record() for item in self.evidence]}
        for name in TABLES:
            if name in tables:
                (target / f"{name}.csv").write_text(
                    table_text(name, tables[name]), encoding="utf-8", newline="\n"
                )
        for item in self.evidence:
            (target / "evidence" / item.file).write_bytes(item.content)
        return target


def table_text(name: str, records: Sequence[Record]) -> str:
    """The CSV text of a table: all its columns, in the order of the format.

    Raises ValueError for a column the format does not know or a required value that is missing.
    """
    columns = TABLES[name].columns
    unknown = {key for record in records for key in record} - {column.name for column in columns}
    if unknown:
        raise ValueError(f"{name}: unknown columns {sorted(unknown)}")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    for record in records:
        writer.writerow([cell_text(name, column, record.get(column.name)) for column in columns])
    return out.getvalue()


def cell_text(table: str, column: Column, value: Cell) -> str:
    """One cell as the format writes it."""
    if value is None or value == "":
        if column.required:
            raise ValueError(f"{table}.{column.name} is required")
        return ""
    if column.choices and value not in column.choices:
        raise ValueError(f"{table}.{column.name}: {value!r} is none of {column.choices}")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:.2f}" if column.type == "money" else f"{value:f}"
    return ";".join(value)
