"""Reads a dossier from a folder: `TABLE.csv` files and the folder `evidence/`."""

from __future__ import annotations

import hashlib
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from clustermark.dossiers.csvfile import read_csv
from clustermark.dossiers.dossier import EvidenceFile
from clustermark.dossiers.raw import (
    EVIDENCE_DIR,
    LITTER,
    MANIFEST,
    README,
    Limits,
    RawDossier,
    file_name_fault,
    names_twice,
    printable,
    too_large,
)
from clustermark.dossiers.tables import TABLES
from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import gettext as _


def read_folder(path: Path, limits: Limits, problems: ProblemList) -> RawDossier:
    """What the folder holds; everything that is not as it should be is noted."""
    raw = RawDossier(path)
    for entry in sorted(path.iterdir()):
        name = entry.name
        if name == EVIDENCE_DIR and entry.is_dir() and not entry.is_symlink():
            continue
        if name in LITTER or name == README:
            continue
        read_entry(raw, name, _read_file(entry, name, limits, problems), limits, problems)
    read_evidence(raw, path / EVIDENCE_DIR, limits, problems)
    return raw


def read_entry(raw: RawDossier, name: str, data: bytes | None, limits: Limits, problems: ProblemList) -> None:
    """Take one file of the dossier's top folder in: a table, the manifest, or something unknown.

    `data` is None where the file could not be read, which has been noted.
    """
    stem = name.removesuffix(".csv")
    if name == MANIFEST:
        raw.manifest = data
    elif is_table_file(name):
        table = None if data is None else read_csv(stem, name, data, limits, problems)
        if data is not None:
            raw.hashes[name] = hashlib.sha256(data).hexdigest()
        if table is None:
            raw.unreadable.add(stem)
        else:
            raw.tables[stem] = table
            if not table.whole:
                raw.unreadable.add(stem)
    elif data is not None:
        problems.add(unknown_entry(name))


def is_table_file(name: str) -> bool:
    """Whether a table of the dossier is kept in a file of this name."""
    return name.endswith(".csv") and name.removesuffix(".csv") in TABLES


def unknown_entry(name: str) -> Problem:
    """The warning that a file or sheet is no part of a dossier."""
    from clustermark.dossiers.cells import suggestion  # noqa: PLC0415 - only a wrong name needs it

    table = name.endswith(".csv")
    hint = suggestion(name.removesuffix(".csv"), list(TABLES)) if table else ""
    return Problem(
        "table-unknown" if table else "file-unknown",
        _("This is no part of a dossier and was not read.") + hint,
        Place(printable(name)),
        allowed=", ".join(TABLES) if table else None,
        severity="warning",
    )


def _read_file(path: Path, name: str, limits: Limits, problems: ProblemList) -> bytes | None:
    if name != MANIFEST and not is_table_file(name):
        return b""
    if not is_plain_file(path, name, problems):
        return None
    try:
        with path.open("rb") as file:
            data = file.read(limits.table_bytes + 1)
    except OSError as error:
        problems.add(unreadable(name, error))
        return None
    if len(data) > limits.table_bytes:
        problems.add(too_large(Place(name), limits.table_bytes))
        return None
    return data


def is_plain_file(path: Path, name: str, problems: ProblemList) -> bool:
    """Whether `path` is a file and nothing else; what it is instead is noted."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        problems.add(unreadable(name, error))
        return False
    if stat.S_ISREG(mode):
        return True
    if stat.S_ISLNK(mode):
        problems.add(
            Problem("link", _("A link is no part of a dossier; put the file itself there."), Place(name))
        )
    else:
        problems.add(
            Problem(
                "not-a-file",
                _("There is something else where a file should be."),
                Place(name),
                found=_("a folder") if stat.S_ISDIR(mode) else _("a device or pipe"),
                allowed=_("a file"),
            )
        )
    return False


def unreadable(name: str, error: OSError) -> Problem:
    """The problem of a file that the system does not let us read."""
    return Problem(
        "file-unreadable",
        _("The file cannot be read."),
        Place(printable(name)),
        found=error.strerror or str(error),
        allowed=_("a file that you may read"),
    )


def read_evidence(raw: RawDossier, folder: Path, limits: Limits, problems: ProblemList) -> None:
    """Hash every file of the evidence folder."""
    paths: dict[str, Path] = {}
    for path in _walk(folder, problems):
        name = unicodedata.normalize("NFC", path.relative_to(folder).as_posix())
        shown = printable(f"{folder.name}/{name}")
        if len(paths) >= limits.files:
            problems.add(too_many_files(folder.name, limits))
            break
        if fault := file_name_fault(name):
            problems.add(Problem("file-name-unsafe", fault, Place(shown)))
        elif is_plain_file(path, shown, problems):
            try:
                with path.open("rb") as file:
                    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                raw.files[name] = EvidenceFile(name, path.stat().st_size, sha256)
            except OSError as error:
                problems.add(unreadable(shown, error))
            paths[name] = path
    names_twice((f"{folder.name}/{name}" for name in paths), problems)
    raw.open_file = lambda name: paths[name].open("rb")


def too_many_files(place: str, limits: Limits) -> Problem:
    """The problem of more files than a dossier may have."""
    return Problem(
        "too-many-files",
        _("There are too many files; the rest was not read."),
        Place(place),
        allowed=_("at most {count} files").format(count=limits.files),
    )


def _walk(folder: Path, problems: ProblemList) -> Iterator[Path]:
    """Every file below `folder`, links not followed, in the order of names."""
    if folder.is_symlink() or not folder.is_dir():
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        problems.add(unreadable(folder.name, error))
        return
    for entry in entries:
        if entry.name in LITTER:
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry, problems)
        else:
            yield entry
