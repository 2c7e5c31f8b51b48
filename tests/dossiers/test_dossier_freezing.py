"""Frozen dossiers: the manifest, and every change since named in its place."""

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from clustermark.dossiers.dossier import Dossier
from clustermark.dossiers.freezing import freeze
from clustermark.dossiers.writing import convert
from clustermark.ground.problems import ProblemsError
from clustermark.ground.version import VERSION
from tests.dossiers.dossier_material import EVIDENCE, hashes, problems_of, sha256, valid_tables, write_folder

DAY = date(2025, 10, 20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "d")


def test_the_manifest_says_what_the_dossier_was(folder: Path) -> None:
    before = Dossier.open(folder)
    freeze(folder, on=DAY)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["format"] == "clustermark-manifest/1"
    assert manifest["dossier_digest"] == before.digest
    assert manifest["frozen_on"] == "2025-10-20"
    assert manifest["clustermark"] == VERSION
    assert manifest["tables"]["participants"]["rows"] == 2
    assert manifest["files"]["press.csv"] == sha256((folder / "press.csv").read_bytes())
    assert manifest["evidence"]["strategy.pdf"] == {
        "size": len(EVIDENCE["strategy.pdf"]),
        "sha256": sha256(EVIDENCE["strategy.pdf"]),
    }
    after = Dossier.open(folder)
    assert after.frozen is True
    assert after.digest == before.digest


def change_table(folder: Path) -> None:
    path = folder / "press.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("M01", "M02"), encoding="utf-8")


def change_evidence(folder: Path) -> None:
    """Also in the table, as a careful forger would."""
    (folder / "evidence" / "strategy.pdf").write_bytes(b"another")
    path = folder / "evidence.csv"
    text = path.read_text(encoding="utf-8").replace(sha256(EVIDENCE["strategy.pdf"]), sha256(b"another"))
    path.write_text(text, encoding="utf-8")


CHANGES: list[tuple[Callable[[Path], object], list[tuple[str, str]]]] = [
    (change_table, [("frozen-changed", "press.csv")]),
    (change_evidence, [("frozen-changed", "evidence.csv"), ("frozen-changed", "evidence/strategy.pdf")]),
    (lambda folder: (folder / "press.csv").unlink(), [("frozen-missing", "press.csv")]),
    (
        lambda folder: (folder / "evidence" / "new.pdf").write_bytes(b"x"),
        [("frozen-added", "evidence/new.pdf")],
    ),
    (
        lambda folder: (folder / "evidence" / "strategy.pdf").unlink(),
        [("frozen-missing", "evidence/strategy.pdf"), ("evidence-missing", "evidence.csv")],
    ),
    (lambda folder: (folder / "manifest.json").write_text("{}"), [("manifest-broken", "manifest.json")]),
]


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_every_change_since_is_named(
    folder: Path, change: Callable[[Path], object], expected: list[tuple[str, str]]
) -> None:
    freeze(folder, on=DAY)
    change(folder)
    errors = [(p.code, p.place.file) for p in problems_of(folder) if p.severity == "error"]
    assert errors == expected
    with pytest.raises(ProblemsError):
        Dossier.open(folder)


def test_a_table_added_since(tmp_path: Path) -> None:
    tables = valid_tables()
    press = tables.pop("press")
    folder = write_folder(tmp_path / "d", tables)
    freeze(folder, on=DAY)
    shutil.copy(write_folder(tmp_path / "e", {"press": press}) / "press.csv", folder)
    assert [(p.code, p.place.file) for p in problems_of(folder)] == [("frozen-added", "press.csv")]


def test_a_table_saved_again_with_the_same_content_is_a_warning(folder: Path) -> None:
    freeze(folder, on=DAY)
    data = (folder / "press.csv").read_bytes()
    (folder / "press.csv").write_bytes(b"\xef\xbb\xbf" + data)
    problems = problems_of(folder)
    assert [(p.code, p.severity, p.place.file) for p in problems] == [
        ("frozen-rewritten", "warning", "press.csv")
    ]
    assert Dossier.open(folder).frozen


def test_zip_and_workbook_are_frozen_too(folder: Path, tmp_path: Path) -> None:
    digest = Dossier.open(folder).digest
    for name, manifest in (("z.zip", None), ("w.xlsx", "w.manifest.json")):
        path = tmp_path / name
        convert(folder, path)
        assert freeze(path, on=DAY).dossier_digest == digest
        assert Dossier.open(path).frozen
        assert problems_of(path) == []
        if manifest:
            assert (tmp_path / manifest).is_file()
        else:
            assert "manifest.json" in zipfile.ZipFile(path).namelist()
    (tmp_path / "w.evidence" / "visits.pdf").write_bytes(b"x")
    assert next((p.code, p.place.file) for p in problems_of(tmp_path / "w.xlsx")) == (
        "frozen-changed",
        "evidence/visits.pdf",
    )


def test_a_zip_with_a_folder_around_it_is_frozen_inside(folder: Path, tmp_path: Path) -> None:
    path = Path(shutil.make_archive(str(tmp_path / "made"), "zip", tmp_path, "d"))
    freeze(path, on=DAY)
    assert "d/manifest.json" in zipfile.ZipFile(path).namelist()
    assert Dossier.open(path).frozen
    assert problems_of(path) == []


def test_freezing_twice_says_so_and_errors_are_not_frozen(folder: Path) -> None:
    freeze(folder, on=DAY)
    before = hashes(folder)
    with pytest.raises(ProblemsError, match="frozen on 20 October 2025") as raised:
        freeze(folder)
    assert raised.value.problems[0].code == "frozen-already"
    assert hashes(folder) == before
    (folder / "manifest.json").unlink()
    (folder / "team.csv").unlink()
    with pytest.raises(ProblemsError):
        freeze(folder)
    assert not (folder / "manifest.json").exists()


def test_a_frozen_dossier_stays_frozen_in_another_form(folder: Path, tmp_path: Path) -> None:
    digest = freeze(folder, on=DAY).dossier_digest
    convert(folder, tmp_path / "z.zip")
    convert(tmp_path / "z.zip", tmp_path / "w.xlsx")
    convert(tmp_path / "w.xlsx", tmp_path / "back")
    again = Dossier.open(tmp_path / "back")
    assert again.frozen
    assert again.digest == digest
    manifest = json.loads((tmp_path / "back" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["frozen_on"] == "2025-10-20"
    change_table(folder)
    with pytest.raises(ProblemsError, match="changed after"):
        convert(folder, tmp_path / "forged.zip")
    assert not (tmp_path / "forged.zip").exists()
