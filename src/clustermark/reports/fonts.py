"""The typeface of reports: Source Sans Pro (SIL Open Font License) from its package, never the system's."""

from __future__ import annotations

import shutil
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

FAMILY = "Source Sans Pro"
WEIGHTS = ("Regular", "Semibold", "Bold")


@lru_cache(maxsize=1)
def _folder() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory(prefix="clustermark-fonts-")
    source = files("font_source_sans_pro") / "files"
    for weight in WEIGHTS:
        name = f"SourceSansPro-{weight}.ttf"
        with (source / name).open("rb") as font, Path(folder.name, name).open("wb") as copy:
            shutil.copyfileobj(font, copy)
    return folder


def font_folder() -> Path:
    """A folder that holds exactly the three weights used, once each; it lives as long as the process.

    The package holds every weight twice (OpenType and TrueType), and which of the two a font book takes
    would depend on the order of the files on disk: the same report would not have the same bytes.
    """
    return Path(_folder().name)
