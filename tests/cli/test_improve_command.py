"""`clustermark improve` as a person runs it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from clustermark.cli.app import main
from tests.builders import ROOT

SAMPLE = str(ROOT / "examples/oka-valley")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["clustermark", "improve", SAMPLE, *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_the_way_to_gold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "--scheme", "ecei-gold-2013") == 0
    lines = capsys.readouterr().out.splitlines()
    assert (
        "The way to Gold with the least effort: 8 indicators, 85 person-days, 18 months; 120 points then."
        in lines
    )
    row = next(line for line in lines if line.startswith("4.5 "))
    assert row.split()[3:] == ["18.3333", "→", "30", "%", "1", "→", "3", "+2", "18", "7"]
    assert "4.5    ███████" in lines
    assert "Proof: no way takes fewer than 85 person-days; this one takes 85 (gap 0)." in lines
    assert sum("87 person-days" in line for line in lines) == 3
    assert lines[-1].startswith("Person-days and months are examples")


def test_what_if_and_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--scheme", "ecei-gold-2013", "--what-if", "contacted=50", "--what-if", "has_member_area=yes")
    assert run(monkeypatch, *options) == 0
    shown = capsys.readouterr().out
    assert "2.5 Direct personal contacts: 65 → 83.3333, band 4 → 5, points +1" in shown
    assert "Points 109 → 111; level: none → none." in shown
    assert run(monkeypatch, *options, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["points"], found["what_if"]["points_before"], found["status"]) == (111, 109, "planned")


def test_own_effort_and_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.csv"
    path.write_text("indicator,band,days,months\n5.1,3,0.5,1\n5.1,4,0.5,1\n5.1,5,0.5,1\n", encoding="utf-8")
    assert run(monkeypatch, "--scheme", "ecei-gold-2013", "--effort", str(path)) == 0
    shown = capsys.readouterr().out
    assert "Person-days and months as stated by the user." in shown
    assert "10 → 48" in shown
    assert run(monkeypatch, "--scheme", "ecei-gold-2013", "--at-most", "1") == 0
    shown = capsys.readouterr().out
    assert "Gold cannot be reached: these conditions cannot all hold." in shown
    assert "✗ points ≥ 120." in shown


def test_bad_options_end_with_a_line_each(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(
            monkeypatch,
            "--scheme",
            "ecei-gold-2013",
            "--what-if",
            "x",
            "--what-if",
            "2.5=",
            "--what-if",
            "=1",
        )
        == 1
    )
    assert capsys.readouterr().err.count("This change cannot be read.") == 3
    assert run(monkeypatch, "--scheme", "ecei-gold-2013", "--what-if", "2.5=1", "--what-if", "2.5=2") == 1
    assert "This name is changed twice." in capsys.readouterr().err
    assert run(monkeypatch, "--scheme", "ecei-gold-2013", "--level", "silver") == 1
    assert "has no such level. Found: silver. Allowed: gold." in capsys.readouterr().err
