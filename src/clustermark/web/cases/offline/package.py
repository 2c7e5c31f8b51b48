"""One file to take along: the rating sheet, the dossier's workbook and every piece of evidence."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from clustermark.dossiers.raw import EVIDENCE_DIR
from clustermark.dossiers.workbook_writing import write_workbook
from clustermark.dossiers.writing import ZIP_DATE, zip_entry
from clustermark.web.cases.models import Case
from clustermark.web.cases.offline.sheet import FILE
from clustermark.web.cases.offline.writing import write_sheet
from clustermark.web.cases.queries.dossiers import content_for_panel, raw_of
from clustermark.web.cases.queries.panel_evidence import evidence_of
from clustermark.web.cases.queries.scorecards import scorecard_of_content
from clustermark.web.cases.queries.workspace import Item
from clustermark.web.files.store import BlobStore

CHUNK = 1 << 20
DOSSIER_FILE = "dossier.xlsx"


def write_package(case: Case, items: Sequence[Item]) -> IO[bytes]:
    """The zip, open for reading at its start; its bytes depend on nothing but the dossier and the expert's ratings."""
    content = content_for_panel(case)
    card = scorecard_of_content(case, content, view="claim")[0]
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        sheet, dossier = Path(folder) / FILE, Path(folder) / DOSSIER_FILE
        write_sheet(sheet, title=f"{case.cluster.name} · {case}", items=items, card=card)
        write_workbook(raw_of(content, name=str(case)), dossier, EVIDENCE_DIR)
        out.writestr(zip_entry(FILE), sheet.read_bytes())
        out.writestr(zip_entry(DOSSIER_FILE), dossier.read_bytes())
        for name, sha256 in sorted({(one.file, one.sha256) for one in evidence_of(content)}):
            _copy(out, f"{EVIDENCE_DIR}/{name}", sha256)
    target.seek(0)
    return target


def _copy(out: zipfile.ZipFile, name: str, sha256: str) -> None:
    info = zipfile.ZipInfo(name, ZIP_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    with BlobStore().open(sha256) as data, out.open(info, "w") as entry:
        while chunk := data.read(CHUNK):
            entry.write(chunk)
