"""The sample dossier as a zip that a cluster would hand in today: its dates moved to now."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from clustermark.dossiers.raw import RawDossier
from clustermark.dossiers.reading import DEFAULT_LIMITS, read_raw
from clustermark.ground.problems import ProblemList
from clustermark.web.accounts.people import today
from clustermark.web.cases.domain.importing import content_of_raw
from clustermark.web.seeding import brought_up_to


def opened(dossier: Path) -> RawDossier:
    """The dossier at `dossier`."""
    problems = ProblemList()
    raw = read_raw(dossier, DEFAULT_LIMITS, problems)
    problems.raise_errors()
    assert raw is not None
    return raw


def write_moved(dossier: Path, target: Path) -> None:
    """Write the dossier folder at `dossier` into the zip `target`, as if it had been written today."""
    content = brought_up_to(content_of_raw(opened(dossier)), today())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, table in content["tables"].items():
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows([table["header"], *table["rows"]])
            packed.writestr(f"{name}.csv", text.getvalue())
        for path in sorted((dossier / "evidence").iterdir()):
            packed.write(path, f"evidence/{path.name}")
