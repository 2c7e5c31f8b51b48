"""What people get wrong on the command line ends in one clear message: never a traceback, nothing overwritten unseen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from clustermark.certificates.status_file import StatusFile
from clustermark.cli.app import main
from tests.builders import MINI, ROOT
from tests.certificates.material import ISSUER, PLACE

Run = Callable[..., tuple[int, str, str]]
OKA = ROOT / "examples" / "oka-valley"
REGISTER = ROOT / "examples" / "register" / "synthetic-2017.json"
CASE = ROOT / "examples" / "register" / "synthetic-2017-case.json"
NUMBER = "RU-201711-001"
AWARD = ("register", "announce", REGISTER, NUMBER, CASE, "--as-of", "2017-11-15")
PROGRAM = (sys.executable, "-c", "from clustermark.cli.app import run; run()")
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def command(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["clustermark", *map(str, words)])
        with pytest.raises(SystemExit) as done:
            main()
        out = capsys.readouterr()
        return int(done.value.code or 0), out.out, out.err

    return command


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("statistics", REGISTER, "--as-of"), "--as-of"),
        (("statistics", REGISTER, "--from"), "--from"),
        (("statistics", REGISTER, "--until"), "--until"),
        (("holders", REGISTER, "--on"), "--on"),
        (("holders", REGISTER, "--known-on"), "--known-on"),
        (("due", REGISTER, "--scheme", "ecei-silver-2017", "--until", "2017-01-01", "--from"), "--from"),
        (("due", REGISTER, "--scheme", "ecei-silver-2017", "--from", "2017-01-01", "--until"), "--until"),
    ],
)
def test_a_wrong_date_is_told_with_the_option_that_states_it(
    words: tuple[str | Path, ...], option: str, run: Run
) -> None:
    code, _out, said = run("register", *words, "2026-13-01")
    assert (code, said) == (
        1,
        f"error: {option}: This is not a date. Found: 2026-13-01. Allowed: YYYY-MM-DD.\n1 error\n",
    )


def test_a_wrong_day_of_a_visit_is_told_as_such(run: Run) -> None:
    code, card, _said = run(
        "assess", OKA, "--scheme", "ecei-silver-2017", "--as-of", "2025-10-26", "--format", "json"
    )
    assert code == 0
    Path("card.json").write_text(card, encoding="utf-8")
    words = ("register", "announce", REGISTER, NUMBER, "card.json", "--as-of", "2017-11-15", "--visited")
    code, _out, said = run(*words, "2017-10-24", "26.10.2017")
    assert (code, said.splitlines()[0]) == (
        1,
        "error: --visited: This is not a date. Found: 26.10.2017. Allowed: YYYY-MM-DD.",
    )
    code, _out, said = run(*words, "2017-10-26", "2017-10-24")
    assert (code, said.splitlines()[0]) == (
        1,
        "error: --visited: The visit cannot end before it begins. Found: 2017-10-26 2017-10-24.",
    )


@needs_full
@pytest.mark.parametrize(
    ("words", "refused"),
    [
        (("scheme", "to-yaml", "scheme.xlsx", FULL, "--force"), FULL),
        (("scheme", "to-excel", "ecei-bronze-2019", FULL, "--force"), FULL),
        (("log", "checkpoint", "entries.log", "--keys", "keys.json", "--name", "a.example/log", "--out", "file"), "file"),
        (("robustness", OKA, "--scheme", "ecei-silver-2017", "--draws", "2", "--force", "--write-draws", FULL), FULL),
        (("certificate", "publish", "--status", "status.json", "--keys", "keys.json", "--out", "full"), "full/revocation.jwt"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_told(
    words: tuple[str | Path, ...], refused: str | Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTERMARK_PASSPHRASE", "a passphrase for tests")
    assert run("scheme", "to-excel", "ecei-bronze-2019", "scheme.xlsx")[0] == 0
    Path("entries.log").write_text("one\n", encoding="utf-8")
    Path("file").write_text("kept", encoding="utf-8")
    Path("full").mkdir()
    Path("full/revocation.jwt").symlink_to(FULL)
    _issuer()
    new = ("certificate", "keys", "new", "keys.json", "--issuer", "issuer.json", "--key-document", "did.json")
    assert run(*new)[0] == 0
    code, _out, said = run(*words)
    first = said.splitlines()[0]
    assert (code, first.startswith(f"error: {refused}: This cannot be written. Found: ")) == (1, True), said
    assert Path("file").read_text(encoding="utf-8") == "kept"


@needs_full
@pytest.mark.parametrize("ending", [".html", ".json", ".docx"])
def test_a_draft_that_cannot_be_written_is_told(ending: str, run: Run) -> None:
    Path(f"draft{ending}").symlink_to(FULL)
    code, _out, said = run(*AWARD, "--force", "--out", f"draft{ending}")
    assert (code, said) == (
        1,
        f"error: draft{ending}: This cannot be written. Found: No space left on device.\n1 error\n",
    )


def _issuer() -> None:

    Path("issuer.json").write_text(ISSUER.model_dump_json(), encoding="utf-8")
    states = StatusFile(revocation_list=PLACE.revocation_list, suspension_list=PLACE.suspension_list)
    Path("status.json").write_text(states.to_json(), encoding="utf-8")


def test_a_name_that_no_system_takes_is_told(run: Run) -> None:
    name = "x" * 300
    for words in (("scheme", "check", name), ("dossier", "check", name), ("log", "verify", name)):
        code, _out, said = run(*words)
        assert code == 1
        assert "File name too long" in said or "There is no such scheme" in said


def test_a_file_that_exists_is_not_told_to_be_replaced_where_nothing_replaces_it(run: Run) -> None:
    Path("rows.parquet").write_text("kept", encoding="utf-8")
    code, out, said = run("register", "statistics", REGISTER, "--parquet", "rows.parquet")
    assert (code, out, said) == (
        1,
        "",
        "error: rows.parquet: There is something already; nothing is overwritten.\n1 error\n",
    )
    assert Path("rows.parquet").read_text(encoding="utf-8") == "kept"


def test_made_up_data_replace_a_portfolio_only_when_asked_to(run: Run) -> None:
    Path("portfolio.csv").write_text("the only copy\n", encoding="utf-8")
    code, _out, said = run("demo-data", "--out", ".", "--clusters", "5")
    assert (code, said) == (
        1,
        "error: portfolio.csv: The file exists already; --force replaces it.\n1 error\n",
    )
    assert Path("portfolio.csv").read_text(encoding="utf-8") == "the only copy\n"
    assert not Path("README.md").exists()
    assert run("demo-data", "--out", ".", "--clusters", "5", "--force")[0] == 0
    assert Path("portfolio.csv").read_text(encoding="utf-8").startswith("synthetic,")


@pytest.mark.parametrize(
    ("words", "place", "allowed"),
    [
        (("inclusion", "log", "3"), "ENTRY", " Found: 3. Allowed: 0–2."),
        (("inclusion", "log", "2", "--size", "2"), "ENTRY", " Found: 2. Allowed: 0–1."),
        (("inclusion", "log", "0", "--size", "4"), "--size", " Found: 4. Allowed: 1–3."),
        (("consistency", "log", "0"), "EARLIER", " Found: 0. Allowed: 1–3."),
        (("consistency", "log", "3", "--later", "2"), "EARLIER", " Found: 3. Allowed: 1–2."),
        (("inclusion", "none", "0"), "ENTRY", " Found: 0."),
    ],
)
def test_a_proof_outside_the_log_tells_what_there_is(
    words: tuple[str, ...], place: str, allowed: str, run: Run
) -> None:
    Path("log").write_text("a\nb\nc\n", encoding="utf-8")
    Path("none").write_text("", encoding="utf-8")
    code, _out, said = run("log", *words)
    assert code == 1
    assert said == f"error: {words[1]}, {place}: The log does not have so many entries.{allowed}\n1 error\n"


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "ecei-gold-2013", "portfolio.csv", "--seed", "-1"),
        ("register", "statistics", REGISTER, "--kind", "renewals", "--grace-months", "99999999"),
        ("register", "statistics", REGISTER, "--kind", "renewals", "--grace-months", "-1"),
    ],
)
def test_a_number_out_of_range_is_a_wrong_option(words: tuple[str | Path, ...], run: Run) -> None:
    assert run("demo-data", "--out", ".", "--clusters", "30")[0] == 0
    code, out, said = run(*words)
    assert (code, out) == (2, "")
    assert f"Invalid value for '{words[-2]}'" in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[" * 100_000, "row 1: Lists and fields stand too deep in each other here. Allowed: at most 100 deep."),
        ("- " * 100_000, "row 1: Lists and fields stand too deep in each other here. Allowed: at most 100 deep."),
        ("".join(" " * n + "a:\n" for n in range(1500)), "row 101: Lists and fields stand too deep"),
        (MINI.replace("required: 35", "required: " + "9" * 5000), "row 27, indicators[0].required: "),
    ],
)  # fmt: skip
def test_a_scheme_that_no_parser_survives_is_told(content: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "deep.yaml").write_text(content, encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own program, apart: what fails here would end the tests
        [*PROGRAM, "scheme", "check", "deep.yaml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, words in done.stderr, "Traceback" in done.stderr) == (1, True, False), (
        done.stderr[-2000:]
    )


def test_a_workbook_of_a_version_to_come_is_told(run: Run) -> None:
    assert run("scheme", "to-excel", "ecei-bronze-2019", "scheme.xlsx")[0] == 0
    data = bytearray(Path("scheme.xlsx").read_bytes())
    data[data.index(b"PK\x01\x02") + 6] = 235  # the version that is needed to unpack the first entry
    Path("scheme.xlsx").write_bytes(data)
    code, _out, said = run("scheme", "check", "scheme.xlsx")
    assert code == 1
    assert said.startswith("error: scheme.xlsx: This is not an Excel workbook (.xlsx), or it is damaged")
    assert said.splitlines()[0].endswith("Found: zip file version 23.5.")


def test_a_log_with_a_bottomless_line_is_told(run: Run) -> None:
    Path("log").write_text("[" * 100_000, encoding="utf-8")
    code, _out, said = run("log", "verify", "log")
    assert code == 1
    assert said.startswith("error: log, row 1: This line is not an entry of a log. Found: [[[")


def test_a_workbook_in_place_of_a_scheme_file_is_told_as_one(run: Run) -> None:
    assert run("scheme", "to-excel", "ecei-bronze-2019", "scheme.xlsx")[0] == 0
    code, _out, said = run("assess", OKA, "--scheme", "scheme.xlsx")
    assert (code, said) == (
        1,
        (
            "error: scheme.xlsx: This is a workbook, not a scheme file. Allowed: clustermark scheme to-yaml.\n"
            "1 error\n"
        ),
    )


@pytest.mark.parametrize("kind", ["renewals", "time_in_process"])
def test_a_statistic_without_groups_is_not_given_as_if_grouped(kind: str, run: Run) -> None:
    code, out, said = run("register", "statistics", REGISTER, "--kind", kind, "--by", "level")
    assert (code, out) == (1, "")
    assert said.startswith(
        f"error: --by: This statistic has no groups. Found: --kind {kind}. Allowed: in_force,"
    )


def test_a_file_that_is_no_status_list_is_told_and_not_passed_over(run: Run) -> None:
    Path("c.jwt").write_text("a.b.c", encoding="utf-8")
    Path("list.jwt").write_text("no list", encoding="utf-8")
    code, out, said = run("verify", "c.jwt", "--offline", "--status-list", "list.jwt")
    assert (code, out, said) == (
        1,
        "",
        "error: list.jwt: This is not a signed status list. Allowed: .jwt.\n1 error\n",
    )


MEMORY = Path("/proc/self/mem")
"""A file that is there, and that nobody can read from its beginning, not even root."""


@pytest.mark.skipif(not MEMORY.exists(), reason="this system has no such file")
@pytest.mark.parametrize(
    "words",
    [
        ("scheme", "check"),
        ("improve", OKA, "--scheme", "ecei-gold-2013", "--effort"),
        ("certificate", "withdraw", "X", "--status"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(words: tuple[str | Path, ...], run: Run) -> None:
    code, _out, said = run(*words, MEMORY)
    assert (code, said) == (
        1,
        "error: /proc/self/mem: The file cannot be read: Input/output error.\n1 error\n",
    )
