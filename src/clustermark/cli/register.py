"""`clustermark register …`: statistics, holders, places, surveillance, import and announcement."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.assess import LanguageChoice, LanguageOption, read_date
from clustermark.cli.files import may_write, write_file
from clustermark.cli.output import say, say_problems
from clustermark.cli.register_announce import announce
from clustermark.cli.register_options import (
    ContinentOption,
    CountryOption,
    DayOption,
    FormatOption,
    LevelOption,
    RegisterArgument,
    RegisterFormat,
    SectorOption,
    continent_code,
    country_code,
    open_register,
    show_statistic,
    this_day,
)
from clustermark.cli.register_watch import draw, due
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import use_language

if TYPE_CHECKING:
    from clustermark.register.statistics import By


app = typer.Typer(help="Count, search, import and announce what a register holds.", no_args_is_help=True)


class Kind(StrEnum):
    """The statistics."""

    in_force = "in_force"
    awarded = "awarded"
    holders = "holders"
    renewals = "renewals"
    time_in_process = "time_in_process"


class Grouping(StrEnum):
    """What a statistic can be grouped by."""

    level = "level"
    country = "country"
    continent = "continent"
    sector = "sector"
    year = "year"


class Within(StrEnum):
    """Among whom an award has its place."""

    country = "country"
    continent = "continent"
    sector = "sector"


class Duplicates(StrEnum):
    """What is done with awards that may be entered twice."""

    refuse = "refuse"
    keep = "keep"
    skip = "skip"


@app.command()
def statistics(
    register: RegisterArgument,
    kind: Annotated[Kind, typer.Option(help="Which statistic.")] = Kind.in_force,
    by: Annotated[Grouping | None, typer.Option(help="What it is grouped by.")] = None,
    as_of: DayOption = None,
    level: LevelOption = None,
    country: CountryOption = None,
    continent: ContinentOption = None,
    sector: SectorOption = None,
    first: Annotated[str | None, typer.Option("--from", help="Only decisions from this day on.")] = None,
    last: Annotated[str | None, typer.Option("--until", help="Only decisions up to this day.")] = None,
    grace_months: Annotated[
        int, typer.Option(min=0, max=1200, help="Months after an end in which it can still be renewed.")
    ] = 12,
    rows: Annotated[bool, typer.Option("--rows", help="Show the rows behind the figure.")] = False,
    parquet: Annotated[Path | None, typer.Option(help="Also write the rows to this Parquet file.")] = None,
    output: FormatOption = RegisterFormat.table,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """A figure of the register as of any date, with its definition and the rows behind it."""
    from clustermark.register import statistics as made  # noqa: PLC0415 - commands load what they need
    from clustermark.register.rows import Scope  # noqa: PLC0415 - as above

    with use_language(lang.value):
        opened, day = open_register(register), read_date(as_of) or this_day()
        scope = Scope(
            level,
            country_code(country),
            continent_code(continent),
            sector,
            first=read_date(first, "--from"),
            last=read_date(last, "--until"),
        )
        if parquet is not None:
            may_write(parquet)
        group: By | None = by.value if by else None
        if group and kind in (Kind.renewals, Kind.time_in_process):
            message, allowed = _("This statistic has no groups."), "in_force, awarded, holders"
            raise ProblemsError([Problem("not-grouped", message, Place("--by"), f"--kind {kind}", allowed)])
        if kind is Kind.renewals:
            found = made.renewals(opened, as_of=day, grace_months=grace_months, scope=scope)
        elif kind is Kind.time_in_process:
            found = made.time_in_process(opened, as_of=day, scope=scope)
        else:
            counts = {Kind.in_force: made.in_force, Kind.awarded: made.awarded, Kind.holders: made.holders}
            found = counts[kind](opened, as_of=day, by=group, scope=scope)
        show_statistic(found, opened, output, rows=rows)
        if parquet is not None:
            from clustermark.register.writing import rows_parquet  # noqa: PLC0415 - loads DuckDB

            write_file(parquet, rows_parquet(found, opened))


@app.command()
def place(
    register: RegisterArgument,
    number: Annotated[str, typer.Argument(help="Number of the certificate.")],
    within: Annotated[
        list[Within] | None,
        typer.Option(
            "--in", help="Among holders of the same country, continent or sector; may be given again."
        ),
    ] = None,
    as_of: DayOption = None,
    rows: Annotated[bool, typer.Option("--rows", help="Show the rows behind the figure.")] = False,
    output: FormatOption = RegisterFormat.table,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Which award of its level a certificate is: the first in its country, the ninth in its sector and continent."""
    from clustermark.register.places import continent_of  # noqa: PLC0415 - commands load what they need
    from clustermark.register.rows import Scope  # noqa: PLC0415 - as above
    from clustermark.register.statistics import ordinal  # noqa: PLC0415 - as above

    with use_language(lang.value):
        opened, day = open_register(register), read_date(as_of) or this_day()
        own = opened.certificate(number)
        known = {
            Within.country: own.country,
            Within.continent: continent_of(own.country),
            Within.sector: own.sector,
        }
        asked = {one: known[one] for one in within or ()}
        unknown = [one.value for one, value in asked.items() if value is None]
        if unknown:
            message = _("The register does not know this of the certificate.")
            raise ProblemsError(
                [Problem("not-known", message, Place(number, field=name)) for name in unknown]
            )
        scope = Scope(
            level=own.level,
            country=asked.get(Within.country),
            continent=asked.get(Within.continent),
            sector=asked.get(Within.sector),
        )
        show_statistic(ordinal(opened, number, as_of=day, scope=scope), opened, output, rows=rows)


@app.command()
def holders(
    register: RegisterArgument,
    on: Annotated[str | None, typer.Option(help="The day in question, YYYY-MM-DD. Default: today.")] = None,
    known_on: Annotated[
        str | None, typer.Option(help="By what was known on this later day; default: on the day itself.")
    ] = None,
    level: LevelOption = None,
    country: CountryOption = None,
    continent: ContinentOption = None,
    sector: SectorOption = None,
    holder: Annotated[str | None, typer.Option(help="Only the holder with this id.")] = None,
    output: FormatOption = RegisterFormat.table,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Who held what on a day."""
    from clustermark.cli.register_words import row_lines  # noqa: PLC0415 - commands load what they need
    from clustermark.register.holdings import held_on  # noqa: PLC0415 - as above
    from clustermark.register.rows import Scope  # noqa: PLC0415 - as above
    from clustermark.register.writing import rows_csv, rows_json  # noqa: PLC0415 - as above

    with use_language(lang.value):
        opened, day = open_register(register), read_date(on, "--on") or this_day()
        scope = Scope(level, country_code(country), continent_code(continent), sector)
        found = held_on(
            opened, day, known_on=read_date(known_on, "--known-on"), holder_id=holder, scope=scope
        )
        if output is RegisterFormat.json:
            say(rows_json(found, opened, day).rstrip("\n"))
        elif output is RegisterFormat.csv:
            say(rows_csv(found).decode().rstrip("\n"))
        else:
            for line in row_lines(found, opened, day):
                say(line)


@app.command("import")
def import_list(
    listed: Annotated[
        Path, typer.Argument(metavar="LIST", help="The old list: a CSV file or an .xlsx workbook.")
    ],
    into: Annotated[
        Path | None, typer.Option(help="The register to add to; without it a new one is begun.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the register here; without it nothing is written.")
    ] = None,
    duplicates: Annotated[
        Duplicates, typer.Option(help="What is done with awards that may be entered twice.")
    ] = Duplicates.refuse,
    unofficial: Annotated[
        bool, typer.Option("--unofficial", help="The list is not the owner's; every entry is marked so.")
    ] = False,
    title: Annotated[str, typer.Option(help="Title of a new register.")] = "Register",
    notice: Annotated[str | None, typer.Option(help="What users of a new register must know.")] = None,
    licence: Annotated[str, typer.Option(help="Licence of a new register's data.")] = "CC-BY-4.0",
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Read an old list: every problem, every possible duplicate; nothing is written unless --out says so."""
    from clustermark.cli.register_words import import_lines  # noqa: PLC0415 - commands load what they need
    from clustermark.register.entries import Register  # noqa: PLC0415 - as above
    from clustermark.register.importing import enter, read_list  # noqa: PLC0415 - as above

    with use_language(lang.value):
        base = open_register(into) if into is not None else None
        found = read_list(listed, into=base, mark="unofficial" if unofficial else "imported")
        say_problems(found.problems)
        for line in import_lines(found):
            say(line)
        if out is None:
            if found.problems.errors:
                raise typer.Exit(1)
            say(_("Nothing was written; --out writes the register."))
            return
        unsaid = (
            _("Unofficial: no owner of a label has endorsed this list.")
            if unofficial
            else _("Imported list.")
        )
        begun = base or Register(title=title, notice=notice or unsaid, licence=licence, certificates=[])
        made = enter(begun, found, duplicates=duplicates.value)
        may_write(out)
        write_file(out, made.to_json())
        say(_("Written: {file}, {n} certificates.").format(file=out, n=len(made.certificates)))


for command in (due, draw, announce):
    app.command()(command)
