"""`clustermark assess … --report … --with …` as a person runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from clustermark.analysis.demo import write_demo_data
from clustermark.cli.app import main
from tests.builders import ROOT

PARTS = ("change", "you", "your_peers", "the_method")
OKA = str(ROOT / "examples" / "oka-valley")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["clustermark", "assess", OKA, "--scheme", "ecei-gold-2013", *arguments])
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_chosen_analyses_stand_in_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tmp_path / "report.json"
    options = ("--with", "agreement", "--with", "robustness", "--draws", "50")
    assert run(monkeypatch, "--report", str(report), *options) == 0
    found = json.loads(report.read_text())
    assert list(found) == ["format", "scorecard", "agreement", "robustness"]
    assert found["robustness"]["draws"] == 50


def test_all_takes_the_peers_when_there_is_a_portfolio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_demo_data(tmp_path, clusters=60, seed=3)
    report = tmp_path / "report.json"
    options = ("--report", str(report), "--with", "all", "--draws", "20")
    assert run(monkeypatch, *options) == 0
    assert "peers" not in json.loads(report.read_text())
    assert run(monkeypatch, *options, "--portfolio", str(tmp_path), "--cluster", "S00005") == 0
    found = json.loads(report.read_text())
    assert list(found) == ["format", "scorecard", "agreement", "peers", "robustness", "plan"]
    assert found["peers"]["cluster"] == "S00005"
    # the place among peers is of the same edition and group as the benchmark's points
    points = next(item for item in found["peers"]["comparisons"] if item["code"] == "points")
    position = found["robustness"]["position"]
    assert position["group"] == points["group_title"]
    assert (position["edition"], position["n"]) == (found["peers"]["edition"], points["peers"]["n"])
    notes = (tmp_path / "portfolio.ledger.jsonl").read_bytes()
    alone = ("--report", str(report), "--with", "robustness", "--draws", "20", "--portfolio", str(tmp_path))
    assert run(monkeypatch, *alone) == 0
    assert json.loads(report.read_text())["robustness"]["position"]["n"] == points["peers"]["n"]
    assert (tmp_path / "portfolio.ledger.jsonl").read_bytes() == notes
    assert (tmp_path / "portfolio.ledger.jsonl").exists()


def test_the_change_over_the_years_stands_with_the_peers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_demo_data(tmp_path, clusters=60, seed=3)
    report, page = tmp_path / "report.json", tmp_path / "report.html"
    reports = ("--report", str(report), "--report", str(page), "--with", "peers")
    options = ("--portfolio", str(tmp_path), "--cluster", "S00005", "--since", "2025")
    assert run(monkeypatch, *reports, *options) == 0
    found = json.loads(report.read_text())["peers"]["year_on_year"]
    assert found["years"] == [2025, 2026]
    points = found["changes"][-1]
    shown = re.sub(r"<[^>]+>|\s+", " ", page.read_text(encoding="utf-8"))
    part = " ".join(shown.split())
    assert "The change from 2025 to 2026" in part
    assert "Both years under ecei-gold-2013: the method has no part." in part
    signed = [f"{points[key]:+g}".replace("-", "−") if points[key] else "0" for key in PARTS]
    row = ["Σ", "Points in all", f"{points['own_then']:g}", f"{points['own_now']:g}", *signed]
    assert " ".join(row) in part
    assert f"n = {points['peers_then']['n']} and {points['peers_now']['n']}" in part


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--report", "r.pdf", "--with", "peers"), 1, "Peers are read from a portfolio, and none is given."),
        (("--with", "plan"), 1, "Analyses stand in a report, and no report is asked for."),
        (("--report", "r.pdf", "--with", "plan", "--draws", "9"), 1, "Allowed: --with robustness"),
        (("--report", "r.pdf", "--cluster", "S1"), 1, "Allowed: --with peers"),
        (("--report", "r.pdf", "--since", "2025"), 1, "Allowed: --with peers"),
        (("--report", "r.pdf", "--with", "rank"), 2, "rank"),
    ],
)
def test_options_that_do_not_go_together_are_told(
    options: tuple[str, ...],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, *options) == code
    assert said in " ".join(capsys.readouterr().err.split())
    assert list(tmp_path.iterdir()) == []


def test_a_cluster_that_is_not_in_the_portfolio_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_demo_data(tmp_path, clusters=60, seed=3)
    options = ("--report", str(tmp_path / "r.json"), "--with", "peers", "--portfolio", str(tmp_path))
    assert run(monkeypatch, *options) == 1
    assert "Oka Valley Pharma Cluster" in capsys.readouterr().err
    assert not (tmp_path / "r.json").exists()


def test_without_analyses_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    program = """
import sys
from clustermark.cli.app import main
try:
    main()
except SystemExit as done:
    assert not done.code
print([name for name in sys.modules if name.split(".")[0] == "scipy" or name.startswith("clustermark.analysis.")])
"""
    arguments = ["assess", OKA, "--scheme", "ecei-gold-2013", "--report", str(tmp_path / "r.html")]
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
