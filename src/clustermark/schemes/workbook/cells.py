"""How one value stands in a cell, and what a cell that a person typed means.

Numbers are numbers, or text where a number of Excel (15 significant digits) could not hold them; texts
are texts. A rule of one condition stands as it is, a rule of several as the YAML of the file (`all:`,
`any:` or `at_least:` … `of:`). Lists of words stand with commas, lists of texts one a line, with
``\\n`` for a line break inside a text and ``\\\\`` for a backslash.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from clustermark.ground.exact import MAX_DIGITS
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.yaml12 import parse_yaml
from clustermark.ground.yaml_writing import write_yaml
from clustermark.schemes.workbook.layout import Kind

Cell = str | int | float | bool | date | datetime | None
Written = str | Decimal | None

_COMPOSED = re.compile(r"\s*(all|any|at_least|of)\s*:")
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?\Z", re.ASCII)


class CellError(Exception):
    """A cell that cannot be read: what is wrong, and what may stand there."""

    def __init__(self, message: str, allowed: str | None = None) -> None:
        super().__init__(message)
        self.message, self.allowed = message, allowed


def to_cell(kind: Kind, value: Any) -> Written:
    """What is written for `value`; None leaves the cell empty."""
    if value is None:
        return None
    match kind:
        case "number" | "whole":
            number = Decimal(value)
            return number if _held_by_excel(number) else format(number, "f")
        case "yes":
            return "yes" if value else "no"
        case "words":
            return ", ".join(value)
        case "rule" if not isinstance(value, str):
            return write_yaml(value).rstrip("\n")
        case "yaml":
            return write_yaml(value).rstrip("\n")
        case _:
            return str(value)


def _held_by_excel(number: Decimal) -> bool:
    digits = number.normalize().as_tuple()
    return len(digits.digits) <= MAX_DIGITS and abs(number.adjusted()) < 250


def from_cell(kind: Kind, cell: Cell) -> Any:
    """The value of a filled cell. Raises `CellError`."""
    match kind:
        case "number":
            return _number(cell)
        case "whole":
            number = _number(cell)
            if number != number.to_integral_value():
                raise CellError(_("This must be a whole number."))
            return int(number)
        case "yes":
            return _yes(cell)
        case "word":
            return _text(cell).strip()
        case "words":
            return [word.strip() for word in _text(cell).split(",") if word.strip()]
        case "rule":
            text = _text(cell)
            return _yaml(text) if _COMPOSED.match(text) else text
        case "yaml":
            return _yaml(_text(cell))
        case _:
            return _text(cell)


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        raise CellError(_("Excel keeps this as a truth value; write it as text."))
    if isinstance(cell, float) and cell != int(cell):
        # 2.10 typed as a number is 2.1: which of the two was meant cannot be told any more
        raise CellError(_("Excel keeps this as a number; set the cell's format to Text and type it again."))
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def _number(cell: Cell) -> Decimal:
    allowed = _("a number such as 35 or 0.5")
    if isinstance(cell, bool) or cell is None or isinstance(cell, date):
        raise CellError(_("This is not a number."), allowed)
    if isinstance(cell, float):
        number = Decimal(repr(cell))
        if not number.is_finite() or len(number.normalize().as_tuple().digits) > MAX_DIGITS:
            message = _(
                "This number has more digits than Excel keeps exactly; it may be the result of a sum."
            )
            raise CellError(message, _("at most {n} digits").format(n=MAX_DIGITS))
        return number
    text = str(cell).strip()
    if not _NUMBER.match(text):
        raise CellError(_("This is not a number."), allowed)
    try:
        return Decimal(text)
    except InvalidOperation:
        raise CellError(_("This is not a number."), allowed) from None


def _yes(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    word = str(cell).strip().lower()
    if word not in {"yes", "no"}:
        raise CellError(_("This must be yes or no."), "yes, no")
    return word == "yes"


def _yaml(text: str) -> Any:
    try:
        return parse_yaml(text, file="cell").data
    except ProblemsError as error:
        message = _("Line {n} of the cell: {what}").format(
            n=error.problems[0].place.row or 1, what=error.problems[0].message
        )
        raise CellError(message, _("lines such as all: [points >= 100, minimums_met]")) from None


def to_lines(texts: list[dict[str, str]], language: str) -> str | None:
    """One language of a list of texts: a line each; empty where a text is not in this language."""
    lines = [_escaped(text.get(language, "")) for text in texts]
    return "\n".join(lines) if any(lines) else None


def from_lines(cells: dict[str, str]) -> list[dict[str, str]]:
    """The list of texts in the cells of its languages; lines that are empty in all of them are left out."""
    split = {language: cell.split("\n") for language, cell in cells.items()}
    count = max((len(lines) for lines in split.values()), default=0)
    texts = [
        {language: _unescaped(lines[i]) for language, lines in split.items() if i < len(lines) and lines[i]}
        for i in range(count)
    ]
    return [text for text in texts if text]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _unescaped(line: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], line)
