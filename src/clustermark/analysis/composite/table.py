"""Read a table of units: a CSV file with one row a unit and one column an indicator."""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path
from typing import Literal

import numpy as np

from clustermark.analysis.composite.data import CompositeData
from clustermark.ground.problems import Place, Problem, ProblemList, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.schemes.composite import BestOf, Composite

_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
Row = dict[str, str]
LARGEST = 1e18
"""Numbers in a table are at most this size, so that no step can overflow."""
Floor = Literal["zero", "above zero"]


def read_units(path: Path, composite: Composite) -> CompositeData:
    """The units of the CSV file `path` (UTF-8, comma, a header line) as a composite scheme needs them.

    Columns: `unit`, one an indicator, the denominators and the group the scheme names, and optionally `name`.
    Other columns may stand beside them. An empty cell is a missing value.
    Raises `ProblemsError` with every problem found.
    """
    header, rows = _read(path)
    problems = ProblemList()
    _check_header(header, path.name, composite, problems)
    problems.raise_errors()
    _check_units(rows, path.name, problems)
    floors = _floors(composite)
    numbers = {
        column: [
            _number(row[column], floors.get(column), Place(path.name, line, column), problems)
            for line, row in rows
        ]
        for column in (*composite.codes, *_denominators(composite))
    }
    problems.raise_errors()
    group = composite.imputation.group
    return CompositeData(
        units=tuple(row["unit"] for _line, row in rows),
        names=tuple(row.get("name") or row["unit"] for _line, row in rows),
        codes=composite.codes,
        values=np.column_stack([numbers[code] for code in composite.codes]),
        groups={} if group is None else {group: tuple(row[group] or None for _line, row in rows)},
        denominators={column: np.array(numbers[column]) for column in _denominators(composite)},
    )


def _denominators(composite: Composite) -> list[str]:
    return sorted({indicator.per for indicator in composite.indicators if indicator.per})


def _read(path: Path) -> tuple[list[str], list[tuple[int, Row]]]:
    """The header and the rows, each with its line in the file; cells stripped, short rows filled."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = [cell.strip() for cell in next(reader, [])]
            lines = [(reader.line_num, [cell.strip() for cell in line]) for line in reader if any(line)]
    except FileNotFoundError:
        problem = Problem("table-not-found", _("There is no such file."), Place(str(path)))
    except UnicodeDecodeError:
        problem = Problem(
            "table-encoding", _("The file is not UTF-8 text."), Place(path.name), allowed="UTF-8"
        )
    except (csv.Error, OSError) as error:
        message = _("The file cannot be read as CSV: {error}.").format(error=error)
        problem = Problem("table-unreadable", message, Place(path.name))
    else:
        too_long = [
            Problem(
                "row-too-long",
                _("The row has more cells than the header."),
                Place(path.name, line),
                found=str(len(cells)),
                allowed=str(len(header)),
            )
            for line, cells in lines
            if len(cells) > len(header)
        ]
        if too_long:
            raise ProblemsError(too_long)
        filled = [(line, cells + [""] * (len(header) - len(cells))) for line, cells in lines]
        return header, [(line, dict(zip(header, cells, strict=True))) for line, cells in filled]
    raise ProblemsError([problem])


def _check_header(header: list[str], file: str, composite: Composite, problems: ProblemList) -> None:
    group = composite.imputation.group
    wanted = ["unit", *composite.codes, *_denominators(composite), *([group] if group else [])]
    for column in dict.fromkeys(wanted):
        if column not in header:
            message = _("The table has no column {column}.").format(column=column)
            problems.add(Problem("column-missing", message, Place(file, 1, column), found=", ".join(header)))
    for column in sorted({column for column in header if header.count(column) > 1}):
        problems.add(Problem("column-twice", _("This column stands twice."), Place(file, 1, column)))


def _check_units(rows: list[tuple[int, Row]], file: str, problems: ProblemList) -> None:
    if not rows:
        problems.add(Problem("table-empty", _("The table has no rows."), Place(file)))
    first: dict[str, int] = {}
    for line, row in rows:
        unit, place = row["unit"], Place(file, line, "unit")
        if not unit:
            problems.add(Problem("unit-missing", _("A unit needs a code."), place))
        elif unit in first:
            message = _("This unit stands in row {row} already.").format(row=first[unit])
            problems.add(Problem("unit-twice", message, place, found=unit))
        else:
            first[unit] = line


def _floors(composite: Composite) -> dict[str, Floor]:
    """Columns whose numbers have a least value: denominators, and what a scale cannot take."""
    floors: dict[str, Floor] = {}
    for indicator in composite.indicators:
        if indicator.scale == "log":
            floors[indicator.code] = "above zero"
        elif isinstance(composite.normalisation_of(indicator), BestOf):
            floors[indicator.code] = "zero"
    return floors | dict.fromkeys(_denominators(composite), "above zero")


def _number(cell: str, floor: Floor | None, place: Place, problems: ProblemList) -> float:
    """The number in a cell, NaN where the cell is empty or a problem was found."""
    if not cell:
        return math.nan
    if not _NUMBER.fullmatch(cell):
        allowed = _("digits with a point before decimals, or an empty cell for a missing value")
        problems.add(
            Problem("number-unreadable", _("This is not a number."), place, found=cell, allowed=allowed)
        )
        return math.nan
    value = float(cell)
    if abs(value) > LARGEST:
        message = _("This number is too large.")
        problems.add(Problem("number-too-large", message, place, found=cell, allowed=f"≤ {LARGEST:g}"))
    elif value < 0 and floor == "zero":
        message = _("This number must not be below zero.")
        problems.add(Problem("number-too-low", message, place, found=cell, allowed=_("zero or more")))
    elif value <= 0 and floor == "above zero":
        message = _("This number must be above zero.")
        problems.add(Problem("number-too-low", message, place, found=cell, allowed=_("more than zero")))
    return value
