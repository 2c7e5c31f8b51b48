"""The tours of the README and of docs/register.md are what the commands print, and the Python of the README runs."""

from __future__ import annotations

import re
import shlex

import pytest
from typer.testing import CliRunner

from clustermark.cli.app import app
from tests.builders import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def steps() -> list[tuple[str, str]]:
    """The commands of the tour with the output that is shown for each."""
    found = []
    register = (ROOT / "docs/register.md").read_text(encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", README + register, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _newline, shown = part.partition("\n")
            found.append((command, shown))
    return found


@pytest.mark.parametrize(("command", "shown"), steps())
def test_the_tour_shows_what_the_commands_print(
    command: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    printed = CliRunner().invoke(app, shlex.split(command)[1:], catch_exceptions=False).stdout
    printed = printed.replace("\u00a0", " ").replace("\u202f", " ")  # spaces that do not break
    position = 0
    for piece in re.split(r"^…\n", shown, flags=re.MULTILINE):
        at = printed.find(piece, position)
        assert at >= 0, f"not in the output of {command}:\n{piece}\n---\n{printed}"
        position = at + len(piece)


def test_the_three_lines_of_python_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    code = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0]
    exec(code, {})
    expected = re.findall(r"# (.+)\n", code)[-1]
    assert capsys.readouterr().out.strip() == expected


@pytest.mark.parametrize("page", ["improvement", "robustness"])
def test_the_first_python_of_a_method_runs(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / f"docs/{page}.md").read_text(encoding="utf-8")
    exec(re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0], {})


def test_every_page_named_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
