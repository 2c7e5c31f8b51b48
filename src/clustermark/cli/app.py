"""The command `clustermark`: puts the commands together and ends every one of them in the same way."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping
from io import TextIOWrapper

import typer

from clustermark.cli.commands import LazyGroup
from clustermark.cli.output import say_problems
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import LANGUAGES, Language, use_language
from clustermark.ground.texts import gettext as _
from clustermark.ground.version import VERSION

app = typer.Typer(
    name="clustermark",
    cls=LazyGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(VERSION)
        raise typer.Exit


@app.callback()
def clustermark(
    version: bool = typer.Option(
        False, "--version", callback=_say_version, is_eager=True, help="Print the version and end."
    ),
) -> None:
    """Runs a label for cluster organisations: scheme and dossier in, scorecard and report out."""


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
        except OSError as error:
            _say_refusal(error)
            sys.exit(1)


def _say_refusal(error: OSError) -> None:
    """Tell what the system refused where no command had a word for it: a full disk, a name too long."""
    message = _("The system refuses this: {reason}.").format(reason=error.strerror or error)
    say_problems([Problem("system", message, Place(str(error.filename or "clustermark")))])


def _speak_any_terminal() -> None:
    """Let no sign end a command: a terminal shows "?" for what it does not know, files and pipes get UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:  # names of files that are no UTF-8 go out as they came in
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def run() -> None:
    """The program `clustermark`: the command line, then an end without delay.

    Taking down the engines' modules one by one costs as much as a tenth of a short command.
    """
    _speak_any_terminal()
    code = 0
    try:
        main()
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else 0
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        pass
    except OSError as error:
        _say_refusal(error)
        code = 1
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
