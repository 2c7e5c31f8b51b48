"""How a table of the dossier is described: columns with type, unit, help and example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ColumnType = Literal["text", "integer", "decimal", "money", "percent", "date", "yes_no", "choice", "list"]
"""`money` is a decimal ≥ 0 with at most 2 places; `percent` a decimal 0–100; `decimal` has at most 4
places; `yes_no` is written yes / no; `list` is several words separated by semicolons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    `key`: unique in the table. `refers_to`: the table whose key the value must be.
    `name` is what files say, `title` what people read. `choices`: allowed words of a `choice`, each with its title.
    `low`, `high`: inclusive limits of a number.
    `title`, `help` and `example` are English source texts; they are translated where they are shown.
    """

    name: str
    title: str
    type: ColumnType = "text"
    help: str
    example: str
    unit: str | None = None
    required: bool = False
    key: bool = False
    refers_to: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of the dossier: a CSV file `NAME.csv`, a sheet `NAME` of the workbook."""

    name: str
    title: str
    help: str
    columns: tuple[Column, ...]
    one_row: bool = False

    @property
    def key(self) -> Column | None:
        """The column that identifies a row, where the table has one."""
        return next((column for column in self.columns if column.key), None)

    def column(self, name: str) -> Column | None:
        """The column called `name`."""
        return next((column for column in self.columns if column.name == name), None)
