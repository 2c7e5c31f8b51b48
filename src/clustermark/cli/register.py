"""`clustermark register …`: statistics, holders, places, surveillance, import and announcement."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.assess import LanguageChoice, LanguageOption, read_date
from clustermark.cli.files import may_write
from clustermark.cli.output import say, say_problems
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import use_language

if TYPE_CHECKING:
    from clustermark.register.entries import Register
    from clustermark.register.statistics import By, Statistic
    from clustermark.reports.announcement_case import DecidedCase
    from clustermark.schemes.surveillance import Surveillance

app = typer.Typer(help="Count, search, import and announce what a register holds.", no_args_is_help=True)
MAX_BYTES = 256 << 20


class RegisterFormat(StrEnum):
    """How a result is written."""

    table = "table"
    json = "json"
    csv = "csv"


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
        int, typer.Option(help="Months after an end in which it can still be renewed.")
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
        opened, day = open_register(register), read_date(as_of) or _today()
        scope = Scope(
            level,
            _country(country),
            _continent(continent),
            sector,
            first=read_date(first),
            last=read_date(last),
        )
        group: By | None = by.value if by else None
        if kind is Kind.renewals:
            found = made.renewals(opened, as_of=day, grace_months=grace_months, scope=scope)
        elif kind is Kind.time_in_process:
            found = made.time_in_process(opened, as_of=day, scope=scope)
        else:
            counts = {Kind.in_force: made.in_force, Kind.awarded: made.awarded, Kind.holders: made.holders}
            found = counts[kind](opened, as_of=day, by=group, scope=scope)
        _show(found, opened, output, rows=rows)
        if parquet is not None:
            from clustermark.register.writing import rows_parquet  # noqa: PLC0415 - loads DuckDB

            may_write(parquet, force=False)
            parquet.write_bytes(rows_parquet(found, opened))


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
        opened, day = open_register(register), read_date(as_of) or _today()
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
        _show(ordinal(opened, number, as_of=day, scope=scope), opened, output, rows=rows)


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
        opened, day = open_register(register), read_date(on) or _today()
        scope = Scope(level, _country(country), _continent(continent), sector)
        found = held_on(opened, day, known_on=read_date(known_on), holder_id=holder, scope=scope)
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
        may_write(out, force=False)
        out.write_text(made.to_json(), encoding="utf-8")
        say(_("Written: {file}, {n} certificates.").format(file=out, n=len(made.certificates)))


@app.command()
def due(
    register: RegisterArgument,
    scheme: Annotated[
        str, typer.Option(help="Id of a shipped scheme, or a scheme file: its rules of surveillance.")
    ],
    first: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD.")],
    last: Annotated[str, typer.Option("--until", help="Last day, YYYY-MM-DD.")],
    level: LevelOption = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """What is due between two days: looks, reminders before the end, ends."""
    from clustermark.cli.register_words import due_lines  # noqa: PLC0415 - commands load what they need
    from clustermark.register.surveillance import due_between  # noqa: PLC0415 - as above

    with use_language(lang.value):
        opened, rules = open_register(register), _surveillance(scheme)
        start, end = read_date(first), read_date(last)
        assert start is not None  # noqa: S101 - both options are required
        assert end is not None  # noqa: S101 - as above
        asked = [item for item in opened.certificates if level in (None, item.level)]
        lives = ((item, opened.acts_of(item.number)) for item in asked)
        for line in due_lines(due_between(lives, rules, start, end), opened):
            say(line)


@app.command()
def draw(
    register: RegisterArgument,
    scheme: Annotated[
        str, typer.Option(help="Id of a shipped scheme, or a scheme file: its rules of surveillance.")
    ],
    seed: Annotated[
        str, typer.Option(help="The seed, published before the draw; the same seed draws the same.")
    ],
    year: Annotated[int, typer.Option(help="The year of the draw.")],
    as_of: DayOption = None,
    level: LevelOption = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Draw by lot whose certificates are looked at this year, among those in force."""
    from clustermark.register.rows import Scope  # noqa: PLC0415 - commands load what they need
    from clustermark.register.statistics import in_force  # noqa: PLC0415 - as above
    from clustermark.register.surveillance import draw as draw_lots  # noqa: PLC0415 - as above

    with use_language(lang.value):
        opened, day = open_register(register), read_date(as_of) or _today()
        numbers = {row.number for row in in_force(opened, as_of=day, scope=Scope(level)).rows}
        pool = [item for item in opened.certificates if item.number in numbers]
        drawn = draw_lots(pool, _surveillance(scheme), seed=seed, year=year)
        say(_("{n} of {pool} certificates in force are drawn:").format(n=len(drawn), pool=len(pool)))
        for item in drawn:
            say(f"{item.number}  {item.holder}")


@app.command()
def announce(
    register: RegisterArgument,
    number: Annotated[str, typer.Argument(help="Number of the certificate.")],
    case: Annotated[
        Path, typer.Argument(help="The decided case, or its scorecard (then with --visited): a JSON file.")
    ],
    visited: Annotated[
        tuple[str, str] | None, typer.Option(help="First and last day of the visit, for a scorecard.")
    ] = None,
    scheme: Annotated[
        str | None, typer.Option(help="The scheme of a scorecard, where it is not shipped.")
    ] = None,
    as_of: DayOption = None,
    out: Annotated[
        list[Path] | None,
        typer.Option(help="Write the draft here: .docx, .html or .json; may be given again."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace existing files.")] = False,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Draft a release about an award; every figure in it leads to its definition and its rows."""
    from clustermark.reports.announcement import build_announcement  # noqa: PLC0415 - commands load what they need

    with use_language(lang.value):
        opened, day = open_register(register), read_date(as_of) or _today()
        decided = _case(case, visited, scheme)
        draft = build_announcement(decided, opened, number, as_of=day, language=lang.value)
        targets = out or []
        for path in targets:
            _known_ending(path)
            may_write(path, force=force)
        for path in targets:
            if path.suffix.lower() == ".docx":
                from clustermark.reports.announcement_word import announcement_word  # noqa: PLC0415 - loads Word

                path.write_bytes(announcement_word(draft, as_of=day))
            elif path.suffix.lower() == ".html":
                from clustermark.reports.announcement_page import announcement_page  # noqa: PLC0415 - loads Jinja

                path.write_bytes(announcement_page(draft))
            else:
                path.write_text(draft.model_dump_json(indent=2) + "\n", encoding="utf-8")
        if not targets:
            say(draft.text().rstrip("\n"))


def _known_ending(path: Path) -> None:
    endings = (".docx", ".html", ".json")
    if path.suffix.lower() not in endings:
        message = _("The ending of the file names no report format.")
        problem = Problem(
            "report-ending-unknown", message, Place(str(path)), path.suffix or None, ", ".join(endings)
        )
        raise ProblemsError([problem])


def _case(path: Path, visited: tuple[str, str] | None, scheme: str | None) -> DecidedCase:
    """The decided case in a file, or made from the scorecard in it."""
    from pydantic import ValidationError  # noqa: PLC0415 - commands load what they need

    from clustermark.reports.announcement_case import DecidedCase, case_of  # noqa: PLC0415 - as above
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - loads the expression parser
    from clustermark.scoring.scorecard import Scorecard  # noqa: PLC0415 - as above

    data = _bytes(path)
    try:
        if visited is None:
            return DecidedCase.model_validate_json(data)
        card = Scorecard.model_validate_json(data)
    except ValidationError as error:
        allowed = _("a decided case, or a scorecard together with --visited")
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or None
        message = _("This file does not hold what is needed: {reason}.").format(
            reason=first["msg"].rstrip(".")
        )
        raise ProblemsError(
            [Problem("case-form", message, Place(str(path), field=field), None, allowed)]
        ) from None
    first_day, last_day = read_date(visited[0]), read_date(visited[1])
    assert first_day is not None  # noqa: S101 - both are texts
    assert last_day is not None  # noqa: S101 - as above
    return case_of(
        card, Scheme.load(scheme or card.scheme).document, visited_from=first_day, visited_to=last_day
    )


def _show(found: Statistic, register: Register, output: RegisterFormat, *, rows: bool) -> None:
    from clustermark.cli.register_words import statistic_lines  # noqa: PLC0415 - commands load what they need
    from clustermark.register.writing import rows_csv, statistic_csv, statistic_json  # noqa: PLC0415 - as above

    if output is RegisterFormat.json:
        say(statistic_json(found, register).rstrip("\n"))
    elif output is RegisterFormat.csv:
        say((rows_csv(found.rows) if rows else statistic_csv(found)).decode().rstrip("\n"))
    else:
        for line in statistic_lines(found, register, rows=rows):
            say(line)


def open_register(path: Path) -> Register:
    """The register in a JSON file; raises ProblemsError when it is none."""
    from clustermark.register.entries import read_register  # noqa: PLC0415 - commands load what they need

    return read_register(_bytes(path), file=path.name)


def _bytes(path: Path) -> bytes:
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


def _surveillance(name: str) -> Surveillance:
    from clustermark.cli.scheme import load  # noqa: PLC0415 - loads the expression parser

    rules = load(name).document.surveillance
    if rules is None:
        message = _("The scheme has no rules of surveillance.")
        raise ProblemsError([Problem("surveillance-missing", message, Place(name))])
    return rules


def _country(text: str | None) -> str | None:
    from clustermark.register.places import country_of  # noqa: PLC0415 - may load Babel

    code = None if text is None else country_of(text)
    if text is not None and code is None:
        message = _("There is no such country.")
        raise ProblemsError([Problem("country-unknown", message, Place("--country"), found=text)])
    return code


def _continent(code: str | None) -> str | None:
    from clustermark.register.places import CONTINENTS  # noqa: PLC0415 - commands load what they need

    if code is not None and code not in CONTINENTS:
        message = _("There is no such continent.")
        raise ProblemsError(
            [Problem("continent-unknown", message, Place("--continent"), code, ", ".join(CONTINENTS))]
        )
    return code


def _today() -> date:
    from datetime import UTC, datetime  # noqa: PLC0415 - only here

    return datetime.now(UTC).date()
