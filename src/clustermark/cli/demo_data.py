"""`clustermark demo-data`: write a synthetic portfolio."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clustermark.cli.assess import LanguageChoice, LanguageOption
from clustermark.cli.files import may_write
from clustermark.cli.output import say
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import use_language


def demo_data(
    out: Annotated[Path, typer.Option("--out", help="Folder to write to.", file_okay=False)],
    clusters: Annotated[int, typer.Option("--clusters", help="How many clusters to make up.")] = 2000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same data.")] = 1,
    force: Annotated[bool, typer.Option("--force", help="Replace existing files.")] = False,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Write a synthetic portfolio of clusters over five yearly rounds, every row marked synthetic."""
    from clustermark.analysis.demo import write_demo_data  # noqa: PLC0415 - NumPy loads only when needed
    from clustermark.analysis.portfolio import FILE_NAME  # noqa: PLC0415 - as above

    with use_language(lang.value):
        for file in (out / FILE_NAME, out / "README.md"):
            if file.exists():  # a portfolio may be the only copy there is
                may_write(file, force=force)
        portfolio = write_demo_data(out, clusters=clusters, seed=seed)
        message = _("{clusters} synthetic clusters, {rows} rows over {years} years: {file}")
        years = len(portfolio.editions)
        say(message.format(clusters=clusters, rows=len(portfolio), years=years, file=out / FILE_NAME))
