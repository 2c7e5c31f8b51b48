"""`clustermark explain` as a person runs it."""

from __future__ import annotations

from typer.testing import CliRunner

from clustermark.cli.app import app
from tests.builders import ROOT


def run(*arguments: str) -> list[str]:
    done = CliRunner().invoke(
        app, ["explain", str(ROOT / "examples/oka-valley"), *arguments], catch_exceptions=False
    )
    return done.stdout.splitlines()


def test_gold_is_explained_where_no_scheme_is_named() -> None:
    assert run("2.5") == run("2.5", "--scheme", "ecei-gold-2013")
    assert run("2.5")[1] == "Cluster Management Excellence, Gold · consensus · reference date 26 October 2025"


def test_the_records_that_count_are_told_apart_from_those_that_do_not() -> None:
    lines = run("2.5")
    counted = next(line for line in lines if line.endswith("records count"))
    assert counted.split()[0] == "60"
    text = "\n".join(lines)
    assert "100 × 39 ÷ 60 = 65. Band 4 of 5 (from 65 %). Required value 35 %: met, 2 bands above." in text
    assert "Band 5 needs 80 %: 15 more than now." in text
    assert "already counted" in text
    assert "not documented" in text


def test_a_rated_indicator_shows_every_voice_and_the_next_step() -> None:
    text = "\n".join(run("4.1.3"))
    for said in ("Anna Keller: 3", "Luca Ferrero: 2", "Consensus: 3"):
        assert said in text
    assert "Check: 100 × 22 ÷ 26 = 84.6154." in text
    assert "Described as: As 3, with at least 75 %" in text
