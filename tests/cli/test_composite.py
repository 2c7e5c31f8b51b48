"""`clustermark composite` as a person runs it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from clustermark.cli.app import main

COLUMNS = (
    "unit,name,participants,staff,budget,own_funds,groups,meetings,answer_days,"
    "joint_projects,innovations,satisfied,partners_abroad,exporters,new_participants\n"
)
TABLE = (
    COLUMNS
    + """\
A,Alpha,60,4,300000,40,5,120,3,6,4,80,3,40,6
B,Beta,120,8,480000,50,8,180,2,12,5,100,6,50,12
"""
)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["clustermark", "composite", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_table_in_the_language_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "clusters.csv"
    path.write_text(TABLE)
    assert run(monkeypatch, "pl-benchmark-0-10", str(path), "--lang", "de") == 0
    shown = capsys.readouterr().out
    assert "Cluster-Benchmarking auf einer Skala von 0 bis 10" in shown
    beta = next(line for line in shown.splitlines() if "Beta" in line).split()
    assert beta[:3] == ["1", "Beta", "9,63"]
    assert beta[3:] == ["9,33", "9,17", "10,00", "10,00"]
    assert "vom Eigentümer nicht bestätigt" in " ".join(shown.split())
    assert "18 Angaben dieses Schemas sind Beispiele, nicht vom Eigentümer." in shown
    assert "sha256:" in shown


def test_json_is_the_result_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "clusters.csv"
    path.write_text(TABLE)
    assert run(monkeypatch, "pl-benchmark-0-10", str(path), "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [(unit["unit"], unit["rank"]) for unit in found["units"]] == [("A", 2), ("B", 1)]
    assert found["units"][1]["index"] == 9.63  # 9.625, rounded half up


def test_a_bad_table_ends_with_one_line_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "clusters.csv"
    path.write_text(TABLE.replace("300000", '"300.000,5"').replace("B,Beta", "A,Beta"))
    assert run(monkeypatch, "pl-benchmark-0-10", str(path)) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "clusters.csv, row 2, column budget: This is not a number. Found: 300.000,5." in shown.err
    assert "clusters.csv, row 3, column unit: This unit stands in row 2 already. Found: A." in shown.err
    assert shown.err.endswith("2 errors\n")


def test_notes_and_levels_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "countries.csv"
    path.write_text(
        "unit,life_expectancy,expected_years,mean_years,gni_per_capita\nX,85,18,15,75000\nY,52.5,9,7.5,\n"
    )
    assert run(monkeypatch, "hdi-2022", str(path), "--lang", "ru") == 0
    lines = capsys.readouterr().out.splitlines()
    assert next(line for line in lines if " X " in line).split()[:3] == ["1", "X", "1,000"]
    assert "Очень высокий уровень развития" in next(line for line in lines if " X " in line)
    assert next(line for line in lines if " Y " in line).split() == [
        "–",
        "Y",
        "–",
        "0,500",
        "0,500",
        "–",
        "–",
    ]
