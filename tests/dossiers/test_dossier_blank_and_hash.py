"""A new dossier, and the hashes of its evidence."""

from pathlib import Path

import pytest

from clustermark.dossiers.blank import new_dossier
from clustermark.dossiers.dossier import Dossier
from clustermark.dossiers.freezing import freeze
from clustermark.dossiers.hashing import fill_hashes
from clustermark.dossiers.tables import TABLES
from clustermark.dossiers.writing import convert
from clustermark.ground.problems import ProblemsError
from tests.dossiers.dossier_material import EVIDENCE, hashes, problems_of, sha256, valid_tables, write_folder


def test_a_new_dossier_has_a_heading_for_every_table_and_states_nothing(tmp_path: Path) -> None:
    new_dossier(tmp_path / "d")
    assert (tmp_path / "d" / "evidence").is_dir()
    for spec in TABLES.values():
        text = (tmp_path / "d" / f"{spec.name}.csv").read_text(encoding="utf-8")
        assert text == ",".join(column.name for column in spec.columns) + "\n"
    problems = problems_of(tmp_path / "d")
    assert [(p.code, p.place.file) for p in problems] == [
        ("table-missing", "profile.csv"),
        ("table-missing", "participants.csv"),
        ("table-missing", "team.csv"),
    ]


def test_the_readme_explains_every_column(tmp_path: Path) -> None:
    new_dossier(tmp_path / "d")
    readme = (tmp_path / "d" / "README.md").read_text(encoding="utf-8")
    for spec in TABLES.values():
        assert f"### {spec.name}\n" in readme
        for column in spec.columns:
            assert f"| `{column.name}` | {column.type}" in readme
            assert column.help in readme


def test_a_new_dossier_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    new_dossier(tmp_path / "d")
    before = hashes(tmp_path)
    with pytest.raises(ProblemsError) as raised:
        new_dossier(tmp_path / "d")
    assert raised.value.problems[0].code == "exists"
    assert hashes(tmp_path) == before


@pytest.mark.parametrize("ending", ["", ".zip", ".xlsx"])
def test_hashes_are_filled_in_and_nothing_else_changes(tmp_path: Path, ending: str) -> None:
    complete = Dossier.open(write_folder(tmp_path / "complete"))
    tables = valid_tables()
    tables["evidence"][0]["sha256"] = ""
    tables["evidence"][1]["sha256"] = "0" * 64
    tables["evidence"][2]["file"] = "lost.pdf"
    tables["evidence"][3]["my own"] = "kept"
    path = folder = write_folder(tmp_path / "d", tables)
    if ending:
        path = tmp_path / f"e{ending}"
        convert(folder, path)
    report = fill_hashes(path)
    assert report.filled == ("participants-register.pdf",)
    assert report.changed == ("strategy.pdf",)
    assert report.missing == ("lost.pdf",)
    assert report.unnamed == ("minutes.pdf",)
    problems = problems_of(path)
    assert [p.code for p in problems] == ["column-unknown", "evidence-missing", "evidence-unnamed"]
    assert fill_hashes(path).filled == ()
    if not ending:
        (folder / "evidence" / "lost.pdf").write_bytes(EVIDENCE["minutes.pdf"])
        dossier = Dossier.open(folder)
        assert dossier.rows("evidence")[3].extra == {"my own": "kept"}
        assert {n: r for n, r in dossier.tables.items() if n != "evidence"} == {
            n: r for n, r in complete.tables.items() if n != "evidence"
        }
        hashed = [row.values["sha256"] for row in dossier.rows("evidence")]
        assert hashed == [sha256(data) for data in EVIDENCE.values()]


def test_a_frozen_dossier_is_not_hashed_anew(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "d")
    freeze(folder)
    with pytest.raises(ProblemsError) as raised:
        fill_hashes(folder)
    assert raised.value.problems[0].code == "frozen-already"


def test_without_a_table_of_evidence_there_is_nothing_to_fill(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "d")
    (folder / "evidence.csv").unlink()
    with pytest.raises(ProblemsError) as raised:
        fill_hashes(folder)
    assert raised.value.problems[0].place.file == "evidence.csv"
