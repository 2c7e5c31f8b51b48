"""`clustermark scheme …`: list, show, check, compare and convert schemes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.assess import LanguageChoice, LanguageOption
from clustermark.cli.files import may_write, write_file, writing
from clustermark.cli.output import say
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import use_language

if TYPE_CHECKING:
    from clustermark.schemes.scheme import Scheme

app = typer.Typer(help="List, show, check, compare and convert schemes.", no_args_is_help=True)

SchemeArgument = Annotated[
    str, typer.Argument(help="Id of a shipped scheme, or a scheme file (.yaml, .xlsx).")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace an existing file.")]


def load(name: str) -> Scheme:
    """The scheme with this id or in this file, which may be a workbook."""
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - loads the expression parser

    if not name.lower().endswith(".xlsx"):
        return Scheme.load(name)
    from clustermark.schemes.workbook import load_workbook_scheme  # noqa: PLC0415 - only for workbooks

    return load_workbook_scheme(Path(name))


@app.command("list")
def list_schemes(lang: LanguageOption = LanguageChoice.en) -> None:
    """List the schemes that are shipped."""
    from clustermark.cli.scheme_words import list_lines  # noqa: PLC0415 - only where printed
    from clustermark.schemes.scheme import Scheme, shipped  # noqa: PLC0415 - loads the expression parser

    with use_language(lang.value):
        for line in list_lines([Scheme.load(name) for name in shipped()]):
            say(line)


@app.command()
def show(scheme: SchemeArgument, lang: LanguageOption = LanguageChoice.en) -> None:
    """Show a scheme to a person: levels and their rules, indicators with bands and required values."""
    from clustermark.cli.scheme_words import show_lines  # noqa: PLC0415 - only where printed

    with use_language(lang.value):
        for line in show_lines(load(scheme)):
            say(line)


@app.command()
def check(scheme: SchemeArgument, lang: LanguageOption = LanguageChoice.en) -> None:
    """Check a scheme: every problem with its place and exit code 1, or what the scheme holds."""
    from clustermark.cli.scheme_words import check_lines  # noqa: PLC0415 - only where printed

    with use_language(lang.value):
        for line in check_lines(load(scheme)):
            say(line)


@app.command()
def digest(scheme: SchemeArgument, lang: LanguageOption = LanguageChoice.en) -> None:
    """Print the digest of a scheme, as other schemes and cases pin it."""
    with use_language(lang.value):
        say(load(scheme).digest)


@app.command()
def diff(
    first: Annotated[str, typer.Argument(help="Id or file of the first scheme.")],
    second: Annotated[str, typer.Argument(help="Id or file of the second scheme.")],
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Say in words what differs between two schemes."""
    from clustermark.cli.scheme_words import diff_lines  # noqa: PLC0415 - only where printed

    with use_language(lang.value):
        for line in diff_lines(load(first), load(second)):
            say(line)


@app.command("to-excel")
def to_excel(
    scheme: SchemeArgument,
    out: Annotated[Path, typer.Argument(help="Workbook to write (.xlsx).")],
    force: ForceOption = False,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Write a scheme as a workbook that a person can edit in Excel."""
    from clustermark.schemes.workbook import write_workbook  # noqa: PLC0415 - only this command writes one

    with use_language(lang.value):
        may_write(out, force=force)
        loaded = load(scheme)
        with writing(out):
            write_workbook(loaded.stated, out)
        say(
            _("{path}: the scheme {scheme}, {digest}").format(
                path=out, scheme=loaded.id, digest=loaded.digest
            )
        )


@app.command("to-yaml")
def to_yaml(
    book: Annotated[Path, typer.Argument(help="Workbook to read (.xlsx).")],
    out: Annotated[Path, typer.Argument(help="Scheme file to write (.yaml).")],
    force: ForceOption = False,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Check a scheme in a workbook and write it as a scheme file."""
    from clustermark.schemes.workbook import load_workbook_scheme  # noqa: PLC0415 - only this command reads one
    from clustermark.schemes.writing import scheme_yaml  # noqa: PLC0415 - only this command writes one

    with use_language(lang.value):
        may_write(out, force=force)
        loaded = load_workbook_scheme(book)
        write_file(out, scheme_yaml(loaded.stated))
        say(
            _("{path}: the scheme {scheme}, {digest}").format(
                path=out, scheme=loaded.id, digest=loaded.digest
            )
        )


@app.command()
def schema() -> None:
    """Print the JSON Schema of the scheme format."""
    from clustermark.schemes.json_schema import schema_text  # noqa: PLC0415 - only this command needs it

    say(schema_text().rstrip("\n"))
