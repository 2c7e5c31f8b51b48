"""`clustermark agreement`: how far the experts say the same."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clustermark.cli.assess import Format, LanguageChoice, LanguageOption, SchemeOption
from clustermark.cli.output import say, say_problems
from clustermark.ground.texts import use_language


def agreement(
    dossiers: Annotated[
        list[Path], typer.Argument(help="Dossiers: folders, .zip files of them, or .xlsx workbooks.")
    ],
    scheme: SchemeOption,
    format: Annotated[Format, typer.Option(help="What to print.")] = Format.table,  # noqa: A002 - the option's name
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Show how far the experts agree: per case, per indicator over all cases, and each expert beside the others."""
    from clustermark.analysis.agreement.panel import agreement_report  # noqa: PLC0415 - loads NumPy and SciPy
    from clustermark.cli.agreement_table import agreement_lines  # noqa: PLC0415 - only this command prints one
    from clustermark.dossiers.dossier import Dossier  # noqa: PLC0415 - heavy imports only where used
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - heavy imports only where used

    with use_language(lang.value):
        opened = [Dossier.open(path) for path in dossiers]
        say_problems(warning for dossier in opened for warning in dossier.warnings)
        report = agreement_report(opened, Scheme.load(scheme))
        if format is Format.json:
            say(report.to_json().rstrip("\n"))
            return
        for line in agreement_lines(report):
            say(line)
