"""The command line speaks the language asked for, else that of the environment, else English."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from clustermark.cli.app import app, language_of, main
from clustermark.ground.texts import Language
from tests.builders import MINI

Run = Callable[..., tuple[str, str]]
OKA = Path(__file__).parents[2] / "examples" / "oka-valley"
JSON_ONLY = {"scheme schema", "dossier schema"}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*words: str | Path, environment: dict[str, str] | None = None) -> tuple[str, str]:
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.setenv(name, (environment or {}).get(name, ""))
        monkeypatch.setattr(sys, "argv", ["clustermark", *map(str, words)])
        with pytest.raises(SystemExit):
            main()
        out = capsys.readouterr()
        return out.out, out.err

    return command


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "ru"}, "ru"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "ru_RU", "LC_ALL": ""}, "ru"),
    ],
)
def test_language_of_the_environment(environment: dict[str, str], language: Language) -> None:
    assert language_of(environment) == language


def test_every_command_that_prints_texts_takes_a_language() -> None:
    without = {
        name
        for name, command in leaves(typer.main.get_command(app))
        if "--lang" not in {option for item in command.params for option in item.opts}
        # whoever looks after a site is spoken to in the language of its machine
        and not name.startswith(("site ", "worker"))
    }
    assert without == JSON_ONLY


def leaves(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every command with its words."""
    if not hasattr(command, "commands"):
        yield name, command
        return
    for part in command.commands.values():
        yield from leaves(part, f"{name} {part.name}".strip())


def test_the_option_wins_over_the_environment(run: Run) -> None:
    german = {"LANG": "de_DE.UTF-8"}
    assert run("scheme", "check", "ecei-gold-2013", environment=german)[0].startswith(
        "ecei-gold-2013.yaml: Das Schema ecei-gold-2013 ist in Ordnung.\n"
    )
    assert "is in order" in run("scheme", "check", "ecei-gold-2013", "--lang", "en", environment=german)[0]
    assert "is in order" in run("scheme", "check", "ecei-gold-2013")[0]


def test_a_problem_is_told_in_one_language_from_end_to_end(run: Run, tmp_path: Path) -> None:
    said = run("assess", tmp_path / "none", "--scheme", "ecei-gold-2013", "--lang", "de")[1]
    assert said == (
        f"Fehler: {tmp_path / 'none'}: Unter diesem Pfad gibt es kein Dossier. Erlaubt: ein Ordner mit Dateien "
        "TABELLE.csv, ein .zip davon oder eine Arbeitsmappe .xlsx.\n1 Fehler\n"
    )


@pytest.mark.parametrize(
    "broken",
    [
        ('version: "1"', "version: 1"),
        ("languages: [en]", "languages: [fr]"),
        ("languages: [en]", "languages: en"),
        ("owner: {name: Test owner}", "owner: none"),
        ("min_peers: 5", "min_peers: 1"),
        ("    measure: 100 * contacted / committed\n", ""),
        ("required: 35", "required: much"),
        ("required: 35", "required: .inf"),
        ("required: 35", "required: 35.12345678901234567"),
        ("notice: {en: Example values only.}", "notice: {}"),
        ("    unit: percent\n", "    unit: percent\n    decimals: 1.5\n"),
        ("    unit: percent\n", "    unit: percent\n    decimals: 7\n"),
        ("    unit: percent\n", "    unit: percent\n    minimum: perhaps\n"),
    ],
)
def test_a_wrong_shape_is_told_without_english(run: Run, tmp_path: Path, broken: tuple[str, str]) -> None:
    before, after = broken
    assert before in MINI
    (tmp_path / "own.yaml").write_text(MINI.replace(before, after))
    first = run("scheme", "check", tmp_path / "own.yaml", "--lang", "ru")[1].splitlines()[0]
    message = first.split(": ", 2)[2].split(" Найдено: ")[0]
    names = {"measure", "rubric", "checklist", "true", "false", "en", "ru", "de", "e", "E"}
    assert set(re.findall("[A-Za-z]+", message)) <= names, first
    assert re.search("[а-я]{4}", message), first


def test_numbers_and_dates_follow_the_language(run: Run) -> None:
    shown = run("assess", OKA, "--scheme", "ecei-gold-2013", "--as-of", "2025-10-26", "--lang", "de")[0]
    assert "Stichtag 26. Oktober 2025" in shown
    assert re.search(r"Punkte +\d+ von 150 \(\d+,\d %\)", shown)
    assert not re.search(r"\d\.\d+ %", shown)


@pytest.mark.parametrize(("language", "distance"), [("en", "12.5"), ("ru", "12,5"), ("de", "12,5")])
def test_records_of_an_explanation_write_decimals_as_the_language_does(
    language: str, distance: str, run: Run
) -> None:
    shown = run("explain", OKA, "1.2", "--scheme", "ecei-gold-2013", "--lang", language)[0]
    row = next(
        line for line in shown.splitlines() if "P043" in line and distance[:2] in line.split("P043")[1]
    )
    assert distance in row.split()
