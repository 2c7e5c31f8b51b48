"""What the commands on a register share: its arguments, how it is opened, how a statistic is shown."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.output import say
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

if TYPE_CHECKING:
    from clustermark.register.entries import Register
    from clustermark.register.statistics import Statistic


MAX_BYTES = 256 << 20


class RegisterFormat(StrEnum):
    """How a result is written."""

    table = "table"
    json = "json"
    csv = "csv"


RegisterArgument = Annotated[Path, typer.Argument(metavar="REGISTER", help="Register: a JSON file.")]

DayOption = Annotated[
    str | None,
    typer.Option("--as-of", help="The register as it stood on this day, YYYY-MM-DD. Default: today."),
]

FormatOption = Annotated[RegisterFormat, typer.Option("--format", help="How the result is written.")]

LevelOption = Annotated[str | None, typer.Option(help="Only this level.")]

CountryOption = Annotated[str | None, typer.Option(help="Only this country: two letters, or its name.")]

ContinentOption = Annotated[
    str | None,
    typer.Option(
        help="Only this continent, by its code: 002 Africa, 009 Oceania, 019 Americas, 142 Asia, 150 Europe."
    ),
]

SectorOption = Annotated[str | None, typer.Option(help="Only this sector, by its word, such as health.")]


def open_register(path: Path) -> Register:
    """The register in a JSON file; raises ProblemsError when it is none."""
    from clustermark.register.entries import read_register  # noqa: PLC0415 - commands load what they need

    return read_register(register_bytes(path), file=path.name)


def register_bytes(path: Path) -> bytes:
    """The bytes of a register's file, bounded; raises `ProblemsError` when it cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            message, allowed = (
                _("The file is too large."),
                _("at most {size} MB").format(size=MAX_BYTES >> 20),
            )
            raise ProblemsError([Problem("file-too-large", message, Place(str(path)), None, allowed)])
        return path.read_bytes()
    except OSError as error:
        message = _("The file cannot be read: {reason}.").format(reason=error.strerror or error)
        raise ProblemsError([Problem("file-unreadable", message, Place(str(path)))]) from None


def country_code(text: str | None) -> str | None:
    """The two letters of a country given by code or name; raises `ProblemsError` for none."""
    from clustermark.register.places import country_of  # noqa: PLC0415 - may load Babel

    code = None if text is None else country_of(text)
    if text is not None and code is None:
        message = _("There is no such country.")
        raise ProblemsError([Problem("country-unknown", message, Place("--country"), found=text)])
    return code


def continent_code(code: str | None) -> str | None:
    """The code of a continent, checked; raises `ProblemsError` for none."""
    from clustermark.register.places import CONTINENTS  # noqa: PLC0415 - commands load what they need

    if code is not None and code not in CONTINENTS:
        message = _("There is no such continent.")
        raise ProblemsError(
            [Problem("continent-unknown", message, Place("--continent"), code, ", ".join(CONTINENTS))]
        )
    return code


def this_day() -> date:
    """Today, UTC."""
    from datetime import UTC, datetime  # noqa: PLC0415 - only here

    return datetime.now(UTC).date()


def show_statistic(found: Statistic, register: Register, output: RegisterFormat, *, rows: bool) -> None:
    """Print a statistic in the form asked for."""
    from clustermark.cli.register_words import statistic_lines  # noqa: PLC0415 - commands load what they need
    from clustermark.register.writing import rows_csv, statistic_csv, statistic_json  # noqa: PLC0415 - as above

    if output is RegisterFormat.json:
        say(statistic_json(found, register).rstrip("\n"))
    elif output is RegisterFormat.csv:
        say((rows_csv(found.rows) if rows else statistic_csv(found)).decode().rstrip("\n"))
    else:
        for line in statistic_lines(found, register, rows=rows):
            say(line)
