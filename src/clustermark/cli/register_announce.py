"""`clustermark register announce`: the draft of a release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.assess import LanguageChoice, LanguageOption, read_date
from clustermark.cli.files import may_write, write_file
from clustermark.cli.output import say
from clustermark.cli.register_options import (
    DayOption,
    RegisterArgument,
    open_register,
    register_bytes,
    this_day,
)
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import use_language

if TYPE_CHECKING:
    from clustermark.analysis.peers import PeerReport
    from clustermark.reports.announcement_case import DecidedCase


def announce(
    register: RegisterArgument,
    number: Annotated[str, typer.Argument(help="Number of the certificate.")],
    case: Annotated[
        Path, typer.Argument(help="The decided case, or its scorecard (then with --visited): a JSON file.")
    ],
    visited: Annotated[
        tuple[str, str] | None, typer.Option(help="First and last day of the visit, for a scorecard.")
    ] = None,
    scheme: Annotated[
        str | None, typer.Option(help="The scheme of a scorecard, where it is not shipped.")
    ] = None,
    peers: Annotated[
        Path | None,
        typer.Option(help="Benchmark of the case, as `clustermark benchmark --format json` prints it."),
    ] = None,
    template: Annotated[
        Path | None, typer.Option(help="Your own Word template; see docs/report-template.md.")
    ] = None,
    as_of: DayOption = None,
    out: Annotated[
        list[Path] | None,
        typer.Option(help="Write the draft here: .docx, .html or .json; may be given again."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace existing files.")] = False,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Draft a release about an award; every figure in it leads to its definition and its rows."""
    from clustermark.reports.announcement import build_announcement  # noqa: PLC0415 - commands load what they need

    with use_language(lang.value):
        opened, day = open_register(register), read_date(as_of) or this_day()
        decided = _case(case, visited, scheme)
        compared = None if peers is None else _benchmark(peers)
        draft = build_announcement(decided, opened, number, as_of=day, language=lang.value, peers=compared)
        targets = out or []
        for path in targets:
            _known_ending(path)
            may_write(path, force=force)
        for path in targets:
            if path.suffix.lower() == ".docx":
                from clustermark.reports.announcement_word import announcement_word  # noqa: PLC0415 - loads Word

                write_file(path, announcement_word(draft, as_of=day, template=template))
            elif path.suffix.lower() == ".html":
                from clustermark.reports.announcement_page import announcement_page  # noqa: PLC0415 - loads Jinja

                write_file(path, announcement_page(draft))
            else:
                write_file(path, draft.model_dump_json(indent=2) + "\n")
        if not targets:
            say(draft.text().rstrip("\n"))


def _known_ending(path: Path) -> None:
    endings = (".docx", ".html", ".json")
    if path.suffix.lower() not in endings:
        message = _("The ending of the file names no report format.")
        problem = Problem(
            "report-ending-unknown", message, Place(str(path)), path.suffix or None, ", ".join(endings)
        )
        raise ProblemsError([problem])


def _benchmark(path: Path) -> PeerReport:
    """The benchmark in a file."""
    from pydantic import ValidationError  # noqa: PLC0415 - commands load what they need

    from clustermark.analysis.peers import PeerReport  # noqa: PLC0415 - loads NumPy

    try:
        return PeerReport.model_validate_json(register_bytes(path))
    except ValidationError:
        message, allowed = _("This file does not hold a benchmark."), "clustermark benchmark --format json"
        raise ProblemsError([Problem("peers-form", message, Place(str(path)), None, allowed)]) from None


def _case(path: Path, visited: tuple[str, str] | None, scheme: str | None) -> DecidedCase:
    """The decided case in a file, or made from the scorecard in it."""
    from pydantic import ValidationError  # noqa: PLC0415 - commands load what they need

    from clustermark.reports.announcement_case import DecidedCase, case_of  # noqa: PLC0415 - as above
    from clustermark.schemes.scheme import Scheme  # noqa: PLC0415 - loads the expression parser
    from clustermark.scoring.scorecard import Scorecard  # noqa: PLC0415 - as above

    data = register_bytes(path)
    try:
        if visited is None:
            return DecidedCase.model_validate_json(data)
        card = Scorecard.model_validate_json(data)
    except ValidationError as error:
        allowed = _("a decided case, or a scorecard together with --visited")
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or None
        message = _("This file does not hold what is needed: {reason}.").format(
            reason=first["msg"].rstrip(".")
        )
        raise ProblemsError(
            [Problem("case-form", message, Place(str(path), field=field), None, allowed)]
        ) from None
    first_day, last_day = (read_date(day, "--visited") for day in visited)
    assert first_day is not None  # noqa: S101 - both are texts
    assert last_day is not None  # noqa: S101 - as above
    return case_of(
        card, Scheme.load(scheme or card.scheme).document, visited_from=first_day, visited_to=last_day
    )
