"""The effort of improvement: the scheme's own, with what a user's file says instead.

A YAML file has the fields of the scheme's `improvement` section, all optional; an indicator in it replaces
the scheme's. A CSV file has one row a step, with the columns indicator, band, days and months, and changes
the numbers of these steps only.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from clustermark.ground.documents import Document
from clustermark.ground.problems import Place, Problem, ProblemList, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.yaml12 import parse_yaml
from clustermark.schemes.check_improvement import improvement_problems
from clustermark.schemes.improvement import Effort, Improvement
from clustermark.schemes.reading import shape_problems
from clustermark.schemes.scheme import Scheme
from clustermark.schemes.shapes import Origin

COLUMNS = ("indicator", "band", "days", "months")
OWN = {"all": Origin(mark="example", source="user")}


class EffortFile(Document):
    """What a user's YAML file may state."""

    at_most: Annotated[int, Field(ge=1)] | None = None
    years: Annotated[int, Field(ge=1)] | None = None
    effort: list[Effort] = []


def effort_of(scheme: Scheme, file: Path | None = None, *, at_most: int | None = None) -> Improvement:
    """The effort that counts: of the scheme, of the `file` where it says otherwise, with the limit `at_most`.

    Where neither states any, nothing can be changed. Raises `ProblemsError` for a file that cannot be read or
    does not fit the scheme.
    """
    stated = _filled(None, EffortFile(), scheme) if file is None else read_effort(scheme, file)
    if file is None and scheme.document.improvement is not None:
        stated = scheme.document.improvement
    if at_most is None:
        return stated
    if at_most < 1:
        message = _("Work on at least one indicator must be allowed in a year.")
        raise ProblemsError([Problem("limit", message, Place("--at-most"), str(at_most), "≥ 1")])
    return stated.model_copy(update={"at_most": at_most})


def read_effort(scheme: Scheme, file: Path) -> Improvement:
    """The scheme's effort with what the `file` (.csv, or YAML) states instead. Raises `ProblemsError`."""
    if not file.is_file():
        message = _("There is no such file.")
        raise ProblemsError([Problem("file-missing", message, Place(str(file)))])
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        message = _("The file cannot be read: {reason}.").format(reason=error.strerror or error)
        raise ProblemsError([Problem("file-unreadable", message, Place(str(file)))]) from None
    except UnicodeDecodeError:
        raise ProblemsError(
            [Problem("encoding", _("The file is not UTF-8."), Place(file.name), allowed="UTF-8")]
        ) from None
    if file.suffix.lower() == ".csv":
        return _from_csv(scheme, text, file.name)
    return _from_yaml(scheme, text, file.name)


def _from_yaml(scheme: Scheme, text: str, name: str) -> Improvement:
    read = parse_yaml(text, file=name)
    try:
        stated = EffortFile.model_validate(read.data)
    except ValidationError as error:
        raise ProblemsError(shape_problems(error, read, {})) from None
    problems = improvement_problems(scheme.document, _filled(None, stated, scheme), read.place)
    if problems:
        raise ProblemsError(problems)
    whole = _filled(scheme.document.improvement, stated, scheme)
    # needs of the file and of the scheme together could form a circle
    problems = improvement_problems(scheme.document, whole, lambda _path: Place(name))
    if problems:
        raise ProblemsError(problems)
    return whole


def _filled(own: Improvement | None, stated: EffortFile, scheme: Scheme) -> Improvement:
    """The file's statements in place of the scheme's; without either, every indicator may be begun in one year."""
    replaced = {effort.indicator: effort for effort in stated.effort}
    kept = [] if own is None else [effort for effort in own.effort if effort.indicator not in replaced]
    at_most = stated.at_most or (own.at_most if own else max(1, len(scheme.document.indicators)))
    years = stated.years or (own.years if own else 1)
    return Improvement(at_most=at_most, years=years, effort=[*kept, *stated.effort], origin=OWN)


def _from_csv(scheme: Scheme, text: str, name: str) -> Improvement:
    reader = csv.DictReader(io.StringIO(text))
    problems = ProblemList()
    columns = tuple(reader.fieldnames or ())
    if sorted(columns) != sorted(COLUMNS):
        message = _("A file of effort has these columns and no others.")
        raise ProblemsError(
            [Problem("columns", message, Place(name), ", ".join(columns), ", ".join(COLUMNS))]
        )
    own = scheme.document.improvement
    efforts = {} if own is None else {effort.indicator: effort for effort in own.effort}
    steps = {item.code: len(item.bands) or 1 for item in scheme.document.indicators}
    table: dict[str, dict[int, tuple[Decimal, int]]] = {}
    for number, row in enumerate(reader, start=2):
        _csv_row(row, steps, table, problems, lambda column, number=number: Place(name, number, column))  # type: ignore[misc]  # a default argument binds the loop's value
    changed = []
    for code, rows in table.items():
        old = efforts.get(code)
        pairs = dict(enumerate(zip(old.days, old.months, strict=True), start=1)) if old else {}
        pairs |= rows
        missing = [str(band) for band in range(1, steps[code] + 1) if band not in pairs]
        if missing:
            message = _("The steps of indicator {code} into these bands are not stated: {bands}.")
            text = message.format(code=code, bands=", ".join(missing))
            problems.add(Problem("effort-steps", text, Place(name)))
            continue
        days, months = zip(*(pairs[band] for band in sorted(pairs)), strict=True)
        needs, by = (old.needs, old.by) if old else ([], [])
        changed.append(Effort(indicator=code, days=list(days), months=list(months), needs=needs, by=by))
    problems.raise_errors()
    return _filled(own, EffortFile(effort=changed), scheme)


def _csv_row(
    row: Mapping[str | None, str | None],
    steps: Mapping[str, int],
    table: dict[str, dict[int, tuple[Decimal, int]]],
    problems: ProblemList,
    place: Callable[[str], Place],
) -> None:
    cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
    code = cells["indicator"]
    if code not in steps:
        message = _("There is no such indicator.")
        problems.add(Problem("indicator-unknown", message, place("indicator"), code, ", ".join(steps)))
        return
    numbers = {column: _number(cells[column]) for column in COLUMNS[1:]}
    allowed = {
        "band": f"1 … {steps[code]}",
        "days": _("a number above 0"),
        "months": _("a whole number of at least 1"),
    }
    good = {
        "band": _whole(numbers["band"]) and 1 <= (numbers["band"] or 0) <= steps[code],
        "days": (numbers["days"] or 0) > 0,
        "months": _whole(numbers["months"]) and (numbers["months"] or 0) >= 1,
    }
    for column, fits in good.items():
        if not fits:
            message = _("This number cannot stand here.")
            problems.add(Problem("effort-number", message, place(column), cells[column], allowed[column]))
    band, days, months = (numbers[column] for column in COLUMNS[1:])
    if all(good.values()) and band is not None and days is not None and months is not None:
        if int(band) in table.setdefault(code, {}):
            message = _("The effort of this step is stated twice.")
            problems.add(Problem("effort-twice", message, place("band"), cells["band"]))
        table[code][int(band)] = (days, int(months))


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _whole(value: Decimal | None) -> bool:
    return value is not None and value == value.to_integral_value()
