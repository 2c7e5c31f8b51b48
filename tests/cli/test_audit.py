"""`clustermark audit` as a person runs it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from clustermark.analysis.demo import write_demo_data
from clustermark.cli.app import main


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo_data(folder, clusters=120, seed=2)
    return folder


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["clustermark", "audit", *arguments])
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_findings_and_the_file(
    portfolio: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "audit.json"
    assert run(monkeypatch, "ecei-gold-2013", str(portfolio), "--round", "2024", "--report", str(file)) == 0
    said = capsys.readouterr()
    assert said.out.startswith(
        "Cluster Management Excellence, Gold, version 2013.1: audit of the round 2024\n"
    )
    assert "SYNTHETIC DATA" in said.out
    assert "notable: It decides far" in said.out
    assert said.out.rstrip().endswith(f"Report: {file}")
    assert said.err == ""
    assert json.loads(file.read_text(encoding="utf-8"))["round"] == 2024


def test_json_and_language(
    portfolio: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "ecei-gold-2013", str(portfolio), "--format", "json", "--lang", "de") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["round"] == 2026
    assert found["synthetic"] is True
    assert any("Gewicht" in finding["figure"] for finding in found["findings"])


def test_problems_are_told_once(
    portfolio: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "ecei-gold-2013", str(portfolio), "--round", "1999") == 1
    assert "no rows of this year" in capsys.readouterr().err
    assert run(monkeypatch, "ecei-gold-2013", str(portfolio), "--report", str(tmp_path / "a.xlsx")) == 1
    assert ".pdf, .json" in capsys.readouterr().err


def test_four_clusters_leave_no_trace_in_any_format(
    portfolio: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    head, *rows = (portfolio / "portfolio.csv").read_text(encoding="utf-8").splitlines()
    few = [row for row in rows if ",2026," in row][:4]
    (tmp_path / "portfolio.csv").write_text("\n".join([head, *few]) + "\n", encoding="utf-8")
    reports = [tmp_path / "audit.pdf", tmp_path / "audit.json"]
    asked = [word for report in reports for word in ("--report", str(report))]
    for output in ("table", "json"):
        assert run(monkeypatch, "ecei-gold-2013", str(tmp_path), "--format", output, *asked) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err == (
            "error: portfolio.csv: The audit is hidden: the scheme ecei-gold-2013 has too few clusters in 2026, and "
            "it would tell of single ones. Allowed: 6 or more.\n1 error\n"
        )
    assert not any(report.exists() for report in reports)
