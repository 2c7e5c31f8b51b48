"""`clustermark register due` and `draw`: what is to be looked at after an award."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.assess import LanguageChoice, LanguageOption, read_date
from clustermark.cli.output import say
from clustermark.cli.register_options import DayOption, LevelOption, RegisterArgument, open_register, this_day
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import use_language

if TYPE_CHECKING:
    from clustermark.schemes.surveillance import Surveillance


def due(
    register: RegisterArgument,
    scheme: Annotated[
        str, typer.Option(help="Id of a shipped scheme, or a scheme file: its rules of surveillance.")
    ],
    first: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD.")],
    last: Annotated[str, typer.Option("--until", help="Last day, YYYY-MM-DD.")],
    level: LevelOption = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """What is due between two days: looks, reminders before the end, ends."""
    from clustermark.cli.register_words import due_lines  # noqa: PLC0415 - commands load what they need
    from clustermark.register.surveillance import due_between  # noqa: PLC0415 - as above

    with use_language(lang.value):
        opened, rules = open_register(register), _surveillance(scheme)
        start, end = read_date(first, "--from"), read_date(last, "--until")
        assert start is not None  # noqa: S101 - both options are required
        assert end is not None  # noqa: S101 - as above
        asked = [item for item in opened.certificates if level in (None, item.level)]
        lives = ((item, opened.acts_of(item.number)) for item in asked)
        for line in due_lines(due_between(lives, rules, start, end), opened):
            say(line)


def draw(
    register: RegisterArgument,
    scheme: Annotated[
        str, typer.Option(help="Id of a shipped scheme, or a scheme file: its rules of surveillance.")
    ],
    seed: Annotated[
        str, typer.Option(help="The seed, published before the draw; the same seed draws the same.")
    ],
    year: Annotated[int, typer.Option(help="The year of the draw.")],
    as_of: DayOption = None,
    level: LevelOption = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Draw by lot whose certificates are looked at this year, among those in force."""
    from clustermark.register.rows import Scope  # noqa: PLC0415 - commands load what they need
    from clustermark.register.statistics import in_force  # noqa: PLC0415 - as above
    from clustermark.register.surveillance import draw as draw_lots  # noqa: PLC0415 - as above

    with use_language(lang.value):
        opened, day = open_register(register), read_date(as_of) or this_day()
        numbers = {row.number for row in in_force(opened, as_of=day, scope=Scope(level)).rows}
        pool = [item for item in opened.certificates if item.number in numbers]
        drawn = draw_lots(pool, _surveillance(scheme), seed=seed, year=year)
        say(_("{n} of {pool} certificates in force are drawn:").format(n=len(drawn), pool=len(pool)))
        for item in drawn:
            say(f"{item.number}  {item.holder}")


def _surveillance(name: str) -> Surveillance:
    from clustermark.cli.scheme import load  # noqa: PLC0415 - loads the expression parser

    rules = load(name).document.surveillance
    if rules is None:
        message = _("The scheme has no rules of surveillance.")
        raise ProblemsError([Problem("surveillance-missing", message, Place(name))])
    return rules
