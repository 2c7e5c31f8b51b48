"""`clustermark improve` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clustermark.cli.app import app
from clustermark.ground.problems import ProblemsError
from tests.builders import ROOT

SAMPLE = str(ROOT / "examples/oka-valley")


def run(*arguments: str) -> str:
    """What the command prints; raises `ProblemsError` with what `main` would print and end with 1."""
    done = CliRunner().invoke(app, ["improve", SAMPLE, *arguments])
    if done.exception is not None:
        raise done.exception
    return done.stdout


def test_the_way_to_gold() -> None:
    lines = run("--scheme", "ecei-gold-2013").splitlines()
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


def test_what_if_and_json() -> None:
    options = ("--scheme", "ecei-gold-2013", "--what-if", "contacted=50", "--what-if", "has_member_area=yes")
    shown = run(*options)
    assert "2.5 Direct personal contacts: 65 → 83.3333, band 4 → 5, points +1" in shown
    assert "Points 109 → 111; level: none → none." in shown
    found = json.loads(run(*options, "--format", "json"))
    assert (found["points"], found["what_if"]["points_before"], found["status"]) == (111, 109, "planned")


def test_own_effort_and_limit(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("indicator,band,days,months\n5.1,3,0.5,1\n5.1,4,0.5,1\n5.1,5,0.5,1\n", encoding="utf-8")
    shown = run("--scheme", "ecei-gold-2013", "--effort", str(path))
    assert "Person-days and months as stated by the user." in shown
    assert "10 → 48" in shown
    shown = run("--scheme", "ecei-gold-2013", "--at-most", "1")
    assert "Gold cannot be reached: these conditions cannot all hold." in shown
    assert "✗ points ≥ 120." in shown


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--what-if", "x", "--what-if", "2.5=", "--what-if", "=1"], ["change-unreadable"] * 3),
        (["--what-if", "2.5=1", "--what-if", "2.5=2"], ["change-twice"]),
        (["--level", "silver"], ["level-unknown"]),
        (["--at-most", "0"], ["limit"]),
    ],
)
def test_bad_options_are_all_told(options: list[str], codes: list[str]) -> None:
    with pytest.raises(ProblemsError) as caught:
        run("--scheme", "ecei-gold-2013", *options)
    assert [problem.code for problem in caught.value.problems] == codes
