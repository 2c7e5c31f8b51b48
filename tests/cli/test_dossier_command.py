"""The commands of `clustermark dossier`, as a person runs them."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from clustermark.cli.app import main
from tests.dossiers.dossier_material import valid_tables, write_folder

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["clustermark", "dossier", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out = capsys.readouterr()
        return int(ended.value.code or 0), out.out, out.err

    return command


def test_check_of_a_valid_dossier_sums_up(run: Run, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "d")
    code, out, err = run("check", folder)
    assert (code, err) == (0, "")
    assert "participants          2 rows\n" in out
    assert "profile               1 row\n" in out
    assert "evidence files        4\n" in out
    assert "digest                sha256:" in out


def test_check_tells_all_problems_and_ends_with_1(run: Run, tmp_path: Path) -> None:
    tables = valid_tables()
    tables["team"][0].update(fte="0,5", started_on="1.9.2014")
    tables["press"] = [{**tables["press"][0], "item_id": f"M{n}", "third_party": "maybe"} for n in range(50)]
    folder = write_folder(tmp_path / "d", tables)
    code, out, err = run("check", folder)
    assert (code, out) == (1, "")
    assert "error: team.csv, row 2, column fte: " in err
    assert "error: team.csv, row 2, column started_on: " in err
    assert "press.csv, row 6, column third_party" in err
    assert "45 more problems of this kind" in err
    assert "7, 8, 9" in err
    assert "Traceback" not in err
    code, out, err = run("check", folder, "--format", "json")
    result = json.loads(out)
    assert code == 1
    assert result["ok"] is False
    assert len(result["problems"]) == 52
    assert {p["row"] for p in result["problems"] if p["column"] == "third_party"} == set(range(2, 52))


def test_check_json_of_a_valid_dossier(run: Run, tmp_path: Path) -> None:
    code, out, _err = run("check", write_folder(tmp_path / "d"), "--format", "json")
    result = json.loads(out)
    assert code == 0
    assert result["ok"] is True
    assert result["tables"]["participants"] == 2
    assert result["evidence_files"] == 4
    assert result["digest"].startswith("sha256:")


def test_the_way_from_a_new_dossier_to_a_frozen_one(run: Run, tmp_path: Path) -> None:
    assert run("new", tmp_path / "blank")[0] == 0
    assert run("to-excel", tmp_path / "blank")[0] == 0
    assert (tmp_path / "blank.xlsx").is_file()
    code, _out, err = run("check", tmp_path / "blank.xlsx")
    assert code == 1
    assert "3 errors" in err
    tables = valid_tables()
    for row in tables["evidence"]:
        row["sha256"] = ""
    folder = write_folder(tmp_path / "d", tables)
    code, out, _err = run("hash", folder)
    assert code == 0
    assert "4 hashes written" in out
    assert run("convert", folder, tmp_path / "d.zip")[0] == 0
    code, out, _err = run("freeze", tmp_path / "d.zip", "--on", "2025-10-20")
    assert code == 0
    assert "Frozen on 20 October 2025: sha256:" in out
    code, out, _err = run("check", tmp_path / "d.zip")
    assert code == 0
    assert "The dossier is frozen and as it was." in out
    code, _out, err = run("freeze", tmp_path / "d.zip")
    assert code == 1
    assert "was frozen on 20 October 2025" in err


def test_schema_is_json(run: Run) -> None:
    code, out, _err = run("schema")
    assert code == 0
    assert json.loads(out)["title"] == "Content of a Clustermark dossier"


def test_errors_of_commands_are_told_without_traceback(run: Run, tmp_path: Path) -> None:
    for words in (
        ("check", tmp_path / "no"),
        ("freeze", tmp_path / "no"),
        ("hash", tmp_path / "no"),
        ("convert", tmp_path / "no", tmp_path / "out.zip"),
        ("new", Path(__file__)),
    ):
        code, _out, err = run(*words)
        assert code == 1
        assert err.startswith("error: ")
