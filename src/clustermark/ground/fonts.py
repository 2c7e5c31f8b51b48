"""The typeface of reports: Source Sans Pro (SIL Open Font License) from its package, never the system's."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

FAMILY = "Source Sans Pro"
WEIGHTS = ("Regular", "Semibold", "Bold")


@lru_cache(maxsize=1)
def _folder() -> TemporaryDirectory[str]:
    import font_source_sans_pro  # noqa: PLC0415 - lists its files; only pictures and PDF need it

    folder = TemporaryDirectory(prefix="clustermark-fonts-")
    for weight in WEIGHTS:
        shutil.copy(Path(font_source_sans_pro.font_directory, f"SourceSansPro-{weight}.ttf"), folder.name)
    return folder


def font_folder() -> Path:
    """A folder that holds exactly the three weights used, once each; it lives as long as the process.

    The package holds every weight twice (OpenType and TrueType), and which of the two a font book takes
    would depend on the order of the files on disk: the same report would not have the same bytes.
    """
    return Path(_folder().name)
