"""The command `clustermark`: puts the commands together and ends every one of them in the same way."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping

import typer

from clustermark.cli import (
    agreement,
    assess,
    audit,
    benchmark,
    composite,
    demo_data,
    dossier,
    improve,
    log,
    register,
    robustness,
    scheme,
    site,
)
from clustermark.cli.output import say_problems
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import LANGUAGES, Language, use_language

app = typer.Typer(
    name="clustermark",
    help="Runs a label for cluster organisations: scheme and dossier in, scorecard and report out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command()(assess.assess)
app.command()(assess.explain)
app.command()(audit.audit)
app.command()(improve.improve)
app.command()(benchmark.benchmark)
app.command()(robustness.robustness)
app.command()(agreement.agreement)
app.command()(composite.composite)
app.command("demo-data")(demo_data.demo_data)
app.add_typer(scheme.app, name="scheme")
app.add_typer(dossier.app, name="dossier")
app.add_typer(register.app, name="register")
app.add_typer(log.app, name="log")
app.add_typer(site.app, name="site")
app.command()(site.worker)


def language_of(environment: Mapping[str, str]) -> Language:
    """The language of a person's environment, English where it is none of ours.

    The first of LC_ALL, LC_MESSAGES and LANG that is set decides (POSIX.1-2017, chapter 8.2).
    """
    stated = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    spoken = stated.replace(".", "_").split("_")[0].lower()
    return next((language for language in LANGUAGES if language == spoken), "en")


def main() -> None:
    """Run the command line; problems end it with exit code 1 and one message each, never a traceback."""
    with use_language(language_of(os.environ)):
        try:
            app()
        except ProblemsError as error:
            with use_language(error.language):
                say_problems(error.problems)
            sys.exit(1)


def run() -> None:
    """The program `clustermark`: the command line, then an end without delay.

    Taking down the engines' modules one by one costs as much as a tenth of a short command.
    """
    code = 0
    try:
        main()
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else 0
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
