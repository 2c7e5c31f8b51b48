"""`clustermark assess` and `clustermark explain`: score a dossier, and show the road of one number."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from clustermark.cli.output import say, say_problems
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import current_language, use_language
from clustermark.ground.texts import gettext as _


class Format(StrEnum):
    """How the scorecard is written to standard output."""

    table = "table"
    json = "json"


class Analysis(StrEnum):
    """The analyses that a report can carry."""

    agreement = "agreement"
    peers = "peers"
    robustness = "robustness"
    plan = "plan"
    all = "all"


class LanguageChoice(StrEnum):
    """The languages of texts."""

    en = "en"
    ru = "ru"
    de = "de"


DossierArgument = Annotated[
    Path, typer.Argument(help="Dossier: a folder, a .zip of it, or an .xlsx workbook.")
]
SchemeOption = Annotated[str, typer.Option(help="Id of a shipped scheme, or a scheme file.")]
ViewOption = Annotated[str, typer.Option(help="Whose ratings count: claim, expert:NAME or consensus.")]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        help="Reference date, YYYY-MM-DD. Default: the latest rating, else the day it was frozen, else today."
    ),
]


def _spoken(context: typer.Context, lang: LanguageChoice) -> LanguageChoice:
    """The language asked for, else the one of the running context, which is that of the environment."""
    source = context.get_parameter_source("lang")
    return LanguageChoice(current_language()) if source is None or source.name == "DEFAULT" else lang


LanguageOption = Annotated[
    LanguageChoice,
    typer.Option(
        "--lang",
        help="Language of texts. Default: that of LC_ALL or LANG, else English.",
        callback=_spoken,
        show_default=False,
    ),
]


def read_date(text: str | None, option: str = "--as-of") -> date | None:
    """The date that an option states; raises `ProblemsError` when it is not a date."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problem = Problem(
            "date-unreadable", _("This is not a date."), Place(option), found=text, allowed="YYYY-MM-DD"
        )
        raise ProblemsError([problem]) from None


def assess(
    dossier: DossierArgument,
    scheme: SchemeOption,
    view: ViewOption = "consensus",
    as_of: AsOfOption = None,
    format: Annotated[Format, typer.Option(help="What to print.")] = Format.table,  # noqa: A002 - the option's name
    report: Annotated[
        list[Path] | None,
        typer.Option(
            help="Also write a report: .pdf, .docx, .xlsx, .html or .json; may be given several times."
        ),
    ] = None,
    template: Annotated[Path | None, typer.Option(help="Word template for a .docx report.")] = None,
    with_: Annotated[
        list[Analysis] | None,
        typer.Option("--with", help="Analysis to put into the report; may be given several times."),
    ] = None,
    portfolio: Annotated[
        Path | None, typer.Option(help="Portfolio of the peers: a CSV file, or a folder with portfolio.csv.")
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(help="Id of the cluster in the portfolio. Default: its name in the dossier.")
    ] = None,
    since: Annotated[
        int | None, typer.Option(help="With the peers: also split the change since this edition.")
    ] = None,
    draws: Annotated[
        int | None, typer.Option(help="How many times robustness draws the case. Default: 10000.")
    ] = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Score a dossier under a scheme: level, points, minimums, and every indicator."""
    from clustermark.cli.scorecard_table import scorecard_lines  # noqa: PLC0415 - only this command prints one
    from clustermark.dossiers.dossier import Dossier  # noqa: PLC0415 - heavy imports only where used
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - heavy imports only where used
    from clustermark.scoring.assess import assess as score  # noqa: PLC0415 - heavy imports only where used
    from clustermark.scoring.facts import start_engine  # noqa: PLC0415 - heavy imports only where used

    start_engine()
    with use_language(lang.value):
        day = read_date(as_of)
        opened = Dossier.open(dossier)
        say_problems(opened.warnings)
        loaded = Scheme.load(scheme)
        card = score(opened, loaded, view=view, as_of=day, language=lang.value)
        if with_ or portfolio or cluster or since is not None or draws is not None:
            from clustermark.cli.analyses import Asked, analyses_of  # noqa: PLC0415 - as above

            asked = Asked(tuple(with_ or ()), portfolio, cluster, since, draws)
            analyses = analyses_of(asked, opened, loaded, card, reports=report or [])
        else:
            analyses = None
        if report:
            from clustermark.reports import write_reports  # noqa: PLC0415 - reports load charts and typst

            write_reports(card, report, language=lang.value, template=template, analyses=analyses)
        if format is Format.json:
            say(card.to_json().rstrip("\n"))
            return
        for line in scorecard_lines(card):
            say(line)
        for path in report or []:
            say(_("Report: {path}").format(path=path))


def explain(
    dossier: DossierArgument,
    code: Annotated[str, typer.Argument(help="Code of the indicator, such as 2.5.")],
    scheme: SchemeOption = "ecei-gold-2013",
    view: ViewOption = "consensus",
    as_of: AsOfOption = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Show the road of one indicator: records, facts, formula, band, required value, next band."""
    from clustermark.cli.explanation import explanation_lines  # noqa: PLC0415 - only this command prints one
    from clustermark.dossiers.dossier import Dossier  # noqa: PLC0415 - heavy imports only where used
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - heavy imports only where used
    from clustermark.scoring.road import road_of  # noqa: PLC0415 - heavy imports only where used

    with use_language(lang.value):
        road = road_of(
            Dossier.open(dossier),
            Scheme.load(scheme),
            code,
            view=view,
            as_of=read_date(as_of),
            language=lang.value,
        )
        for line in explanation_lines(road):
            say(line)
