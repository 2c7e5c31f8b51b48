"""Commands are built when they are called, and a command loads nothing that only others use."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import typer.main
from typer.testing import CliRunner

from clustermark.cli.app import app
from clustermark.cli.commands import HOMES, Commands
from clustermark.ground.version import VERSION
from tests.builders import ROOT


def test_a_command_is_built_when_it_is_asked_for_and_once() -> None:
    commands = Commands(dict.fromkeys(HOMES))
    assert list(commands) == list(HOMES)
    assert set(commands.data.values()) == {None}
    first = commands["demo-data"]
    assert first.name == "demo-data"
    assert commands["demo-data"] is first
    assert [name for name, built in commands.data.items() if built is not None] == ["demo-data"]
    assert "demo_data" not in commands
    with pytest.raises(KeyError):
        commands["demo_data"]


def test_every_command_is_built_under_its_name() -> None:
    group = typer.main.get_command(app)
    assert {name: command.name for name, command in group.commands.items()} == {name: name for name in HOMES}  # type: ignore[attr-defined]  # typer types a group as a command
    assert set(group.commands["scheme"].commands) >= {"list", "show", "check", "diff"}  # type: ignore[attr-defined]  # as above


def test_the_help_names_every_command_and_a_wrong_one_is_told() -> None:
    runner = CliRunner()
    text = runner.invoke(app, ["--help"]).stdout
    assert "scheme and dossier in, scorecard and report out" in " ".join(text.split())
    for name in HOMES:
        assert name in text
    wrong = runner.invoke(app, ["asses"])
    assert wrong.exit_code == 2
    assert "assess" in wrong.stderr


def test_assess_loads_no_parser_and_no_other_command() -> None:
    program = """
import sys
from clustermark.cli.app import main
main_code = 0
try:
    main()
except SystemExit as done:
    main_code = done.code
heavy = ("yaml", "sqlglot", "babel", "scipy", "openpyxl", "xlsxwriter", "docx", "docxtpl", "typst", "vl_convert", "rich")
print(main_code, [name for name in heavy if name in sys.modules])
print(sorted(name for name in sys.modules if name.startswith("clustermark.cli.")))
"""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, "assess", "examples/oka-valley", "--scheme", "ecei-silver-2017"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=True,
        text=True,
    )
    *_scorecard, heavy, loaded = done.stdout.splitlines()
    assert heavy == "0 []"
    names = ("app", "assess", "commands", "output", "scorecard_table", "tables")
    assert loaded == str([f"clustermark.cli.{name}" for name in names])


def test_the_version_is_told() -> None:
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.stdout) == (0, f"{VERSION}\n")
