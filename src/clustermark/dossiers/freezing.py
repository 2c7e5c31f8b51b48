"""Freezing: a manifest that says what the dossier was, so that every later change is seen and named."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from clustermark.dossiers.dossier import Dossier, Row
from clustermark.dossiers.raw import EVIDENCE_DIR, MANIFEST, RawDossier
from clustermark.dossiers.reading import DEFAULT_LIMITS, check_raw, read_raw
from clustermark.dossiers.tables import TABLES
from clustermark.dossiers.workbook import manifest_path
from clustermark.dossiers.writing import replaced, unwritable, zip_entry
from clustermark.ground.documents import Document
from clustermark.ground.exact import digest
from clustermark.ground.problems import Place, Problem, ProblemList, ProblemsError
from clustermark.ground.texts import date_text
from clustermark.ground.texts import gettext as _
from clustermark.ground.version import VERSION

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Digest = Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]


class FrozenTable(Document):
    """A stated table: how many rows, and the digest of its rows (the same in all three forms)."""

    rows: int
    digest: Digest


class FrozenFile(Document):
    """An evidence file: size in bytes and SHA-256."""

    size: int
    sha256: Sha256


class Manifest(Document):
    """What a frozen dossier was, on the day it was frozen.

    `files` has the SHA-256 of each table file as it lay there (of the workbook under `workbook`).
    """

    format: Literal["clustermark-manifest/1"] = "clustermark-manifest/1"
    dossier_digest: Digest
    frozen_on: date
    clustermark: str
    tables: dict[str, FrozenTable]
    evidence: dict[str, FrozenFile]
    files: dict[str, Sha256]

    def to_json(self) -> str:
        """The manifest as JSON text, two spaces of indent, ending in a newline."""
        return self.model_dump_json(indent=2) + "\n"


def freeze(path: Path, *, on: date | None = None) -> Manifest:
    """Freeze the dossier at `path` on the day `on` (today when not given) and return its manifest.

    A folder and a zip get a `manifest.json`, a workbook a `NAME.manifest.json` beside it. Raises
    `ProblemsError` when the dossier has errors or is frozen already.
    """
    problems = ProblemList()
    raw = read_raw(path, DEFAULT_LIMITS, problems)
    dossier = check_raw(raw, problems) if raw is not None else None
    problems.raise_errors()
    assert raw is not None  # noqa: S101 - without errors there is a dossier
    assert dossier is not None  # noqa: S101 - as above
    if dossier.frozen:
        raise ProblemsError([frozen_already(raw)])
    manifest = Manifest(
        dossier_digest=dossier.digest,
        frozen_on=on or date.today(),  # noqa: DTZ011 - the day where the person is
        clustermark=VERSION,
        tables=_frozen_tables(dossier.tables),
        evidence={
            name: FrozenFile(size=file.size, sha256=file.sha256) for name, file in sorted(raw.files.items())
        },
        files=dict(sorted(raw.hashes.items())),
    )
    try:
        _write(raw, manifest.to_json().encode())
    except OSError as error:
        raise ProblemsError([unwritable(path, error)]) from error
    return manifest


def frozen_already(raw: RawDossier) -> Problem:
    """The problem of changing what is frozen."""
    day = read_manifest(raw).frozen_on
    return Problem(
        "frozen-already",
        _("The dossier was frozen on {day}; a frozen dossier is not changed.").format(day=date_text(day)),
        Place(raw.path.name),
        allowed=_("a copy without its manifest"),
    )


def _write(raw: RawDossier, manifest: bytes) -> None:
    if not raw.by_file:
        with replaced(manifest_path(raw.path)) as path:
            path.write_bytes(manifest)
    elif raw.path.is_dir():
        with replaced(raw.path / MANIFEST) as path:
            path.write_bytes(manifest)
    else:
        with replaced(raw.path) as path:
            shutil.copyfile(raw.path, path)
            with zipfile.ZipFile(path, "a") as archive:
                archive.writestr(zip_entry(raw.top + MANIFEST), manifest)


def _frozen_tables(tables: Mapping[str, tuple[Row, ...]]) -> dict[str, FrozenTable]:
    content = Dossier("", tables).content()["tables"]
    assert isinstance(content, dict)  # noqa: S101 - it is, by the method's definition
    return {name: FrozenTable(rows=len(rows), digest=digest(rows)) for name, rows in content.items()}


def read_manifest(raw: RawDossier) -> Manifest:
    """The manifest of a frozen dossier; raises `ProblemsError` when it cannot be read."""
    try:
        return Manifest.model_validate_json(raw.manifest or b"")
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or None
        raise ProblemsError(
            [
                Problem(
                    "manifest-broken",
                    _("The manifest cannot be read, so it cannot be told whether the dossier was changed."),
                    Place(_manifest_name(raw), field=field),
                    found=first["msg"],
                    allowed=_("the manifest that «clustermark dossier freeze» wrote"),
                )
            ]
        ) from error


def _manifest_name(raw: RawDossier) -> str:
    return MANIFEST if raw.by_file else manifest_path(raw.path).name


def check_manifest(raw: RawDossier, tables: Mapping[str, tuple[Row, ...]]) -> list[Problem]:
    """What changed in a frozen dossier since: tables and evidence files changed, missing or added."""
    try:
        manifest = read_manifest(raw)
    except ProblemsError as error:
        return list(error.problems)
    changes = [*_changed_tables(raw, manifest, tables), *_changed_evidence(raw, manifest)]
    return changes or list(_rewritten(raw, manifest))


def _changed_tables(
    raw: RawDossier, manifest: Manifest, tables: Mapping[str, tuple[Row, ...]]
) -> Iterator[Problem]:
    now = _frozen_tables(tables)
    for name in TABLES:
        was, is_now = manifest.tables.get(name), now.get(name)
        if was == is_now:
            continue
        place = raw.tables[name].place() if name in raw.tables else Place(f"{name}.csv")
        if is_now is None:
            yield _change("frozen-missing", _("The table was there when the dossier was frozen."), place)
        elif was is None:
            yield _change("frozen-added", _("The table was added after the dossier was frozen."), place)
        else:
            found = _("{now} rows, {was} when frozen").format(now=is_now.rows, was=was.rows)
            yield _change(
                "frozen-changed", _("The table was changed after the dossier was frozen."), place, found
            )


def _changed_evidence(raw: RawDossier, manifest: Manifest) -> Iterator[Problem]:
    for name in sorted(manifest.evidence.keys() | raw.files.keys()):
        was, is_now = manifest.evidence.get(name), raw.files.get(name)
        place = Place(f"{EVIDENCE_DIR}/{name}")
        if is_now is None:
            yield _change("frozen-missing", _("The file was there when the dossier was frozen."), place)
        elif was is None:
            yield _change("frozen-added", _("The file was added after the dossier was frozen."), place)
        elif was.sha256 != is_now.sha256:
            found = f"{is_now.sha256[:12]}… ≠ {was.sha256[:12]}…"
            yield _change(
                "frozen-changed", _("The file was changed after the dossier was frozen."), place, found
            )


def _change(code: str, message: str, place: Place, found: str | None = None) -> Problem:
    return Problem(code, message, place, found=found, allowed=_("what the manifest says, or no manifest"))


def _rewritten(raw: RawDossier, manifest: Manifest) -> Iterator[Problem]:
    """Files that were saved again with the same content: other bytes, the same digest."""
    for name, sha256 in manifest.files.items():
        if name in raw.hashes and raw.hashes[name] != sha256:
            yield Problem(
                "frozen-rewritten",
                _("The file was saved again after the dossier was frozen; what it states is the same."),
                Place(name if raw.by_file else raw.path.name),
                severity="warning",
            )
