"""Writes a dossier in any of its three forms, and converts between them without loss.

What is converted is the dossier as stated (`raw.RawDossier`), so a half-filled dossier with open problems
can be turned into a workbook and filled there. The bytes depend on the content alone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clustermark.dossiers.csvfile import write_csv
from clustermark.dossiers.raw import EVIDENCE_DIR, Limits, RawDossier, RawTable
from clustermark.dossiers.reading import DEFAULT_LIMITS, open_dossier, read_raw
from clustermark.dossiers.tables import TABLES
from clustermark.ground.problems import Place, Problem, ProblemList, ProblemsError
from clustermark.ground.texts import gettext as _

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every entry: a zip says nothing about when it was written."""


def convert(source: Path, target: Path, limits: Limits = DEFAULT_LIMITS) -> ProblemList:
    """Write the dossier at `source` to `target`, in the form that its ending says; return the warnings.

    Problems of content (a wrong date, a missing cell) go along as they are; what cannot be read at all raises
    `ProblemsError`, and so does a target that exists. What was frozen is frozen again, on the same day.
    """
    problems = ProblemList()
    raw = read_raw(source, limits, problems)
    problems.raise_errors()
    assert raw is not None  # noqa: S101 - without errors there is a dossier
    if raw.manifest is None:
        write_raw(raw, target)
        return problems
    from clustermark.dossiers.freezing import freeze, read_manifest  # noqa: PLC0415 - freezing builds on writing

    open_dossier(source, limits)
    write_raw(raw, target)
    freeze(target, on=read_manifest(raw).frozen_on)
    return problems


def write_raw(raw: RawDossier, target: Path) -> None:
    """Write the dossier to `target`: a `.zip`, an `.xlsx` with `NAME.evidence/`, or (no ending) a folder."""
    ending = target.suffix.lower()
    if ending not in ("", ".zip", ".xlsx"):
        raise ProblemsError(
            [
                Problem(
                    "form-unknown",
                    _("A dossier does not have this form."),
                    Place(str(target)),
                    found=ending,
                    allowed=_("a name that ends in .zip or .xlsx, or has no ending for a folder"),
                )
            ]
        )
    must_not_exist(target)
    try:
        if ending == ".zip":
            with replaced(target) as path:
                write_zip(raw, path)
        elif ending == ".xlsx":
            _write_workbook(raw, target)
        else:
            _write_folder(raw, target)
    except OSError as error:
        raise ProblemsError([unwritable(target, error)]) from error


def must_not_exist(target: Path) -> None:
    """Raise when there is something at `target`: nothing is overwritten."""
    if target.exists() or target.is_symlink():
        raise ProblemsError(
            [Problem("exists", _("There is something already; nothing is overwritten."), Place(str(target)))]
        )


def unwritable(target: Path, error: OSError) -> Problem:
    """The problem of a place that the system does not let us write to."""
    return Problem(
        "file-unwritable",
        _("This cannot be written."),
        Place(str(target)),
        found=error.strerror or str(error),
    )


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `target` when all went well."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(handle)
    path = Path(name)
    try:
        yield path
        path.chmod(0o644)
        path.replace(target)
    finally:
        path.unlink(missing_ok=True)


def table_bytes(table: RawTable) -> bytes:
    """The table as a CSV file."""
    return write_csv(table.header, (row.cells for row in table.rows))


def _tables(raw: RawDossier) -> Iterator[RawTable]:
    return (raw.tables[name] for name in TABLES if name in raw.tables)


def _write_folder(raw: RawDossier, target: Path) -> None:
    target.mkdir(parents=True)
    for table in _tables(raw):
        (target / f"{table.name}.csv").write_bytes(table_bytes(table))
    copy_evidence(raw, target / EVIDENCE_DIR)


def copy_evidence(raw: RawDossier, folder: Path) -> None:
    """Copy every evidence file into `folder`, which is made even when there is none."""
    folder.mkdir(parents=True)
    for name in sorted(raw.files):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with raw.open_file(name) as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)


def write_zip(raw: RawDossier, path: Path) -> None:
    """Write the zip: sorted entries, one fixed date."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in sorted(_tables(raw), key=lambda table: table.name):
            archive.writestr(zip_entry(f"{table.name}.csv"), table_bytes(table))
        for name in sorted(raw.files):
            with (
                raw.open_file(name) as source,
                archive.open(zip_entry(f"{EVIDENCE_DIR}/{name}"), "w", force_zip64=True) as copy,
            ):
                shutil.copyfileobj(source, copy, 1 << 20)


def zip_entry(name: str) -> zipfile.ZipInfo:
    """An entry of a zip that says nothing of the time and the system it was written on."""
    info = zipfile.ZipInfo(name, ZIP_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3  # Unix, wherever it is written
    info.external_attr = 0o100644 << 16
    return info


def _write_workbook(raw: RawDossier, target: Path) -> None:
    from clustermark.dossiers.workbook import evidence_folder  # noqa: PLC0415 - only workbooks need it
    from clustermark.dossiers.workbook_writing import write_workbook  # noqa: PLC0415 - only workbooks need it

    if raw.files:
        must_not_exist(evidence_folder(target))
        copy_evidence(raw, evidence_folder(target))
    with replaced(target) as path:
        write_workbook(raw, path, evidence_folder(target).name)
