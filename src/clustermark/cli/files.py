"""Writing files on request: never over an existing one unless asked to."""

from __future__ import annotations

from pathlib import Path

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _


def may_write(path: Path, *, force: bool) -> None:
    """Raise `ProblemsError` when `path` exists and is not to be replaced, or its folder is missing."""
    if path.is_dir():
        raise ProblemsError([Problem("is-folder", _("This is a folder, not a file."), Place(str(path)))])
    if path.exists() and not force:
        message = _("The file exists already; --force replaces it.")
        raise ProblemsError([Problem("file-exists", message, Place(str(path)))])
    if not path.parent.is_dir():
        message = _("The folder of this file does not exist.")
        raise ProblemsError([Problem("folder-missing", message, Place(str(path)), found=str(path.parent))])
