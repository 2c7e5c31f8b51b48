"""`clustermark agreement` as a person runs it."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from clustermark.analysis.agreement import agreement_of
from clustermark.analysis.demo import write_demo_data
from clustermark.cli.app import main
from tests.builders import ROOT

OKA, AMBER = (str(ROOT / "examples" / name) for name in ("oka-valley", "amber-coast"))


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["clustermark", "agreement", *arguments, "--scheme", "ecei-gold-2013"])
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def alike(folder: Path) -> Path:
    """The sample dossier with every expert's rating of a rubric made 4."""
    copy = folder / "alike"
    shutil.copytree(OKA, copy)
    file = copy / "ratings.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = []
    for line in lines:
        cells = line.split(",")
        if cells[1] == "expert" and cells[3]:
            cells[3] = "4"
        changed.append(",".join(cells))
    file.write_text("".join(changed), encoding="utf-8")
    return copy


def test_one_case_shows_ratings_side_by_side_and_ac_above_kappa(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, OKA) == 0
    lines = capsys.readouterr().out.splitlines()
    row = next(line for line in lines if line.startswith("4.1.3")).split()
    assert row[-4:] == ["3", "2", "3", "1"]
    ac, kappa = (
        next(i for i, line in enumerate(lines) if line.startswith(start))
        for start in ("Gwet's AC2 (quadratic weights)", "Cohen's kappa (quadratic weights)")
    )
    assert kappa == ac + 1
    # ratings by hand from examples/oka-valley/ratings.csv
    told = agreement_of([[4, 3], [4, 3], [4, 4], [3, 2], [4, 3], [2, 3]], range(6))
    assert told.quadratic.ac.value is not None
    assert f"{told.quadratic.ac.value:.2f}" in lines[ac]
    assert "Most ratings fall into few categories." in "\n".join(lines)
    assert not any("All cases together" in line for line in lines)


def test_several_cases_are_told_by_case_by_indicator_and_by_expert(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, OKA, AMBER, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["format"] == "clustermark-agreement/1"
    assert [case["case"] for case in found["cases"]] == [
        "Oka Valley Pharma Cluster",
        "Amber Coast ICT Cluster",
    ]
    assert [item["subject"] for item in found["indicators"]] == [
        "2.4",
        "4.1.1",
        "4.1.2",
        "4.1.3",
        "4.1.4",
        "4.2",
    ]
    assert [item["agreement"]["compared"] for item in found["indicators"]] == [2] * 6
    assert found["overall"]["compared"] == 12
    severity = {item["expert"]: round(item["severity"]["value"], 4) for item in found["experts"]}
    assert severity == {
        "Anna Keller": 0.5,
        "Luca Ferrero": -0.5,
        "Marit Solberg": 0.3333,
        "Piotr Halicki": -0.3333,
    }


def test_ratings_that_are_all_equal_get_words_not_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, str(alike(tmp_path))) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "The experts gave all 6 indicators the same rating." in shown
    assert "kappa cannot tell agreement from chance: read AC beside it." in shown
    assert re.search(r"\bnan\b", shown, re.IGNORECASE) is None


def test_the_same_dossier_twice_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, OKA, OKA) == 1
    assert "Two dossiers cannot be told apart" in capsys.readouterr().err


def test_two_dossiers_of_one_cluster_are_told_apart_by_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, OKA, str(alike(tmp_path)), "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [case["case"] for case in found["cases"]] == [
        "Oka Valley Pharma Cluster (oka-valley)",
        "Oka Valley Pharma Cluster (alike)",
    ]


def test_it_speaks_russian(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, OKA, "--lang", "ru") == 0
    shown = capsys.readouterr().out
    assert "Согласие экспертов" in shown
    assert "Каппа Коэна (квадратичные веса)" in shown


def test_a_portfolio_is_told_over_all_its_cases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    portfolio = write_demo_data(tmp_path, clusters=40, seed=5)
    assert run(monkeypatch, str(tmp_path), "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["synthetic"], found["cases"]) == (True, [])
    codes = [item["subject"] for item in found["indicators"]]
    tables = portfolio.ratings[:, :, [portfolio.codes.index(code) for code in codes]]
    whole = agreement_of(tables.reshape(len(portfolio.raters), -1).T, range(6))
    assert found["overall"]["quadratic"]["kappa"]["value"] == pytest.approx(
        whole.quadratic.kappa.value, abs=1e-12
    )
    assert found["overall"]["compared"] == whole.compared
    assert run(monkeypatch, str(tmp_path / "portfolio.csv")) == 0
    shown = capsys.readouterr().out
    assert "SYNTHETIC DATA" in shown
    assert "All cases together" in shown
