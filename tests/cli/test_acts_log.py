"""`clustermark log verify FILE`: an exported log is checked without a database."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from clustermark.casework.log import GENESIS, LogEntry
from clustermark.cli.log import app
from clustermark.ground.problems import ProblemsError

COMPARE = "Compare the head with the one you know (--head): it shows whether entries were cut off."


def chain(length: int) -> list[str]:
    lines, previous = [], GENESIS
    for number in range(1, length + 1):
        entry = LogEntry(
            number=number,
            at=f"2026-06-01T00:00:{number:02}.000000Z",
            actor="user:1",
            role="cluster",
            act="submit",
            subject="case:1",
            previous=previous,
        )
        previous = entry.hash
        lines.append(entry.to_line())
    return lines


def head_of(line: str) -> str:
    return line.split('"hash": "')[1][:64]


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    file = tmp_path / "log.jsonl"
    file.write_text("\n".join(chain(4)) + "\n", encoding="utf-8")
    return file


def verify(*arguments: str) -> tuple[int, str, list[tuple[str, int | None]]]:
    done = CliRunner().invoke(app, ["verify", *arguments])
    problems = done.exception.problems if isinstance(done.exception, ProblemsError) else []
    return done.exit_code, done.stdout, [(one.code, one.place.row) for one in problems]


def test_a_sound_log(exported: Path) -> None:
    head = head_of(chain(4)[-1])
    assert verify(str(exported)) == (
        0,
        f"The log holds: 4 entries. Its head is {head}.\n{COMPARE}\n",
        [],
    )
    assert verify(str(exported), "--head", head) == (
        0,
        f"The log holds: 4 entries. Its head is {head}.\n",
        [],
    )


def test_a_changed_entry(exported: Path) -> None:
    exported.write_text(
        exported.read_text().replace('"number": 3', '"number": 3').replace("00:00:03", "00:00:13")
    )
    assert verify(str(exported))[::2] == (1, [("log-changed", 3)])


def test_a_removed_entry(exported: Path) -> None:
    lines = exported.read_text().splitlines()
    exported.write_text("\n".join(lines[:1] + lines[2:]))
    assert verify(str(exported))[2] == [("log-missing", 3), ("log-broken", 3)]


def test_a_cut_end_with_the_known_head(exported: Path) -> None:
    lines = exported.read_text().splitlines()
    exported.write_text("\n".join(lines[:3]))
    assert verify(str(exported))[0] == 0
    assert verify(str(exported), "--head", head_of(lines[3]))[::2] == (1, [("log-cut", 3)])


def test_what_is_no_log(tmp_path: Path) -> None:
    assert verify(str(tmp_path / "none"))[::2] == (1, [("log-not-read", None)])
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"\xff\xfe")
    assert verify(str(file))[::2] == (1, [("log-not-read", None)])
    file.write_text("hello")
    assert verify(str(file))[::2] == (1, [("log-unreadable", 1)])
