"""An empty dossier with guidance, to be filled."""

from __future__ import annotations

from pathlib import Path

from clustermark.dossiers.csvfile import write_csv
from clustermark.dossiers.guide import tables_markdown
from clustermark.dossiers.raw import EVIDENCE_DIR, README
from clustermark.dossiers.tables import TABLES
from clustermark.dossiers.writing import must_not_exist, unwritable
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import gettext as _


def new_dossier(folder: Path) -> None:
    """Write an empty dossier to `folder`: a heading for every table, a README, the folder for evidence.

    Raises `ProblemsError` when there is something at `folder` already, except an empty folder.
    """
    try:
        if not (folder.is_dir() and not any(folder.iterdir())):
            must_not_exist(folder)
        (folder / EVIDENCE_DIR).mkdir(parents=True)
        for spec in TABLES.values():
            header = [column.name for column in spec.columns]
            (folder / f"{spec.name}.csv").write_bytes(write_csv(header, ()))
        (folder / README).write_text(readme(), encoding="utf-8")
    except OSError as error:
        raise ProblemsError([unwritable(folder, error)]) from error


def readme() -> str:
    """How a person fills the folder, and what each column of each table holds."""
    lines = [
        "# " + _("Dossier of a cluster"),
        "",
        _("Each table is a file NAME.csv: UTF-8, commas between the cells, the heading in the first line."),
        _("Add one line for each thing. Leave the headings as they are; leave unknown cells empty."),
        "",
        "- " + _("Dates are written YYYY-MM-DD; numbers with a point and without separators: 1234.5."),
        "- " + _("Yes-or-no columns take yes or no; lists are separated by semicolons."),
        "- " + _("The tables {tables} are required.").format(tables="profile, participants, team"),
        "- " + _("A table with nothing below its heading states nothing: its facts are missing."),
        "- " + _("Where there is truly nothing to list, write none in the first cell below the heading."),
        "- " + _("Evidence files go into the folder evidence/, one row of evidence.csv for each."),
        "",
        "```",
        "clustermark dossier to-excel .    # " + _("a workbook with drop-downs and help, to fill instead"),
        "clustermark dossier hash .        # " + _("fill in the hashes of the evidence files"),
        "clustermark dossier check .       # " + _("every problem at once, with file, row and column"),
        "clustermark dossier freeze .      # " + _("write the manifest when all is done"),
        "```",
        "",
        "## " + _("Tables"),
        "",
        tables_markdown(),
    ]
    return "\n".join(lines)
