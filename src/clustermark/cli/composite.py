"""`clustermark composite`: score a table of units under a composite scheme."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clustermark.cli.assess import Format, LanguageChoice, LanguageOption
from clustermark.cli.output import say
from clustermark.ground.texts import use_language


def composite(
    scheme: Annotated[str, typer.Argument(help="Id of a shipped scheme, or a scheme file.")],
    table: Annotated[Path, typer.Argument(help="Table of units: a CSV file, one row a unit.")],
    format: Annotated[Format, typer.Option(help="What to print.")] = Format.table,  # noqa: A002 - the option's name
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Score the units of a table side by side: index, ranks, levels, and what was done with the data."""
    from clustermark.analysis.composite.score import composite_of, score_table  # noqa: PLC0415 - loads NumPy
    from clustermark.analysis.composite.table import read_units  # noqa: PLC0415 - loads NumPy
    from clustermark.cli.composite_table import composite_lines  # noqa: PLC0415 - only this command prints one
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - heavy imports only where used

    with use_language(lang.value):
        loaded = Scheme.load(scheme)
        result = score_table(loaded, read_units(table, composite_of(loaded)))
        if format is Format.json:
            say(result.to_json().rstrip("\n"))
            return
        for line in composite_lines(loaded, result):
            say(line)
