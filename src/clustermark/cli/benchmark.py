"""`clustermark benchmark`: where a cluster stands among its peers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from clustermark.cli.assess import LanguageChoice, LanguageOption
from clustermark.cli.output import say, say_problems
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import number, use_language

if TYPE_CHECKING:
    from clustermark.analysis.disclosure import Cell, Hidden
    from clustermark.analysis.peers import Attribute, Edition, PeerReport
    from clustermark.analysis.peers.report import Comparison
    from clustermark.schemes.scheme import Scheme

ATTRIBUTES: tuple[Attribute, ...] = ("sector", "size", "country", "age", "level")

LADDER = "sector,size,country"
"""The ladder of groups when none is asked for."""


def benchmark(
    portfolio: Annotated[Path, typer.Argument(help="Portfolio: a CSV file, or a folder with portfolio.csv.")],
    cluster: Annotated[str, typer.Option("--cluster", help="Id of the cluster that reads the benchmark.")],
    scheme: Annotated[str, typer.Option("--scheme", help="Id or file of the scheme.")] = "ecei-gold-2013",
    year: Annotated[int | None, typer.Option("--year", help="Edition; the last one if not given.")] = None,
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
    from clustermark.analysis.peers import benchmark as report_of  # noqa: PLC0415 - NumPy loads only when needed
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - as above

    with use_language(lang.value):
        edition, note = open_edition(portfolio, Scheme.load(scheme), year=year, by=by, ledger=ledger)
        report = report_of(edition, cluster)
        note()
        say(report.to_json().rstrip("\n") if output == "json" else _table(report))


def open_edition(
    portfolio: Path,
    scheme: Scheme,
    *,
    year: int | None = None,
    by: str = LADDER,
    ledger: Path | None = None,
) -> tuple[Edition, Callable[[], None]]:
    """Publish an edition of a portfolio: it, and what notes it in the ledger, to be called before anything is shown."""
    from clustermark.analysis.disclosure import Ledger  # noqa: PLC0415 - NumPy loads only when needed
    from clustermark.analysis.peers import publish  # noqa: PLC0415 - as above
    from clustermark.analysis.portfolio import FILE_NAME, read_portfolio  # noqa: PLC0415 - as above
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - as above

    table = read_portfolio(portfolio, codes=[indicator.code for indicator in scheme.document.indicators])
    say_problems(table.warnings)
    ladder = _ladder(by)
    edition_year = table.editions[-1] if year is None else year
    named = sorted(set(table.of_year(edition_year).schemes.tolist()) - {"", scheme.id})
    file = portfolio / FILE_NAME if portfolio.is_dir() else portfolio
    notes = ledger or file.with_suffix(".ledger.jsonl")
    shown_before = Ledger.read(notes)
    edition = publish(
        table,
        year=edition_year,
        scheme=scheme.document,
        scheme_digest=scheme.digest,
        other_schemes=[Scheme.load(name).document for name in named],
        ledger=shown_before,
        ladder=ladder,
    )
    return edition, lambda: shown_before.write(notes)


def _ladder(by: str) -> list[Attribute]:
    names = [name.strip() for name in by.split(",")]
    ladder = [attribute for name in names for attribute in ATTRIBUTES if attribute == name]
    if len(ladder) != len(names) or len(set(names)) != len(names):
        message = _("The ladder of groups cannot be read.")
        raise ProblemsError([Problem("ladder-unknown", message, Place("--by"), by, ", ".join(ATTRIBUTES))])
    return ladder


def _table(report: PeerReport) -> str:
    """The report as text: one line a comparison."""
    heading = _("{cluster} among its peers, edition {edition}, scheme {scheme}")
    lines = [heading.format(cluster=report.cluster, edition=report.edition, scheme=report.scheme)]
    if report.synthetic:
        lines.append(_("SYNTHETIC DATA: made up by a program."))
    lines.append("")
    heads = (
        _("code"),
        _("own"),
        _("median"),
        _("quartiles"),
        _("leaders"),
        _("better than"),
        _("n"),
        _("group"),
    )
    rows = [heads, *(_row(comparison) for comparison in report.comparisons)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    lines += [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    reasons = dict.fromkeys(
        figure.words
        for comparison in report.comparisons
        for figure in (comparison.peers.median, comparison.peers.lower_quartile, comparison.position)
        if not figure.shown
    )
    return "\n".join([*lines, "", *reasons]).rstrip()


def _row(comparison: Comparison) -> tuple[str, ...]:
    peers, place = comparison.peers, comparison.position
    leaders = "–" if comparison.leaders is None else _span(comparison.leaders.median)
    return (
        _("points") if comparison.code == "points" else comparison.code,
        number(comparison.own),
        _span(peers.median),
        f"{_span(peers.lower_quartile)} | {_span(peers.upper_quartile)}",
        leaders,
        f"{number(place.start)}–{number(place.end)} %" if place.shown else _("hidden"),
        number(peers.n),
        comparison.group_title,
    )


def _span(figure: Cell | Hidden) -> str:
    if not figure.shown:
        return _("hidden")
    return f"{number(figure.start)}–{number(figure.end, missing='')}"
