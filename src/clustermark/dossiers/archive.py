"""Reads a dossier from a zip: data from strangers, so nothing is unpacked to disk and all is measured."""

from __future__ import annotations

import hashlib
import io
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from clustermark.dossiers.dossier import EvidenceFile
from clustermark.dossiers.folder import is_table_file, read_entry, too_many_files
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
    shortened,
    too_large,
)
from clustermark.dossiers.tables import TABLES
from clustermark.ground.foreign import ForeignError, reading
from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import gettext as _

_CHUNK = 1 << 20


class TooLargeError(Exception):
    """An archive unpacks to more than is allowed."""


class Meter:
    """Counts the bytes that come out of an archive, whatever its headers say of their sizes."""

    def __init__(self, archive_size: int, total: int, limits: Limits) -> None:
        self.left = min(total, limits.ratio * archive_size + limits.ratio_free)

    def chunks(self, file: IO[bytes], limit: int | None = None) -> Iterator[bytes]:
        """The bytes of one entry; raises TooLargeError when it or the archive exceeds its limit."""
        size = 0
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            self.left -= len(chunk)
            if self.left < 0 or (limit is not None and size > limit):
                raise TooLargeError
            yield chunk


def read_zip(path: Path, data: IO[bytes], limits: Limits, problems: ProblemList) -> RawDossier | None:
    """What the zip at `path`, open as `data`, holds; None when it cannot be read at all."""
    archive = open_archive(path, data, problems)
    if archive is None:
        return None
    if len(archive.infolist()) > limits.files:
        problems.add(too_many_files(path.name, limits))
        return None
    entries = _entries(archive, problems)
    raw = RawDossier(path)
    meter = Meter(data.seek(0, io.SEEK_END), limits.archive_bytes, limits)
    raw.top = _one_folder(entries)
    inner = {name.removeprefix(raw.top): info for name, info in entries.items()}
    _note_nested(path, inner, problems)
    for name in sorted(inner):
        try:
            _read_entry(raw, archive, inner[name], name, meter=meter, limits=limits, problems=problems)
        except TooLargeError:
            if meter.left >= 0:
                problems.add(too_large(Place(name), limits.table_bytes))
                raw.unreadable.add(name.removesuffix(".csv"))
                continue
            problems.add(_bomb(path))
            raw.unreadable.update(TABLES)
            break
        except ForeignError as error:
            problems.add(_damaged(path, name, error))
            raw.unreadable.add(name.removesuffix(".csv"))
            if name.startswith(EVIDENCE_DIR + "/"):
                raw.unreadable.add("evidence")
    files = {name.removeprefix(EVIDENCE_DIR + "/"): info for name, info in inner.items()}
    raw.open_file = lambda name: _open_entry(path, files[name])
    return raw


@contextmanager
def _open_entry(path: Path, info: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(path) as archive, archive.open(info) as file:
        yield file


def open_archive(path: Path, data: IO[bytes], problems: ProblemList) -> zipfile.ZipFile | None:
    """The zip, or None with the problem noted: damaged, empty or with a password."""
    try:
        with reading():
            archive = zipfile.ZipFile(data)
    except ForeignError as error:
        problems.add(_damaged(path, None, error))
        return None
    if any(info.flag_bits & 0x1 for info in archive.infolist()):
        problems.add(
            Problem(
                "password",
                _("The archive is protected by a password."),
                Place(path.name),
                allowed=_("an archive without a password"),
            )
        )
        return None
    return archive


def _damaged(path: Path, name: str | None, error: Exception) -> Problem:
    return Problem(
        "zip-broken",
        _("The archive is damaged or no zip at all."),
        Place(path.name, field=name),
        found=shortened(str(error)) or type(error).__name__,
        allowed=_("a zip of a dossier's folder"),
    )


def _bomb(path: Path) -> Problem:
    return Problem(
        "zip-bomb",
        _("The archive unpacks to far more than a dossier may hold; the rest was not read."),
        Place(path.name),
    )


def _entries(archive: zipfile.ZipFile, problems: ProblemList) -> dict[str, zipfile.ZipInfo]:
    """The files of the archive by name; unsafe names, links and doubles are noted."""
    entries: dict[str, zipfile.ZipInfo] = {}
    names: list[str] = []
    for info in archive.infolist():
        name = unicodedata.normalize("NFC", info.orig_filename)
        if LITTER.intersection(name.split("/")):
            continue
        shown = printable(name)
        if fault := file_name_fault(name.removesuffix("/") if name != "/" else name):
            problems.add(
                Problem(
                    "file-name-unsafe", fault, Place(shown), allowed=_("names below the dossier's folder")
                )
            )
            continue
        if name.endswith("/"):
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            problems.add(
                Problem("link", _("A link is no part of a dossier; put the file itself there."), Place(shown))
            )
            continue
        names.append(name)
        entries[name] = info
    names_twice(names, problems)
    return entries


def _one_folder(entries: dict[str, zipfile.ZipInfo]) -> str:
    """The one folder that systems put around what they zip, with its slash; empty when there is none."""
    tops = {name.partition("/")[0] for name in entries}
    if len(tops) == 1 and all("/" in name for name in entries) and tops != {EVIDENCE_DIR}:
        return tops.pop() + "/"
    return ""


def _note_nested(path: Path, names: dict[str, zipfile.ZipInfo], problems: ProblemList) -> None:
    for name in names:
        if name.endswith(".csv") and "/" in name and not name.startswith(EVIDENCE_DIR + "/"):
            problems.add(
                Problem(
                    "file-misplaced",
                    _("A table lies in a folder of its own and was not read."),
                    Place(name),
                    allowed=_("all tables at the top of {name}, or in one folder").format(name=path.name),
                )
            )


def _read_entry(
    raw: RawDossier,
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    *,
    meter: Meter,
    limits: Limits,
    problems: ProblemList,
) -> None:
    if name.startswith(EVIDENCE_DIR + "/"):
        short = name.removeprefix(EVIDENCE_DIR + "/")
        sha256, size = hashlib.sha256(), 0
        with reading(TooLargeError), archive.open(info) as file:
            for chunk in meter.chunks(file):
                sha256.update(chunk)
                size += len(chunk)
        raw.files[short] = EvidenceFile(short, size, sha256.hexdigest())
    elif "/" in name or name == README:
        return
    elif name == MANIFEST or is_table_file(name):
        with reading(TooLargeError), archive.open(info) as file:
            data = b"".join(meter.chunks(file, limits.table_bytes))
        read_entry(raw, name, data, limits, problems)
    else:
        read_entry(raw, name, b"", limits, problems)
