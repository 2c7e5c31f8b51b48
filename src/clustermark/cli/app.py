"""The command `clustermark`: puts the commands together and ends every one of them in the same way."""

from __future__ import annotations

import contextlib
import os
import sys

import typer

from clustermark.cli import agreement, assess, benchmark, composite, demo_data, dossier, scheme
from clustermark.cli.output import say_problems
from clustermark.ground.problems import ProblemsError

app = typer.Typer(
    name="clustermark",
    help="Runs a label for cluster organisations: scheme and dossier in, scorecard and report out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(assess.assess)
app.command()(assess.explain)
app.command()(benchmark.benchmark)
app.command()(agreement.agreement)
app.command()(composite.composite)
app.command("demo-data")(demo_data.demo_data)
app.add_typer(scheme.app, name="scheme")
app.add_typer(dossier.app, name="dossier")


def main() -> None:
    """Run the command line; problems end it with exit code 1 and one message each, never a traceback."""
    code = 0
    try:
        app()
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else 0
    except ProblemsError as error:
        say_problems(error.problems)
        code = 1
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    # taking down the engines' modules one by one costs as much as a tenth of a short command
    os._exit(code)


if __name__ == "__main__":
    main()
