"""A dossier uploaded as workbook or zip: read by the engine, laid over the working one, kept until it is confirmed."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from clustermark.dossiers.raw import RawDossier
from clustermark.dossiers.reading import DEFAULT_LIMITS, check_raw, read_raw
from clustermark.ground.exact import canonical
from clustermark.ground.problems import ProblemList, ProblemsError
from clustermark.web.cases.domain.importing import as_taken, content_of_raw, unfit
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.dossiers import Content, raw_of, working_content
from clustermark.web.cases.queries.stated import rows_of
from clustermark.web.files.domain.storing import store_upload
from clustermark.web.files.limits import Limits, evidence_limits
from clustermark.web.files.models import StoredFile
from clustermark.web.files.store import BlobStore

LARGEST_KEPT = 512 << 20
"""Bytes of a read dossier that waits to be confirmed; the limits of reading one keep it far below."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What an upload would make of the working dossier, and every problem with its place in the uploaded file."""

    name: str
    content: Content
    problems: list[dict[str, Any]]

    @property
    def errors(self) -> int:
        """How many of the problems stop a submission."""
        return sum(problem["severity"] == "error" for problem in self.problems)


def read_upload(*, case: Case, file: IO[bytes], name: str) -> StoredFile:
    """Read the upload and keep what it would make of the dossier; the row names it by its digest.

    Tables that are not in the upload stay as they are. A workbook has no files: evidence keeps its own. Raises
    `ProblemsError` for what cannot be read or held; a dossier with problems of content can be taken and mended.
    """
    problems = ProblemList()
    with tempfile.TemporaryDirectory() as folder:
        # the name says which of the two forms it is, and is shown in the places of problems
        path = Path(folder) / ("dossier.xlsx" if name.lower().endswith(".xlsx") else "dossier.zip")
        with path.open("wb") as target:
            file.seek(0)
            shutil.copyfileobj(file, target)
        raw = read_raw(path, DEFAULT_LIMITS, problems)
        problems.raise_errors()
        assert raw is not None  # noqa: S101 - without errors there is a dossier
        merged = _merged(raw, working_content(case), case)
        check_raw(merged, problems)
        content = content_of_raw(merged)
        wrong = unfit(content)
        if wrong:
            raise ProblemsError(wrong)
        for one in sorted(raw.files):
            with raw.open_file(one) as data:
                _keep(data)
    read_from = {table.file: table.name for table in merged.tables.values()}
    kept = {
        "name": name[:200],
        "content": as_taken(content),
        "problems": [
            {
                "place": str(problem.place),
                "table": read_from.get(problem.place.file),
                "column": problem.place.column,
                "message": problem.message,
                "found": problem.found,
                "allowed": problem.allowed,
                "severity": problem.severity,
            }
            for problem in problems
        ],
    }
    return store_upload(io.BytesIO(canonical(kept)), limits=Limits(size=LARGEST_KEPT))


def uploaded(sha256: str) -> Uploaded:
    """What was kept under this digest; raises FileNotFoundError when it is not there."""
    with BlobStore().open(sha256) as data:
        kept = json.load(data)
    return Uploaded(kept["name"], kept["content"], kept["problems"])


def _keep(data: IO[bytes]) -> None:
    """Put an evidence file of the upload into the store, as if it had been uploaded by itself."""
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(data, copy)
        store_upload(copy, limits=evidence_limits())


def _merged(raw: RawDossier, working: Content, case: Case) -> RawDossier:
    """The upload over the working dossier, as one raw dossier that the engine checks."""
    there = raw_of(working, name=str(case))
    before = {name: file for name, file in there.files.items() if name not in raw.files}
    stated = raw.tables.get("evidence")
    if stated is not None:
        named = {row.get("file") for row in rows_of(content_of_raw(raw), "evidence")}
        before = {name: file for name, file in before.items() if name in named}
    raw.tables = {**there.tables, **raw.tables}
    return RawDossier(
        path=raw.path,
        tables=raw.tables,
        unreadable=raw.unreadable,
        files={**before, **raw.files},
        by_file=raw.by_file,
    )
