"""`clustermark agreement`: how far the experts say the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.assess import Format, LanguageChoice, LanguageOption, SchemeOption
from clustermark.cli.output import say, say_problems
from clustermark.ground.texts import use_language

if TYPE_CHECKING:
    from clustermark.analysis.agreement.panel import AgreementReport
    from clustermark.schemes.scheme import Scheme


def agreement(
    dossiers: Annotated[
        list[Path],
        typer.Argument(
            help="Dossiers: folders, .zip files of them, or .xlsx workbooks; or one portfolio: a CSV file, or a "
            "folder with portfolio.csv."
        ),
    ],
    scheme: SchemeOption,
    format: Annotated[Format, typer.Option(help="What to print.")] = Format.table,  # noqa: A002 - the option's name
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Show how far the experts agree: per case, per indicator over all cases, and each expert beside the others."""
    from clustermark.cli.agreement_table import agreement_lines  # noqa: PLC0415 - loads NumPy and SciPy
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - heavy imports only where used

    with use_language(lang.value):
        report = _agreement(dossiers, Scheme.load(scheme))
        if format is Format.json:
            say(report.to_json().rstrip("\n"))
            return
        for line in agreement_lines(report):
            say(line)


def _agreement(paths: list[Path], scheme: Scheme) -> AgreementReport:
    from clustermark.analysis.agreement.panel import agreement_report, portfolio_agreement  # noqa: PLC0415 - as above
    from clustermark.analysis.portfolio import FILE_NAME, read_portfolio  # noqa: PLC0415 - as above
    from clustermark.dossiers.dossier import Dossier  # noqa: PLC0415 - as above

    first = paths[0]
    if len(paths) == 1 and (first.suffix.lower() == ".csv" or (first / FILE_NAME).exists()):
        portfolio = read_portfolio(first, codes=[item.code for item in scheme.document.indicators])
        say_problems(portfolio.warnings)
        return portfolio_agreement(portfolio, scheme)
    opened = [Dossier.open(path) for path in paths]
    say_problems(warning for dossier in opened for warning in dossier.warnings)
    return agreement_report(opened, scheme)
