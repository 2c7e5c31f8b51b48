"""`clustermark robustness`: how far a result can be relied on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.assess import (
    AsOfOption,
    DossierArgument,
    Format,
    LanguageChoice,
    LanguageOption,
    SchemeOption,
    ViewOption,
    read_date,
)
from clustermark.cli.benchmark import LADDER, open_edition
from clustermark.cli.files import may_write, writing
from clustermark.cli.output import say, say_problems
from clustermark.cli.tables import table, width
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import date_text, ngettext, number, use_language
from clustermark.ground.texts import gettext as _

if TYPE_CHECKING:
    from clustermark.analysis.robustness import Robustness

SHOWN = 8
"""Rows of the longer tables: what comes after matters little."""


def robustness(
    dossier: DossierArgument,
    scheme: SchemeOption,
    view: ViewOption = "consensus",
    as_of: AsOfOption = None,
    draws: Annotated[int, typer.Option(help="How many times the case is drawn.")] = 10_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same draws.")] = 1,
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SOURCE",
            help="Leave a source of doubt out: experts, measurement, missing, thresholds or weights; may "
            "be given several times.",
        ),
    ] = None,
    portfolio: Annotated[
        Path | None, typer.Option(help="Portfolio of peers: a CSV file, or a folder with portfolio.csv.")
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(help="Id of the cluster in the portfolio. Default: the groups of the dossier's sector."),
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="Edition of the portfolio; the last one if not given.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            help="Ladder of groups, wide to narrow: sector, size, country, age, level. Default: sector,size,country."
        ),
    ] = None,
    ledger: Annotated[
        Path | None,
        typer.Option(help="Disclosure ledger (confidential); beside the portfolio if not given."),
    ] = None,
    write_draws: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Also write every draw to a .csv file: points, level, minimums missed."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file of --write-draws.")] = False,
    format: Annotated[Format, typer.Option(help="What to print.")] = Format.table,  # noqa: A002 - the option's name
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Draw a case many times under its doubts: probability of each level, points, and what decides."""
    from clustermark.analysis.robustness import (  # noqa: PLC0415 - heavy imports only where used
        SOURCES,
        drawing_of,
        peers_of,
        robustness_of,
    )
    from clustermark.analysis.robustness import write_draws as store  # noqa: PLC0415 - as above
    from clustermark.analysis.robustness.sources import known_sources  # noqa: PLC0415 - as above
    from clustermark.dossiers.dossier import Dossier  # noqa: PLC0415 - as above
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - as above
    from clustermark.scoring.assess import reference_date  # noqa: PLC0415 - as above
    from clustermark.scoring.score import score_dossiers  # noqa: PLC0415 - as above
    from clustermark.scoring.views import parse_view  # noqa: PLC0415 - as above

    with use_language(lang.value):
        day = read_date(as_of)
        _check_options(portfolio, cluster=cluster, year=year, by=by, ledger=ledger)
        left_out = known_sources(without or (), place="--without")
        opened, loaded = Dossier.open(dossier), Scheme.load(scheme)
        say_problems(opened.warnings)
        if write_draws is not None:
            may_write(write_draws, force=force)
        peers = None
        if portfolio is not None:
            edition, note = open_edition(portfolio, loaded, year=year, by=by or LADDER, ledger=ledger)
            peers = peers_of(edition, loaded, opened, cluster)
            note()
        sources = [source for source in SOURCES if source not in left_out]
        when = day or reference_date(opened)
        found = robustness_of(
            opened, loaded, as_of=when, view=view, draws=draws, seed=seed, sources=sources, peers=peers
        )
        if write_draws is not None:
            scored = score_dossiers(loaded, [opened], [parse_view(view, opened)], as_of=when)
            drawing = drawing_of(scored, opened, seed=seed, sources=sources, peers=peers)
            with writing(write_draws):
                store(drawing, draws, write_draws)
        if format is Format.json:
            say(found.to_json().rstrip("\n"))
            return
        for line in robustness_lines(found):
            say(line)


def _check_options(portfolio: Path | None, **given: object) -> None:
    """Raise ProblemsError for options about peers when there is no portfolio to find them in."""
    message = _("Peers are read from a portfolio, and none is given.")
    names = [] if portfolio is not None else [name for name, value in given.items() if value is not None]
    if names:
        raise ProblemsError(
            [
                Problem(
                    "peers-without-portfolio",
                    message,
                    Place(f"--{name}"),
                    allowed="--portfolio portfolio.csv",
                )
                for name in names
            ]
        )


def robustness_lines(found: Robustness) -> Iterator[str]:
    """The document as lines of text: findings first, then the figures, then how they were made."""
    yield found.cluster
    yield _("{scheme} · robustness of the result · {n} draws, seed {seed} · reference date {date}").format(
        scheme=found.scheme_title, n=number(found.draws), seed=found.seed, date=date_text(found.as_of)
    )
    yield ""
    for finding in found.findings:
        yield from textwrap.wrap(finding, width() - 2, initial_indent="• ", subsequent_indent="  ")
    yield from _section(_("How often each level is reached"), _levels(found))
    yield from _section(_("Minimums closest to their cut"), _minimums(found))
    yield from _section(_("What decides (shares of the variance, with 95 % interval)"), _influences(found))
    yield from _section(_("What was varied"), _sources(found))
    yield ""
    yield from textwrap.wrap(found.notice, width())


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from (f"  {line}" for line in lines)


def _percent(share: float) -> str:
    from clustermark.analysis.robustness.words import percent  # noqa: PLC0415 - NumPy is loaded by now

    return percent(share)


def _levels(found: Robustness) -> list[str]:
    rows = [
        (
            ("→ " if level.official else "  ") + level.title,
            _percent(level.probability),
            "█" * round(30 * level.probability),
            f"{_percent(level.low)} – {_percent(level.high)}",
        )
        for level in reversed(found.levels)
    ]
    return table(rows, ("left", "right", "left", "left"))


def _minimums(found: Robustness) -> list[str]:
    doubtful = [entry for entry in found.minimums if entry.met < 1]
    if not doubtful:
        return [_("Every minimum is met or missed in all draws alike.")] if found.minimums else []
    head = (_("Code"), _("Indicator"), _("Value"), _("Minimum"), _("Distance"), _("Met in draws"))
    rows = [
        (
            entry.code,
            entry.title,
            number(entry.value, missing=_("missing")),
            number(entry.required),
            number(entry.distance),
            _percent(entry.met),
        )
        for entry in doubtful[:SHOWN]
    ]
    return table([head, *rows], ("left", "left", "right", "right", "right", "right"), stretch=1)


def _influences(found: Robustness) -> list[str]:
    head = (_("Of"), _("Code"), _("Indicator"), _("Alone"), _("With others"), "")
    rows = []
    for output, title in (("level", _("level")), ("points", _("points"))):
        for entry in [entry for entry in found.influences if entry.output == output][:SHOWN]:
            if entry.total_high >= 0.005:
                interval = f"{_share(entry.total_low)} – {_share(entry.total_high)}"
                rows.append(
                    (title, entry.code, entry.title, _share(entry.first), _share(entry.total), interval)
                )
    return table([head, *rows], ("left", "left", "left", "right", "right", "left"), stretch=2) if rows else []


def _share(value: float) -> str:
    return _percent(min(1.0, max(0.0, round(value, 3))))


def _sources(found: Robustness) -> list[str]:
    lines = []
    for source in found.sources:
        sign = "✓" if source.on else "–"
        if not source.on:
            text = _("{title}: left out.").format(title=source.title)
        elif source.indicators == 0:
            text = _("{title}: changes nothing here.").format(title=source.title)
        else:
            text = ngettext(
                "{title} ({n} indicator): {words}", "{title} ({n} indicators): {words}", source.indicators
            ).format(title=source.title, n=number(source.indicators), words=source.words)
        lines += textwrap.wrap(f"{sign} {text}", width() - 2, subsequent_indent="  ")
    return lines
