"""`clustermark scheme …` as a person runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clustermark.schemes.scheme import Scheme, shipped

GOLD = "ecei-gold-2013"


def run(*arguments: str | Path, columns: int = 100) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "clustermark.cli.app", "scheme", *map(str, arguments)]
    source = Path(__file__).parents[2] / "src"
    return subprocess.run(  # noqa: S603 - our own command
        command,
        capture_output=True,
        text=True,
        check=False,
        env={"COLUMNS": str(columns), "PYTHONPATH": str(source), "PYTHONIOENCODING": "utf-8"},
    )


def test_list_names_every_shipped_scheme() -> None:
    done = run("list")
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()[1:]] == list(shipped())


@pytest.mark.parametrize("columns", [80, 120])
def test_show_fits_the_terminal_and_marks_examples(columns: int) -> None:
    done = run("show", GOLD, columns=columns)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= columns
    [row] = [line for line in done.stdout.splitlines() if line.startswith("2.5 ")]
    assert "20 35 50 65 80°" in " ".join(row.replace("·", " ").split())
    assert "35° !" in row
    assert "Direct personal contacts" in row
    assert "° example" in done.stdout


def test_show_speaks_the_language_asked_for() -> None:
    assert "Exzellenz im Clustermanagement" in run("show", GOLD, "--lang", "de").stdout


def test_check_says_what_a_scheme_holds() -> None:
    scheme = Scheme.load(GOLD)
    done = run("check", GOLD)
    assert done.returncode == 0
    assert "31 indicators" in done.stdout
    assert "example" in done.stdout
    assert scheme.digest in done.stdout
    assert run("digest", GOLD).stdout.strip() == scheme.digest


def test_check_tells_all_problems_with_their_lines(tmp_path: Path) -> None:
    text = (Path(Scheme.load.__code__.co_filename).parent / "library" / f"{GOLD}.yaml").read_text("utf-8")
    wrong = text.replace("unit: percent", "unit: per_cent", 2)
    (tmp_path / "wrong.yaml").write_text(wrong, encoding="utf-8")
    done = run("check", tmp_path / "wrong.yaml")
    assert done.returncode == 1
    lines = [str(n) for n, line in enumerate(wrong.splitlines(), start=1) if "unit: per_cent" in line]
    for line in lines:
        assert f"wrong.yaml, row {line}, " in done.stderr
    assert "2 errors" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_excel_and_back_and_no_difference(tmp_path: Path) -> None:
    book, back = tmp_path / "gold.xlsx", tmp_path / "gold.yaml"
    assert run("to-excel", GOLD, book).returncode == 0
    done = run("to-yaml", book, back)
    assert done.returncode == 0, done.stderr
    assert "identical" in run("diff", GOLD, back).stdout
    assert "in order" in run("check", book).stdout
    back.write_text(back.read_text("utf-8").replace("required: 35", "required: 40"), encoding="utf-8")
    told = run("diff", GOLD, back).stdout
    assert "2.5 Direct personal contacts" in told
    assert "required value: 35 → 40" in told
    assert told.endswith("1 difference\n")


def test_an_existing_file_is_replaced_only_on_request(tmp_path: Path) -> None:
    out = tmp_path / "gold.xlsx"
    out.write_bytes(b"mine")
    refused = run("to-excel", GOLD, out)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert out.read_bytes() == b"mine"
    assert run("to-excel", GOLD, out, "--force").returncode == 0
    assert out.read_bytes() != b"mine"


def test_schema_prints_what_is_published() -> None:
    published = Path(__file__).parents[2] / "docs" / "schemas" / "scheme.json"
    assert run("schema").stdout == published.read_text(encoding="utf-8")


def test_an_unknown_scheme_is_told_without_a_traceback() -> None:
    done = run("show", "no-such-scheme")
    assert done.returncode == 1
    assert GOLD in done.stderr
    assert "Traceback" not in done.stderr
