"""The sheets of a scheme workbook and their columns; a column's header is the path of its value in the file.

`title.en` is the English title, `bands.1` the edge of band 1, `origin.required.mark` the mark of the
required value. Row 1 says what the columns mean, row 2 holds the headers (so that sorting and filtering
start below them), data start in row 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from clustermark.ground.texts import LANGUAGES
from clustermark.ground.texts import mark as _
from clustermark.ground.yaml12 import Path

Kind = Literal["word", "words", "text", "number", "whole", "yes", "rule", "yaml", "lines"]
"""How a value stands in a cell; `clustermark.schemes.workbook.cells` explains each."""

Shape = Literal["one", "texts", "numbers", "rubric", "origin", "lines"]
Form = Literal["single", "list", "mapping", "checklist", "fields"]

HELP_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3
ABOUT = "About"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a record; its `shape` decides how many columns it takes."""

    name: str
    help: str
    kind: Kind = "text"
    shape: Shape = "one"
    choices: tuple[str, ...] = ()
    choices_from: str | None = None
    width: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its header, the path of its value within the record, and how it is written."""

    header: str
    path: Path
    field: Field
    kind: Kind
    help: str
    choices: tuple[str, ...] = ()
    choices_from: str | None = None
    width: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: `path` is where its records stand in the file, `key` the column of a mapping's key."""

    name: str
    path: Path
    form: Form
    help: str
    fields: tuple[Field, ...]
    key: str = ""
    always: bool = False


def columns(sheet: Sheet, records: Sequence[Mapping[str, Any]]) -> list[Column]:
    """The columns a sheet needs to hold `records`: the usual ones, and more where a record has more."""
    return [column for field in _fields(sheet) for column in _columns(field, records)]


def _fields(sheet: Sheet) -> tuple[Field, ...]:
    if not sheet.key:
        return sheet.fields
    key = Field(name=sheet.key, help=_("name by which other sheets refer to it"), kind="word", width=22)
    return (key, *sheet.fields)


def column_of(sheet: Sheet, header: str) -> Column | None:
    """The column a header stands for, or None."""
    for field in _fields(sheet):
        if header == field.name or header.startswith(field.name + "."):
            steps = header[len(field.name) + 1 :]
            column = _column(field, steps)
            if column is not None and column.header == header:
                return column
    return None


def _columns(field: Field, records: Sequence[Mapping[str, Any]]) -> Iterator[Column]:
    for steps in _all_steps(field, [record.get(field.name) for record in records]):
        column = _column(field, steps)
        if column is not None:
            yield column


def _all_steps(field: Field, values: list[Any]) -> list[str]:
    longest = max((len(value) for value in values if isinstance(value, list)), default=0)
    if field.shape in {"texts", "lines"}:
        return list(LANGUAGES)
    if field.shape == "numbers":
        first = _FIRST_INDEX[field.name]
        return [str(first + i) for i in range(max(longest, 5 + 1 - first))]
    if field.shape == "rubric":
        return [f"{i}.{language}" for i in range(max(longest, 6)) for language in LANGUAGES]
    if field.shape == "origin":
        usual = [*field.choices]
        more = [name for value in values if isinstance(value, dict) for name in value]
        return [
            f"{name}.{part}" for name in dict.fromkeys([*usual, *more]) for part in ("mark", "source", "note")
        ]
    return [""]


_FIRST_INDEX = {"bands": 1, "points": 0}
MARKS = ("established", "reported", "example")
_ORIGIN_HELP = {
    "mark": _("how sure: established, reported or example"),
    "source": _("id of the source"),
    "note": _("remark on the origin"),
}


def _column(field: Field, steps: str) -> Column | None:
    """The column of `field` at `steps` below it, or None where there can be none."""
    parts = tuple(field.name.split("."))
    header = f"{field.name}.{steps}" if steps else field.name

    def made(path: Path, kind: Kind, **more: Any) -> Column:
        given = {"help": field.help, "width": field.width, **more}
        return Column(header=header, path=(*parts, *path), field=field, kind=kind, **given)

    if field.shape == "one" and not steps:
        return made((), field.kind, choices=field.choices, choices_from=field.choices_from)
    if field.shape in {"texts", "lines"} and steps in LANGUAGES:
        return made((steps,), "lines" if field.shape == "lines" else "text")
    if field.shape == "numbers" and re.fullmatch(r"0|[1-9][0-9]?", steps):
        index = int(steps) - _FIRST_INDEX[field.name]
        return made((index,), "number", width=9) if index >= 0 else None
    if field.shape == "rubric" and (match := re.fullmatch(r"(0|[1-9][0-9]?)\.(en|ru|de)", steps)):
        return made((int(match[1]), match[2]), "text")
    if field.shape == "origin" and (match := re.fullmatch(r"(.*)\.(mark|source|note)", steps, re.DOTALL)):
        part = match[2]
        return made(
            (match[1], part),
            "text" if part == "note" else "word",
            help=_ORIGIN_HELP[part],
            choices=MARKS if part == "mark" else (),
            choices_from="Sources" if part == "source" else None,
        )
    return None
