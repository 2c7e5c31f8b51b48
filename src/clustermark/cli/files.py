"""Reading small files, and writing on request: never over an existing one unless asked to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _


def may_write(path: Path, *, force: bool | None = None) -> None:
    """Raise `ProblemsError` when `path` exists and is not to be replaced, or its folder is missing.

    `force` is what --force says; `None` is for commands without it, which replace nothing.
    """
    if path.is_dir():
        raise ProblemsError([Problem("is-folder", _("This is a folder, not a file."), Place(str(path)))])
    if path.exists() and not force:
        message = (
            _("There is something already; nothing is overwritten.")
            if force is None
            else _("The file exists already; --force replaces it.")
        )
        raise ProblemsError([Problem("file-exists", message, Place(str(path)))])
    if not path.parent.is_dir():
        message = _("The folder of this file does not exist.")
        raise ProblemsError([Problem("folder-missing", message, Place(str(path)), found=str(path.parent))])


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Around what writes to `path`: what the system refuses becomes a `ProblemsError`."""
    try:
        yield
    except OSError as error:
        message, reason = _("This cannot be written."), error.strerror or str(error)
        raise ProblemsError([Problem("file-unwritable", message, Place(str(path)), reason)]) from None


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file, texts in UTF-8; raises `ProblemsError`."""
    with writing(path):
        path.write_bytes(content.encode() if isinstance(content, str) else content)


MAX_TEXT = 4_000_000
"""Bytes of a text file that is read whole."""


def read_limited(path: Path, most: int) -> bytes:
    """The content of a file of at most `most` bytes; raises `ProblemsError`."""
    place = Place(str(path))
    if path.is_dir():
        raise ProblemsError([Problem("is-folder", _("This is a folder, not a file."), place)])
    if not path.exists():
        raise ProblemsError([Problem("file-missing", _("There is no such file."), place)])
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        message = _("The file cannot be read: {reason}.").format(reason=error.strerror or error)
        raise ProblemsError([Problem("file-unreadable", message, place)]) from None
    if len(data) > most:
        message = _("The file is too large.")
        raise ProblemsError([Problem("file-large", message, place, allowed=f"{most} bytes")])
    return data


def read_text(path: Path) -> str:
    """The text of a small file in UTF-8; raises `ProblemsError`."""
    try:
        return read_limited(path, MAX_TEXT).decode("utf-8-sig")
    except UnicodeDecodeError:
        message = _("The file is not UTF-8.")
        raise ProblemsError([Problem("encoding", message, Place(str(path)), allowed="UTF-8")]) from None


def write_private(path: Path, text: str) -> None:
    """Write a new file that its owner alone may read; raises `ProblemsError`, also when there is one."""
    with (
        writing(path),
        os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as stream,
    ):
        stream.write(text)
