"""A dossier as it stands in its form, before its cells are understood.

A folder, a zip and a workbook all become a `RawDossier`: tables of texts, and the evidence files. From
there on there is one road for all three.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from clustermark.dossiers.dossier import EvidenceFile
from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import gettext as _

EVIDENCE_DIR = "evidence"
MANIFEST = "manifest.json"
README = "README.md"
WORKBOOK = "workbook"
LITTER = frozenset(
    {".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX", ".git", ".gitignore", ".gitattributes"}
)
"""What operating systems and version control leave in a folder: no part of a dossier."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a dossier may be. Sizes are measured while reading, never taken from an archive's headers.

    `ratio`: an archive may unpack to at most this many times its own size (plus `ratio_free` bytes).
    `cell_characters` is what a cell of a workbook can hold.
    """

    table_bytes: int = 64 << 20
    workbook_bytes: int = 128 << 20
    archive_bytes: int = 4 << 30
    ratio: int = 200
    ratio_free: int = 16 << 20
    files: int = 10_000
    rows: int = 250_000
    columns: int = 200
    cell_characters: int = 32_767


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: its number as a spreadsheet counts it (the first line is 1), and the texts of its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as it stands: where it was read (`file`), its heading and its rows without empty ones.

    `noted` are cells (row number, index of the column) whose problem has been told already; a
    table is `cut` when not all of its rows could be read.
    """

    name: str
    file: str
    header: tuple[str, ...]
    rows: tuple[RawRow, ...] = ()
    header_row: int = 1
    noted: frozenset[tuple[int, int]] = frozenset()
    cut: bool = False

    @property
    def whole(self) -> bool:
        """Whether every cell could be read."""
        return not self.noted and not self.cut

    def place(self, row: int | None = None, column: str | None = None) -> Place:
        """A place in this table."""
        return Place(self.file, row=row, column=column)


def _no_file(name: str) -> IO[bytes]:
    raise KeyError(name)


@dataclass(slots=True)
class RawDossier:
    """What a folder, zip or workbook holds.

    `unreadable` names the tables that are there but could not be read in full, so that references to them
    are not told to be wrong. `hashes` has the SHA-256 of each table file or workbook.
    `open_file` opens an evidence file for reading. `by_file`: each table is a file of its own;
    `top`: the one folder (`NAME/`) around everything in a zip.
    """

    path: Path
    tables: dict[str, RawTable] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    files: dict[str, EvidenceFile] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    manifest: bytes | None = None
    open_file: Callable[[str], AbstractContextManager[IO[bytes]]] = _no_file
    by_file: bool = True
    top: str = ""


UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that no workbook can hold: control characters, and bytes that are not UTF-8 (as surrogates)."""


def printable(text: str) -> str:
    """A text that can be shown and written everywhere."""
    return UNFIT.sub("\ufffd", text)


def shortened(text: str) -> str:
    """A text that fits into a message."""
    return printable(text if len(text) <= 80 else text[:77] + "…")


def clean_text(text: str) -> str:
    """A cell's text without white space around it and with `\\n` between lines, as every form can keep it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


UNSAFE_NAME = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|\ud800-\udfff\ufffe\uffff]')
"""Characters that a file name cannot have on every system."""


def file_name_fault(name: str) -> str | None:
    """Why `name` cannot be a file of a dossier on every system; None when it can."""
    parts = name.split("/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return _("The name is an absolute path.")
    if ".." in parts:
        return _("The name leads out of the dossier.")
    if "" in parts or "." in parts or UNSAFE_NAME.search(name):
        return _("The name has characters that a file name cannot have on every system.")
    return None


def same_name(name: str) -> str:
    """What two names share that some file systems take for one."""
    return unicodedata.normalize("NFC", name).casefold()


def names_twice(names: Iterable[str], problems: ProblemList) -> None:
    """Note every name that stands twice, or twice but for capitals."""
    seen: dict[str, str] = {}
    for name in names:
        known = seen.setdefault(same_name(name), name)
        if known is not name:
            problems.add(
                Problem(
                    "file-twice",
                    _("Two files have the same name; some systems would keep only one of them."),
                    Place(name),
                    found=f"{known}, {name}" if known != name else name,
                )
            )


def too_large(place: Place, limit: int) -> Problem:
    """The problem of a file or archive that is larger than allowed."""
    return Problem(
        "too-large",
        _("This is larger than a dossier may be; the rest was not read."),
        place,
        allowed=_("at most {size} MB").format(size=max(1, limit >> 20)),
    )
