"""Fills the hashes of the evidence files into the table evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from clustermark.dossiers.freezing import frozen_already
from clustermark.dossiers.raw import RawDossier, RawRow, RawTable
from clustermark.dossiers.reading import DEFAULT_LIMITS, read_raw
from clustermark.dossiers.workbook import evidence_folder
from clustermark.dossiers.workbook_writing import write_workbook
from clustermark.dossiers.writing import replaced, table_bytes, unwritable, write_zip
from clustermark.ground.problems import Place, Problem, ProblemList, ProblemsError
from clustermark.ground.texts import gettext as _


@dataclass(frozen=True, slots=True)
class HashReport:
    """What `fill_hashes` did: files hashed for the first time, files whose hash was another one before,
    files that rows name and that are not there, files that no row names.
    """

    filled: tuple[str, ...]
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    unnamed: tuple[str, ...]


def fill_hashes(path: Path) -> HashReport:
    """Write the SHA-256 of every evidence file into its row of the table evidence; nothing else is changed.

    Raises `ProblemsError` when the dossier cannot be read, is frozen, or has no table evidence.
    """
    problems = ProblemList()
    raw = read_raw(path, DEFAULT_LIMITS, problems)
    problems.raise_errors()
    assert raw is not None  # noqa: S101 - without errors there is a dossier
    _refuse(raw, problems)
    table, report = _hashed(raw.tables["evidence"], raw)
    if report.filled or report.changed:
        raw.tables["evidence"] = table
        try:
            _write(raw, table)
        except OSError as error:
            raise ProblemsError([unwritable(path, error)]) from error
    return report


def _refuse(raw: RawDossier, problems: ProblemList) -> None:
    if raw.manifest is not None:
        raise ProblemsError([frozen_already(raw)])
    if "evidence" not in raw.tables or "file" not in raw.tables["evidence"].header:
        raise ProblemsError(
            [
                Problem(
                    "table-missing",
                    _("There is no table evidence with a column file."),
                    Place("evidence.csv" if raw.by_file else raw.path.name),
                    allowed=_("one row for each file in the folder evidence"),
                )
            ]
        )
    lost = [problem for problem in problems if problem.code in ("table-unknown", "file-unknown")]
    if lost and not raw.path.is_dir():
        raise ProblemsError(replace(problem, severity="error") for problem in lost)


def _hashed(table: RawTable, raw: RawDossier) -> tuple[RawTable, HashReport]:
    header = table.header if "sha256" in table.header else (*table.header, "sha256")
    at, file_at = header.index("sha256"), header.index("file")
    rows: list[RawRow] = []
    filled: list[str] = []
    changed: list[str] = []
    missing: list[str] = []
    named: set[str] = set()
    for row in table.rows:
        cells = list(row.cells) + [""] * (len(header) - len(row.cells))
        name = cells[file_at]
        named.add(name)
        file = raw.files.get(name)
        if file is None:
            if name:
                missing.append(name)
        elif cells[at] != file.sha256:
            (changed if cells[at] else filled).append(name)
            cells[at] = file.sha256
        rows.append(RawRow(row.number, tuple(cells)))
    unnamed = sorted(raw.files.keys() - named)
    report = HashReport(tuple(filled), tuple(changed), tuple(missing), tuple(unnamed))
    return replace(table, header=header, rows=tuple(rows)), report


def _write(raw: RawDossier, table: RawTable) -> None:
    if raw.path.is_dir():
        with replaced(raw.path / "evidence.csv") as path:
            path.write_bytes(table_bytes(table))
        return
    with replaced(raw.path) as path:
        if raw.by_file:
            write_zip(raw, path)
        else:
            write_workbook(raw, path, evidence_folder(raw.path).name)
