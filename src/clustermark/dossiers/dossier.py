"""The dossier in memory: typed rows by table, and the evidence files that belong to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from clustermark.dossiers.tables import TABLES
from clustermark.ground.exact import digest

if TYPE_CHECKING:
    from clustermark.ground.problems import Problem

Value = str | int | Decimal | date | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row as stated.

    `number` is its row in the file or sheet, as a spreadsheet counts (in a file the heading is row 1).
    `values` holds the declared columns that were filled in; `extra` the text of columns the format does
    not know, kept as they were.
    """

    number: int
    values: Mapping[str, Value]
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file in the evidence folder: its name, size in bytes and SHA-256 (64 hexadecimal digits)."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Dossier:
    """What a cluster states: tables, and the evidence files beside them.

    A table that is not in `tables` was not stated at all: facts about it are missing. A table with no
    rows was stated to be empty: counts over it are zero. `Dossier.open` reads a folder, a `.zip` or an
    `.xlsx` workbook and raises `ProblemsError` with all problems if there is any. A `frozen` dossier has a
    manifest, and is what the manifest says.
    """

    source: str
    tables: Mapping[str, tuple[Row, ...]]
    files: Mapping[str, EvidenceFile] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    frozen_on: date | None = None

    @classmethod
    def open(cls, path: str | Path) -> Dossier:
        """Read and check the dossier at `path`; a frozen one is held against its manifest first."""
        from clustermark.dossiers.reading import open_dossier  # noqa: PLC0415 - reading builds on this module

        return open_dossier(Path(path))

    @property
    def frozen(self) -> bool:
        """Whether it has a manifest that holds."""
        return self.frozen_on is not None

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of `table`; none where it was not stated."""
        return self.tables.get(table, ())

    @property
    def profile(self) -> Mapping[str, Value]:
        """The values of the one row of `profile`."""
        rows = self.rows("profile")
        return rows[0].values if rows else {}

    @cached_property
    def digest(self) -> str:
        """`sha256:…` over the canonical content: the same for folder, zip and workbook."""
        return digest(self.content())

    def content(self) -> dict[str, object]:
        """The content as plain data: every stated table in the order of the format, and the files' hashes."""
        tables = {
            name: [
                {**{k: v for k, v in row.values.items() if v is not None}, **row.extra}
                for row in self.tables[name]
            ]
            for name in TABLES
            if name in self.tables
        }
        return {"tables": tables, "files": {name: file.sha256 for name, file in sorted(self.files.items())}}
