"""Where the output goes: a full disk, a pipe, a terminal that does not know every sign."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import ROOT

PROGRAM = (sys.executable, "-c", "from clustermark.cli.app import run; run()")
OKA = ROOT / "examples" / "oka-valley"
REGISTER = ROOT / "examples" / "register" / "synthetic-2017.json"
FULL = Path("/dev/full")


def program(**settings: str) -> dict[str, str]:
    """The environment of the program as a process of its own."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8", **settings}


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
def test_a_full_disk_behind_standard_output_is_told() -> None:
    for words in (("scheme", "list"), ("log", "entries", str(REGISTER))):
        with FULL.open("w") as full:
            done = subprocess.run(  # noqa: S603 - our own program
                [*PROGRAM, *words], env=program(), stdout=full, stderr=subprocess.PIPE, check=False, text=True
            )
        assert (done.returncode, done.stderr) == (
            1,
            "error: clustermark: The system refuses this: No space left on device.\n1 error\n",
        )


def test_files_and_pipes_get_utf_8_whatever_the_terminal_knows() -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [*PROGRAM, "scheme", "show", "ecei-bronze-2019", "--lang", "ru"],
        env=program(PYTHONIOENCODING="latin-1"),
        capture_output=True,
        check=True,
    )
    assert "бронзовый уровень" in done.stdout.decode("utf-8")


def test_the_name_of_a_file_that_is_no_utf_8_goes_out_as_it_came_in(tmp_path: Path) -> None:
    name = b"Ma\xdfstab.xlsx"
    for code, words in ((0, (b"to-excel", b"ecei-bronze-2019", name)), (1, (b"check", b"none-" + name))):
        done = subprocess.run(  # noqa: S603 - our own program
            [*PROGRAM, "scheme", *words],
            cwd=tmp_path,
            env=program(LC_ALL="en_US.UTF-8"),
            capture_output=True,
            check=False,
        )
        assert (done.returncode, name in (done.stderr if code else done.stdout)) == (code, True), done


def test_a_terminal_shows_a_question_mark_for_what_it_does_not_know() -> None:
    leader, terminal = pty.openpty()
    done = subprocess.Popen(  # noqa: S603 - our own program
        [*PROGRAM, "scheme", "list", "--lang", "de"],
        env=program(PYTHONIOENCODING="latin-1"),
        stdout=terminal,
        stderr=subprocess.PIPE,
    )
    os.close(terminal)
    shown = b""
    try:
        while part := os.read(leader, 65_536):
            shown += part
    except OSError:  # how Linux tells that nobody writes to the terminal any more
        pass
    assert done.communicate()[1] == b""
    assert done.returncode == 0
    assert re.search("[äöü]", shown.decode("latin-1"))
    assert b"?" in shown


def test_a_scheme_in_json_on_a_pipe_stays_json() -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [*PROGRAM, "assess", str(OKA), "--scheme", "ecei-silver-2017", "--lang", "ru", "--format", "json"],
        env=program(PYTHONIOENCODING="ascii"),
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["level"] == "silver"
