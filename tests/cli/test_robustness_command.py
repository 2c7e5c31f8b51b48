"""`clustermark robustness` as a person runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from clustermark.analysis.demo import write_demo_data

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "clustermark.cli.app", "robustness", "examples/oka-valley", *arguments]
    return subprocess.run(  # noqa: S603 - our own command
        [*command, "--scheme", "ecei-silver-2017", "--draws", "400"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"COLUMNS": "100", "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
    )


def test_the_table_starts_with_what_matters_and_fits() -> None:
    done = run()
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[3].startswith("• ")
    assert "(Silver)" in lines[3]
    assert max(map(len, lines[2:])) <= 100
    assert any(line.split()[:3] == ["level", "4.1.3", "Implementation"] for line in lines)


def test_json_without_a_source() -> None:
    done = run("--without", "experts", "--format", "json")
    found = json.loads(done.stdout)
    assert found["format"] == "clustermark-robustness/1"
    assert [source["source"] for source in found["sources"] if not source["on"]] == ["experts"]
    assert found["levels"][1]["probability"] > 0.95


@pytest.mark.slow
def test_a_place_among_peers_passes_the_gate_and_is_noted(tmp_path: Path) -> None:
    write_demo_data(tmp_path, clusters=300, seed=4)
    done = run("--portfolio", str(tmp_path), "--by", "sector", "--format", "json")
    assert done.returncode == 0, done.stderr
    position = json.loads(done.stdout)["position"]
    assert position["place"]["shown"]
    assert position["group"] == "sector Health and medical science"
    notes = (tmp_path / "portfolio.ledger.jsonl").read_text(encoding="utf-8")
    assert '"group":"sector=health"' in notes.replace(" ", "")
    # nobody else of the portfolio is in what is printed, and the edition is told once
    assert "S00" not in done.stdout + done.stderr
    again = run("--portfolio", str(tmp_path), "--by", "sector", "--format", "json")
    assert again.stdout == done.stdout
    assert (tmp_path / "portfolio.ledger.jsonl").read_text(encoding="utf-8") == notes


def test_options_about_peers_need_a_portfolio() -> None:
    done = run("--by", "sector", "--ledger", "l.jsonl")
    assert done.returncode == 1
    assert [line.split(":")[1] for line in done.stderr.splitlines()[:2]] == [" --by", " --ledger"]


def test_an_unknown_source_is_one_message() -> None:
    done = run("--without", "weather")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "error: --without: There is no such source of doubt. Found: weather. Allowed: experts, measurement, missing, thresholds, weights.",
        "1 error",
    ]
