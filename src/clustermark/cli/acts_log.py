"""`clustermark log verify` and `clustermark log export`: the chained log of every act on the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.assess import LanguageChoice, LanguageOption
from clustermark.cli.output import say
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import ngettext, use_language

if TYPE_CHECKING:
    from clustermark.casework.log import LogEntry

Head = Annotated[
    str | None,
    typer.Option(
        "--head",
        help="Hash of the last entry as it is known from elsewhere: finds what was cut off at the end.",
    ),
]


def verify(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="An exported log; without it the log of the site's database."),
    ] = None,
    head: Head = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Check the log of acts: every entry that was changed, removed, inserted or moved is named (exit code 1)."""
    with use_language(lang.value):
        problems, count, last = _of_site(head) if file is None else _of_file(file, head)
        if problems:
            raise ProblemsError(problems)
        say(
            ngettext("The log holds: {n} entry.", "The log holds: {n} entries.", count).format(n=count)
            + " "
            + _("Its head is {hash}.").format(hash=last)
        )
        if head is None:
            say(_("Compare the head with the one you know (--head): it shows whether entries were cut off."))


def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Where to write; without it to standard output.")
    ] = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Write the log of the site's acts, one entry a line; `log verify FILE` checks it without the database."""
    from clustermark.cli.django_start import start_django  # noqa: PLC0415 - only this command needs the site

    with use_language(lang.value):
        start_django()
        from clustermark.web.log.checking import export_lines  # noqa: PLC0415 - after Django has started

        if file is None:
            for line in export_lines():
                say(line.rstrip("\n"))
            return
        try:
            with file.open("w", encoding="utf-8", newline="\n") as target:
                target.writelines(export_lines())
        except OSError as error:
            message = _("The log cannot be written here: {reason}.").format(reason=error.strerror or error)
            raise ProblemsError([Problem("log-not-written", message, Place(str(file)))]) from None


def _of_site(head: str | None) -> tuple[list[Problem], int, str]:
    from clustermark.cli.django_start import start_django  # noqa: PLC0415 - only without a file

    start_django()
    from clustermark.web.log import checking  # noqa: PLC0415 - after Django has started
    from clustermark.web.log.models import LogRow  # noqa: PLC0415 - as above

    return list(checking.verify_log(ends_with=head)), LogRow.objects.count(), checking.head()


def _of_file(file: Path, head: str | None) -> tuple[list[Problem], int, str]:
    from clustermark.casework.log import GENESIS, read_log, verify_chain  # noqa: PLC0415 - only here

    unreadable: list[Problem] = []
    count, last = 0, GENESIS

    def entries(lines: Iterable[str]) -> Iterator[tuple[LogEntry, str]]:
        nonlocal count, last
        for one in read_log(lines, file=str(file)):
            if isinstance(one, Problem):
                unreadable.append(one)
            else:
                count, last = count + 1, one[1]
                yield one

    try:
        with file.open(encoding="utf-8") as lines:
            found = list(verify_chain(entries(lines), file=str(file), ends_with=head))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else _("it is no text in UTF-8")
        message = _("The log cannot be read: {reason}.").format(reason=reason)
        raise ProblemsError([Problem("log-not-read", message, Place(str(file)))]) from None
    return unreadable + found, count, last
