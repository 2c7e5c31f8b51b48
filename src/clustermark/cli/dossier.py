"""`clustermark dossier …`: start, check, convert and freeze dossiers."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clustermark.cli.assess import LanguageChoice, LanguageOption
from clustermark.cli.output import say, say_problems
from clustermark.ground.texts import date_text, ngettext, use_language
from clustermark.ground.texts import gettext as _

if TYPE_CHECKING:
    from clustermark.dossiers.dossier import Dossier
    from clustermark.ground.problems import Problem, ProblemList

app = typer.Typer(help="Start, check, convert and freeze dossiers.", no_args_is_help=True)

DossierPath = Annotated[
    Path, typer.Argument(metavar="DOSSIER", help="A folder, a .zip or an .xlsx workbook.")
]


class CheckFormat(StrEnum):
    """How the result of a check is written."""

    text = "text"
    json = "json"


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="Where to write it; must not exist, or be empty.")],
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Write an empty dossier with guidance: a heading for every table, a README, a folder for evidence."""
    from clustermark.dossiers.blank import new_dossier  # noqa: PLC0415 - commands load what they need

    with use_language(lang.value):
        new_dossier(folder)
        say(_("Written: {path}. Start with {readme}.").format(path=folder, readme=folder / "README.md"))


@app.command()
def check(
    dossier: DossierPath,
    output: Annotated[
        CheckFormat, typer.Option("--format", help="text: for people; json: every problem, for programs.")
    ] = CheckFormat.text,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Check a dossier and show all its problems at once; exit code 1 when there is an error."""
    from clustermark.dossiers.reading import check_dossier  # noqa: PLC0415 - commands load what they need

    with use_language(lang.value):
        found, problems = check_dossier(dossier)
        if output == CheckFormat.json:
            say(json.dumps(_as_json(dossier, found, problems), ensure_ascii=False, indent=2))
        else:
            say_problems(_folded(problems))
            if found is not None:
                _say_summary(found)
    if problems.errors:
        raise typer.Exit(1)


def _as_json(path: Path, dossier: Dossier | None, problems: ProblemList) -> dict[str, object]:
    return {
        "dossier": str(path),
        "ok": not problems.errors,
        "digest": dossier.digest if dossier else None,
        "frozen": dossier.frozen if dossier else None,
        "tables": {name: len(rows) for name, rows in dossier.tables.items()} if dossier else None,
        "evidence_files": len(dossier.files) if dossier else None,
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity,
                "message": problem.message,
                "file": problem.place.file,
                "row": problem.place.row,
                "column": problem.place.column,
                "field": problem.place.field,
                "found": problem.found,
                "allowed": problem.allowed,
            }
            for problem in problems
        ],
    }


_SHOWN_OF_A_KIND = 5


def _folded(problems: ProblemList) -> list[Problem]:
    """The problems, with all but the first few of a kind in one column told as one, rows named."""
    from dataclasses import replace  # noqa: PLC0415 - only problems need it

    kinds: dict[tuple[str, str, str | None], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.code, problem.place.file, problem.place.column), []).append(problem)
    shown: list[Problem] = []
    for same in kinds.values():
        shown += same[:_SHOWN_OF_A_KIND]
        rest = same[_SHOWN_OF_A_KIND:]
        if len(rest) == 1:
            shown += rest
        elif rest:
            rows = ", ".join(str(problem.place.row) for problem in rest if problem.place.row is not None)
            message = _("{count} more problems of this kind ({message}), in rows {rows}.").format(
                count=len(rest), message=rest[0].message, rows=rows or "–"
            )
            allowed = _("see «--format json» for each of them")
            place = replace(rest[0].place, row=None)
            shown.append(replace(rest[0], message=message, place=place, found=None, allowed=allowed))
    return shown


def _say_summary(dossier: Dossier) -> None:
    """What was found, in a few lines."""
    for name, rows in dossier.tables.items():
        say(f"{name:22}" + ngettext("{n} row", "{n} rows", len(rows)).format(n=len(rows)))
    count = len(dossier.files)
    say(_("evidence files").ljust(22) + str(count))
    say(_("digest").ljust(22) + dossier.digest)
    if dossier.frozen:
        say(_("The dossier is frozen and as it was."))


@app.command()
def freeze(
    dossier: DossierPath,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Day of freezing; today by default.")
    ] = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Write the manifest of a dossier without errors: from now on every change is seen and named."""
    from clustermark.dossiers.freezing import freeze as freeze_dossier  # noqa: PLC0415 - commands load what they need

    with use_language(lang.value):
        manifest = freeze_dossier(dossier, on=on.date() if on else None)
        say(
            _("Frozen on {day}: {digest}").format(
                day=date_text(manifest.frozen_on), digest=manifest.dossier_digest
            )
        )


@app.command("to-excel")
def to_excel(
    dossier: DossierPath,
    workbook: Annotated[
        Path | None, typer.Argument(help="The workbook to write; NAME.xlsx beside the dossier by default.")
    ] = None,
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Write a dossier as a workbook that a person can fill; evidence goes to NAME.evidence/ beside it."""
    with use_language(lang.value):
        target = workbook or dossier.resolve().with_suffix(".xlsx")
        if target.suffix.lower() != ".xlsx":
            raise typer.BadParameter(_("The name of a workbook ends in .xlsx."), param_hint="WORKBOOK")
        _convert(dossier, target)


@app.command()
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A folder, a .zip or an .xlsx workbook.")],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="NAME.zip, NAME.xlsx, or NAME for a folder; must not exist.")
    ],
    lang: LanguageOption = LanguageChoice.en,
) -> None:
    """Turn a dossier into another form without loss: the same content, the same digest."""
    with use_language(lang.value):
        _convert(source, target)


def _convert(source: Path, target: Path) -> None:
    from clustermark.dossiers.writing import convert as convert_dossier  # noqa: PLC0415 - commands load what they need

    say_problems(convert_dossier(source, target))
    say(_("Written: {path}").format(path=target))


@app.command("hash")
def hash_evidence(dossier: DossierPath, lang: LanguageOption = LanguageChoice.en) -> None:
    """Fill in the SHA-256 of every evidence file; name files without a row and rows without a file."""
    from clustermark.dossiers.hashing import fill_hashes  # noqa: PLC0415 - commands load what they need

    with use_language(lang.value):
        report = fill_hashes(dossier)
        for words, names in (
            (_("filled in"), report.filled),
            (_("changed since it was hashed, filled in anew"), report.changed),
            (_("named by a row, but not in the folder evidence"), report.missing),
            (_("in the folder evidence, but named by no row"), report.unnamed),
        ):
            for name in names:
                say(f"{name}: {words}")
        count = len(report.filled) + len(report.changed)
        say(ngettext("{n} hash written", "{n} hashes written", count).format(n=count))
    if report.missing:
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Write the JSON Schema of a dossier's content to standard output."""
    from clustermark.dossiers.schema import dossier_schema  # noqa: PLC0415 - commands load what they need

    say(json.dumps(dossier_schema(), ensure_ascii=False, indent=2))
