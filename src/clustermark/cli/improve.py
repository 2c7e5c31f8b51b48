"""`clustermark improve`: the way to the next level with the least effort, and what-if."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
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
from clustermark.cli.output import say, say_problems
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import use_language

if TYPE_CHECKING:
    from clustermark.analysis.improvement.standing import Change

_WORDS: dict[str, bool | None] = {"yes": True, "true": True, "no": False, "false": False, "missing": None}


def improve(
    dossier: DossierArgument,
    scheme: SchemeOption,
    level: Annotated[
        str | None, typer.Option(help="Level to reach. Default: the next one above the level held.")
    ] = None,
    effort: Annotated[
        Path | None,
        typer.Option(help="Your own effort: a YAML file as in the scheme, or .csv by indicator and band."),
    ] = None,
    at_most: Annotated[
        int | None, typer.Option(help="Indicators whose work begins in a year. Default: the scheme's.")
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            help="Start from a changed value: CODE=NUMBER, FACT=NUMBER, FACT=yes, or =missing; several times."
        ),
    ] = None,
    view: ViewOption = "consensus",
    as_of: AsOfOption = None,
    format: Annotated[Format, typer.Option(help="What to print.")] = Format.table,  # noqa: A002 - the option's name
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Find the way to a level with the least effort: steps, what they mean in records, timeline, proof."""
    from clustermark.analysis.improvement import effort_of  # noqa: PLC0415 - heavy imports only where used
    from clustermark.analysis.improvement import improve as find_path  # noqa: PLC0415 - as above
    from clustermark.cli.improvement_table import improvement_lines  # noqa: PLC0415 - only this command prints one
    from clustermark.dossiers.dossier import Dossier  # noqa: PLC0415 - heavy imports only where used
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - heavy imports only where used

    with use_language(lang.value):
        changes = read_changes(what_if or [])
        day = read_date(as_of)
        loaded = Scheme.load(scheme)
        stated = effort_of(loaded, effort, at_most=at_most)
        opened = Dossier.open(dossier)
        say_problems(opened.warnings)
        found = find_path(
            opened,
            loaded,
            level=level,
            view=view,
            as_of=day,
            effort=stated,
            changes=changes or None,
            language=lang.value,
        )
        if format is Format.json:
            say(found.to_json().rstrip("\n"))
            return
        for line in improvement_lines(found):
            say(line)


def read_changes(texts: list[str]) -> dict[str, Change]:
    """Changes from options such as ``2.5=70``; raises `ProblemsError` with all that cannot be read."""
    changes: dict[str, Change] = {}
    problems = []
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        change = _WORDS[value.lower()] if value.lower() in _WORDS else _number(value)
        if not equals or not name or (change is None and value.lower() != "missing"):
            allowed = _("NAME=NUMBER, NAME=yes, NAME=no, NAME=missing")
            message = _("This change cannot be read.")
            problems.append(Problem("change-unreadable", message, Place("--what-if"), text, allowed))
        elif name in changes:
            message = _("This name is changed twice.")
            problems.append(Problem("change-twice", message, Place("--what-if"), name))
        else:
            changes[name] = change
    if problems:
        raise ProblemsError(problems)
    return changes


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
