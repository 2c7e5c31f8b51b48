"""`clustermark benchmark`: where a cluster stands among its peers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from clustermark.cli.assess import LanguageChoice, LanguageOption
from clustermark.cli.output import say, say_problems
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import use_language

if TYPE_CHECKING:
    from clustermark.analysis.disclosure import Ledger
    from clustermark.analysis.peers import Attribute, Edition, PeerReport
    from clustermark.analysis.portfolio import Portfolio
    from clustermark.schemes.scheme import Scheme

ATTRIBUTES: tuple[Attribute, ...] = ("sector", "size", "country", "age", "level")

LADDER = "sector,size,country"
"""The ladder of groups when none is asked for."""


def benchmark(
    portfolio: Annotated[Path, typer.Argument(help="Portfolio: a CSV file, or a folder with portfolio.csv.")],
    cluster: Annotated[str, typer.Option("--cluster", help="Id of the cluster that reads the benchmark.")],
    scheme: Annotated[str, typer.Option("--scheme", help="Id or file of the scheme.")] = "ecei-gold-2013",
    year: Annotated[int | None, typer.Option("--year", help="Edition; the last one if not given.")] = None,
    since: Annotated[
        int | None,
        typer.Option(
            "--since", help="Also split the change since this edition: you, your peers, the method."
        ),
    ] = None,
    old_scheme: Annotated[
        str | None,
        typer.Option(
            "--old-scheme",
            help="Id or file of the scheme of that edition; the one that the portfolio names if not given.",
        ),
    ] = None,
    by: Annotated[
        str, typer.Option("--by", help="Ladder of groups, wide to narrow: sector, size, country, age, level.")
    ] = LADDER,
    ledger: Annotated[
        Path | None,
        typer.Option("--ledger", help="Disclosure ledger (confidential); beside the portfolio if not given."),
    ] = None,
    output: Annotated[
        Literal["table", "json"], typer.Option("--format", help="What to write to standard output.")
    ] = "table",
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Compare a cluster with its peers; figures of small groups, or that would tell one value, are hidden."""
    from clustermark.cli.benchmark_table import benchmark_lines  # noqa: PLC0415 - only this command prints one
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - heavy imports only where used

    with use_language(lang.value):
        editions, note = open_editions(
            portfolio,
            Scheme.load(scheme),
            cluster=cluster,
            year=year,
            since=since,
            old_scheme=None if old_scheme is None else Scheme.load(old_scheme),
            by=by,
            ledger=ledger,
        )
        report = report_from(editions, cluster)
        note()
        say(report.to_json().rstrip("\n") if output == "json" else "\n".join(benchmark_lines(report)))


def report_from(editions: Sequence[Edition], cluster: str) -> PeerReport:
    """The benchmark from the last edition; with the two of an older year before it, also the change since."""
    from clustermark.analysis.peers import benchmark as report_of  # noqa: PLC0415 - NumPy loads only when needed
    from clustermark.analysis.peers import compare_years  # noqa: PLC0415 - as above

    report = report_of(editions[-1], cluster)
    if len(editions) == 1:
        return report
    old, rescored, new = editions
    return report.model_copy(update={"year_on_year": compare_years(old, rescored, new, cluster)})


def open_edition(
    portfolio: Path,
    scheme: Scheme,
    *,
    year: int | None = None,
    by: str = LADDER,
    ledger: Path | None = None,
) -> tuple[Edition, Callable[[], None]]:
    """Publish an edition of a portfolio: it, and what notes it in the ledger, to be called before anything is shown."""
    editions, note = open_editions(portfolio, scheme, year=year, by=by, ledger=ledger)
    return editions[-1], note


def open_editions(
    portfolio: Path,
    scheme: Scheme,
    *,
    cluster: str | None = None,
    year: int | None = None,
    since: int | None = None,
    old_scheme: Scheme | None = None,
    by: str = LADDER,
    ledger: Path | None = None,
) -> tuple[list[Edition], Callable[[], None]]:
    """Publish an edition and, with `since`, before it that year under `old_scheme` and rescored under `scheme`.

    If `old_scheme` is not given it is the one that the portfolio names for `cluster` in that year, else
    `scheme`. The second value notes all in the ledger, to be called before anything is shown.
    """
    from clustermark.analysis.disclosure import Ledger  # noqa: PLC0415 - NumPy loads only when needed
    from clustermark.analysis.portfolio import FILE_NAME, read_portfolio  # noqa: PLC0415 - as above

    ladder = _ladder(by)
    table = read_portfolio(portfolio, codes=_codes(scheme))
    edition_year = table.editions[-1] if year is None else year
    _check_since(since, edition_year, old_scheme, table.editions)
    wanted = [(edition_year, scheme)]
    if since is not None:
        then = old_scheme or _scheme_then(table, cluster, since, scheme)
        # the older year first, as a secretariat tells its editions: what is told later yields to what is told
        wanted = [(since, then), (since, scheme), *wanted]
        if then.digest != scheme.digest:
            table = read_portfolio(portfolio, codes=_codes(scheme) | _codes(then))
    say_problems(table.warnings)
    file = portfolio / FILE_NAME if portfolio.is_dir() else portfolio
    notes = ledger or file.with_suffix(".ledger.jsonl")
    shown_before = Ledger.read(notes)
    editions = [_told(table, each, under, shown_before, ladder) for each, under in wanted]
    return editions, lambda: shown_before.write(notes)


def _codes(scheme: Scheme) -> set[str]:
    return {indicator.code for indicator in scheme.document.indicators}


def _told(
    table: Portfolio, year: int, scheme: Scheme, ledger: Ledger, ladder: Sequence[Attribute]
) -> Edition:
    """One year under one scheme; indicators that the year's other schemes do not measure alike are left out."""
    from clustermark.analysis.peers import publish  # noqa: PLC0415 - NumPy loads only when needed
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - heavy imports only where used

    named = sorted(set(table.of_year(year).schemes.tolist()) - {"", scheme.id})
    return publish(
        table,
        year=year,
        scheme=scheme.document,
        scheme_digest=scheme.digest,
        other_schemes=[Scheme.load(name).document for name in named],
        ledger=ledger,
        ladder=ladder,
    )


def _check_since(since: int | None, year: int, old_scheme: Scheme | None, editions: Sequence[int]) -> None:
    """Raises ProblemsError when there is no year to look back to, or it is not before the other."""
    if since is None and old_scheme is not None:
        message = _("An old scheme is that of the year to look back to, and none is given.")
        raise ProblemsError(
            [Problem("old-scheme-without-since", message, Place("--old-scheme"), old_scheme.id, "--since")]
        )
    if since is not None and since >= year:
        message = _("The year to look back to is not before {year}.").format(year=year)
        allowed = ", ".join(str(edition) for edition in editions if edition < year) or None
        raise ProblemsError([Problem("since-not-before", message, Place("--since"), str(since), allowed)])


def _scheme_then(table: Portfolio, cluster: str | None, year: int, scheme: Scheme) -> Scheme:
    """The scheme that the portfolio names for the cluster in `year`; `scheme` when it names none."""
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - heavy imports only where used

    names = table.schemes[(table.clusters == cluster) & (table.years == year)].tolist()
    return Scheme.load(names[0]) if names and names[0] not in ("", scheme.id) else scheme


def _ladder(by: str) -> list[Attribute]:
    names = [name.strip() for name in by.split(",")]
    ladder = [attribute for name in names for attribute in ATTRIBUTES if attribute == name]
    if len(ladder) != len(names) or len(set(names)) != len(names):
        message = _("The ladder of groups cannot be read.")
        raise ProblemsError([Problem("ladder-unknown", message, Place("--by"), by, ", ".join(ATTRIBUTES))])
    return ladder
