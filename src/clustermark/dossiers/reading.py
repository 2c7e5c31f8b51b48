"""Opens a dossier in any of its three forms: folder, zip, workbook.

The road is the same for all: the form gives tables of texts and evidence files (`raw.RawDossier`), the
cells become values (`rows`), and the rules hold them against each other (`rules`). All problems are
collected.
"""

from __future__ import annotations

from pathlib import Path

from clustermark.dossiers.dossier import Dossier, Row
from clustermark.dossiers.folder import read_folder, unreadable
from clustermark.dossiers.raw import Limits, RawDossier, printable
from clustermark.dossiers.rows import typed_rows
from clustermark.dossiers.rules import check_rules
from clustermark.dossiers.tables import TABLES
from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import gettext as _

DEFAULT_LIMITS = Limits()


def open_dossier(path: Path, limits: Limits = DEFAULT_LIMITS) -> Dossier:
    """Read and check the dossier at `path`; raises `ProblemsError` with all errors if there is any."""
    dossier, problems = check_dossier(path, limits)
    problems.raise_errors()
    assert dossier is not None  # noqa: S101 - without errors there is a dossier
    return dossier


def check_dossier(path: Path, limits: Limits = DEFAULT_LIMITS) -> tuple[Dossier | None, ProblemList]:
    """The dossier at `path`, None when it has errors; and every error and warning. Changes nothing."""
    problems = ProblemList()
    raw = read_raw(path, limits, problems)
    return (None if raw is None else check_raw(raw, problems)), problems


def check_raw(raw: RawDossier, problems: ProblemList) -> Dossier | None:
    """The dossier that `raw` states, None when it has errors; `problems` holds those of reading it already."""
    tables = typed_tables(raw, problems)
    check_rules(raw, tables, problems)
    frozen_on = None
    if raw.manifest is not None:
        from clustermark.dossiers.freezing import check_manifest, read_manifest  # noqa: PLC0415 - only frozen ones need it

        problems.problems[:0] = check_manifest(raw, tables)
        if not problems.errors:
            frozen_on = read_manifest(raw).frozen_on
    if problems.errors:
        return None
    return Dossier(str(raw.path), tables, raw.files, tuple(problems), frozen_on)


def typed_tables(raw: RawDossier, problems: ProblemList) -> dict[str, tuple[Row, ...]]:
    """The typed rows of every stated table, in the order of the format."""
    tables: dict[str, tuple[Row, ...]] = {}
    for name, spec in TABLES.items():
        if name in raw.tables and (rows := typed_rows(spec, raw.tables[name], problems)) is not None:
            tables[name] = rows
    return tables


def read_raw(path: Path, limits: Limits, problems: ProblemList) -> RawDossier | None:
    """What stands at `path` in its form; None, with the reason noted, when nothing can be read."""
    try:
        if path.is_dir():
            raw = read_folder(path, limits, problems)
            _note_empty(raw, problems)
            return raw
        if path.is_file():
            return _read_one_file(path, limits, problems)
    except OSError as error:
        problems.add(unreadable(str(path)[:200], error))
        return None
    found = _("a device or pipe") if path.exists() else None
    problems.add(
        Problem(
            "dossier-missing",
            _("There is no dossier at this path."),
            Place(printable(str(path))),
            found=found,
            allowed=_forms(),
        )
    )
    return None


def _read_one_file(path: Path, limits: Limits, problems: ProblemList) -> RawDossier | None:
    ending = path.suffix.lower()
    if ending not in (".zip", ".xlsx"):
        problems.add(
            Problem(
                "form-unknown",
                _("A dossier does not have this form."),
                Place(printable(path.name)),
                found=ending or None,
                allowed=_forms(),
            )
        )
        return None
    with path.open("rb") as data:
        if ending == ".zip":
            from clustermark.dossiers.archive import read_zip  # noqa: PLC0415 - a folder needs no zip

            raw = read_zip(path, data, limits, problems)
        else:
            from clustermark.dossiers.workbook import read_workbook  # noqa: PLC0415 - a folder needs no openpyxl

            raw = read_workbook(path, data, limits, problems)
    if raw is not None:
        _note_empty(raw, problems)
    return raw


def _note_empty(raw: RawDossier, problems: ProblemList) -> None:
    if not raw.tables and not problems.errors:
        raw.unreadable.update(TABLES)  # one message says it all
        problems.add(
            Problem(
                "dossier-empty",
                _("There is no table of a dossier in it."),
                Place(raw.path.name),
                allowed=", ".join(TABLES),
            )
        )


def _forms() -> str:
    return _("a folder with TABLE.csv files, a .zip of it, or a workbook .xlsx")
