"""The commands of the register and its log, as a person types them."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from typer.testing import CliRunner

from clustermark.certificates.keys import new_keys
from clustermark.certificates.signer import Issuer
from clustermark.cli.app import app
from clustermark.ground.problems import ProblemsError
from clustermark.transparency.checkpoint import (
    Checkpoint,
    VerifierKey,
    read_checkpoint,
    read_key,
    sign_checkpoint,
)
from clustermark.transparency.merkle import Tree
from tests.builders import ROOT

REGISTER = ROOT / "examples/register/synthetic-2017.json"
CASE = ROOT / "examples/register/synthetic-2017-case.json"
EXTRACT = ROOT / "examples/register/label-register-extract.csv"
DAY = ["--as-of", "2017-11-15"]
PASSPHRASE = "nine calm herons wade"  # noqa: S105 - of keys that live for one test


def run(*arguments: object) -> str:
    """What a command writes; it must end well."""
    result = CliRunner().invoke(app, [str(item) for item in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*arguments: object) -> list[str]:
    """The codes of the problems that a command ends with."""
    with pytest.raises(ProblemsError) as error:
        CliRunner().invoke(app, [str(item) for item in arguments], catch_exceptions=False)
    return [problem.code for problem in error.value.problems]


def test_statistics_as_a_table_json_csv_and_parquet(tmp_path: Path) -> None:
    table = run("register", "statistics", REGISTER, *DAY, "--kind", "holders", "--lang", "en")
    assert table.startswith("Holders, 15 November 2017: 792\n")
    assert "Synthetic sample: every holder" in table
    document = json.loads(run("register", "statistics", REGISTER, *DAY, "--by", "level", "--format", "json"))
    assert document["register"]["licence"] == "CC0-1.0"
    groups = {group["key"]: group["value"] for group in document["statistic"]["groups"]}
    assert sum(groups.values()) == document["statistic"]["value"] == len(document["statistic"]["rows"])
    path = tmp_path / "rows.parquet"
    lately = [
        "--kind",
        "awarded",
        "--level",
        "bronze",
        "--country",
        "Russia",
        "--from",
        "2015-11-16",
        "--until",
        "2017-11-15",
    ]
    written = run(
        "register", "statistics", REGISTER, *DAY, *lately, "--rows", "--format", "csv", "--parquet", path
    )
    assert len(list(csv.DictReader(io.StringIO(written)))) == 5
    with duckdb.connect() as engine:
        assert engine.execute("select count(*) from read_parquet(?)", [str(path)]).fetchone() == (5,)
    for kind in ("renewals", "time_in_process"):
        assert json.loads(run("register", "statistics", REGISTER, *DAY, "--kind", kind, "--format", "json"))


def test_the_place_and_the_holders() -> None:
    place = ["register", "place", REGISTER, "RU-201711-001", *DAY, "--lang", "en"]
    assert run(*place, "--in", "sector", "--in", "continent").splitlines()[0].endswith(": 9")
    assert run(*place, "--in", "country").splitlines()[0].endswith(": 1")
    held = run(
        "register", "holders", REGISTER, "--on", "2017-11-15", "--holder", "oka-valley", "--lang", "en"
    )
    assert held.startswith("2 certificates in force on 15 November 2017\n")
    document = json.loads(
        run("register", "holders", REGISTER, "--on", "2017-11-15", "--country", "RU", "--format", "json")
    )
    assert len(document["rows"]) == 6
    assert refused("register", "holders", REGISTER, "--country", "Atlantis") == ["country-unknown"]
    assert refused("register", "holders", REGISTER, "--continent", "Europe") == ["continent-unknown"]
    void = next(
        act["certificate"] for act in json.loads(REGISTER.read_text())["acts"] if act["kind"] == "void"
    )
    assert refused("register", "place", REGISTER, void, *DAY) == ["not-placed"]


def test_what_the_register_does_not_know_widens_no_place(tmp_path: Path) -> None:
    listed, out = tmp_path / "list.csv", tmp_path / "register.json"
    listed.write_text("name,level,number,year\nA,gold,S-1,2015\n", encoding="utf-8")
    run("register", "import", listed, "--out", out)
    assert refused("register", "place", out, "S-1", "--in", "country", "--in", "sector") == [
        "not-known",
        "not-known",
    ]
    assert run("register", "place", out, "S-1", "--lang", "en").splitlines()[0].endswith(": –")


def test_what_is_due_and_who_is_drawn() -> None:
    span = ["--from", "2019-10-31", "--until", "2019-10-31", "--level", "silver"]
    due = run("register", "due", REGISTER, "--scheme", "ecei-silver-2017", *span, "--lang", "en")
    assert "RU-201711-001  Oka Valley Pharma Cluster  last day" in due
    lot = [
        "register",
        "draw",
        REGISTER,
        "--scheme",
        "ecei-silver-2017",
        *DAY,
        "--year",
        "2017",
        "--level",
        "silver",
    ]
    assert run(*lot, "--seed", "a") == run(*lot, "--seed", "a") != run(*lot, "--seed", "b")
    assert refused(*lot[:4], "tai-2001", *lot[5:], "--seed", "a") == ["surveillance-missing"]


def test_the_import_is_a_dry_run_until_told_where_to_write(tmp_path: Path) -> None:
    dry = run("register", "import", EXTRACT, "--unofficial", "--lang", "en")
    assert "184 awards can be entered." in dry
    assert "4 awards may be entered twice:" in dry
    assert "Nothing was written" in dry
    out = tmp_path / "register.json"
    assert refused("register", "import", EXTRACT, "--unofficial", "--out", out) == ["duplicates"]
    assert not out.exists()
    run("register", "import", EXTRACT, "--unofficial", "--out", out, "--duplicates", "keep")
    document = json.loads(out.read_text(encoding="utf-8"))
    assert document["notice"].startswith("Unofficial")
    assert {item["mark"] for item in document["certificates"]} == {"unofficial"}
    again = run("register", "import", EXTRACT, "--into", out, "--lang", "en")
    assert "184 awards may be entered twice:" in again


def test_the_announcement_is_written_in_every_form(tmp_path: Path) -> None:
    told = run("register", "announce", REGISTER, "RU-201711-001", CASE, *DAY, "--lang", "en")
    assert "It is the 9th [4] silver certificate in Europe" in told
    files = [tmp_path / name for name in ("draft.docx", "draft.html", "draft.json")]
    outs = [part for path in files for part in ("--out", path)]
    run("register", "announce", REGISTER, "RU-201711-001", CASE, *DAY, *outs, "--lang", "ru")
    assert files[0].read_bytes().startswith(b"PK")
    assert "9-й" in files[1].read_text(encoding="utf-8")
    assert json.loads(files[2].read_text(encoding="utf-8"))["language"] == "ru"
    ask = ["register", "announce", REGISTER, "RU-201711-001", CASE]
    assert refused(*ask, *DAY, "--out", tmp_path / "draft.pdf") == ["report-ending-unknown"]
    assert refused(*ask, "--as-of", "2026-01-01") == ["not-in-force"]
    assert refused(*ask[:4], REGISTER, *DAY) == ["case-form"]
    assert refused(*ask[:4], tmp_path / "none.json", *DAY) == ["file-unreadable"]


def test_the_log_of_a_register_has_an_entry_an_act() -> None:
    lines = run("log", "entries", REGISTER).splitlines()
    assert len(lines) == len(json.loads(REGISTER.read_text(encoding="utf-8"))["acts"])
    assert json.loads(lines[0])["format"] == "clustermark-register-entry/1"


@pytest.fixture
def logged(tmp_path: Path) -> dict[str, Path]:
    """A log of ten entries, a copy of its first six, and checkpoints of both."""
    secret = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    key = VerifierKey("log.example", secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    entries = [f'{{"entry": {n}}}'.encode() for n in range(10)]
    files = {name: tmp_path / name for name in ("log", "kept", "old", "new", "key", "entry", "proof")}
    files["log"].write_bytes(b"".join(entry + b"\n" for entry in entries))
    files["kept"].write_bytes(b"".join(entry + b"\n" for entry in entries[:6]))
    files["entry"].write_bytes(entries[3] + b"\n")
    files["key"].write_text(str(key) + "\n", encoding="utf-8")
    for name, size in (("old", 6), ("new", 10)):
        point = Checkpoint("log.example", size, Tree(entries[:size]).root())
        files[name].write_text(sign_checkpoint(point, key, secret.sign), encoding="utf-8")
    return files


def test_proofs_are_written_and_checked(logged: dict[str, Path]) -> None:
    proof = logged["proof"]
    proof.write_text(run("log", "inclusion", logged["log"], 3), encoding="utf-8")
    signed = ["--checkpoint", logged["new"], "--key", logged["key"]]
    told = run("log", "check", proof, "--entry", logged["entry"], *signed, "--lang", "en")
    assert told == "The proof holds.\n"
    assert "Not checked: whether the log signed" in run("log", "check", proof, "--lang", "en")
    assert refused("log", "check", proof, "--entry", logged["kept"]) == ["proof-entry"]
    assert refused("log", "check", proof, "--checkpoint", logged["old"], "--key", logged["key"]) == [
        "proof-checkpoint"
    ]
    assert refused("log", "check", proof, "--checkpoint", logged["old"]) == ["key-missing"]
    proof.write_text(proof.read_text(encoding="utf-8").replace('"index": 3', '"index": 4'), encoding="utf-8")
    assert refused("log", "check", proof) == ["proof-false"]
    proof.write_text(run("log", "consistency", logged["log"], 6), encoding="utf-8")
    assert (
        run("log", "check", proof, *signed, "--lang", "en")
        == "The proof holds: nothing before was rewritten.\n"
    )
    assert refused("log", "check", logged["entry"]) == ["proof-form"]
    assert refused("log", "inclusion", logged["log"], 10) == ["log-size"]
    assert refused("log", "consistency", logged["log"], 0) == ["log-size"]
    assert refused("log", "consistency", logged["log"], 3, "--later", 11) == ["log-size"]


def test_the_monitor_names_what_was_rewritten(logged: dict[str, Path]) -> None:
    watch = [
        "log",
        "monitor",
        logged["log"],
        logged["new"],
        logged["old"],
        "--key",
        logged["key"],
        "--lang",
        "en",
    ]
    assert run(*watch).splitlines() == [
        "old: The history stands as it was; 0 entries were added.",
        "new: The history stands as it was; 4 entries were added.",
    ]
    logged["log"].write_bytes(logged["log"].read_bytes().replace(b"2", b"x"))
    with pytest.raises(ProblemsError) as error:
        run(*watch, "--kept", logged["kept"])
    (problem,) = error.value.problems
    assert (problem.code, problem.place.row) == ("log-rewritten", 3)
    assert refused(*watch) == ["log-rewritten"]


def test_the_keeper_signs_checkpoints_and_the_monitor_runs_over_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTERMARK_PASSPHRASE", PASSPHRASE)
    issuer = {"id": "did:web:log.example", "name": {"en": "Log"}}
    issuer |= {"website": "https://log.example/", "check_address": "https://log.example/c/"}
    made = new_keys(Issuer.model_validate(issuer), key="1", passphrase=PASSPHRASE, at=datetime.now(UTC))
    keys, log, folder = tmp_path / "keys.json", tmp_path / "log", tmp_path / "points"
    keys.write_text(made.model_dump_json(), encoding="utf-8")
    signing = ["--keys", keys, "--name", "log.example/log"]
    public = run("log", "key", *signing).strip()
    assert public.startswith("log.example/log+")
    for size in (0, 3, 7, 7, 12):
        log.write_bytes(b"".join(f"entry {n}\n".encode() for n in range(size)))
        told = run("log", "checkpoint", log, *signing, "--out", folder, "--lang", "en")
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{size:012}.checkpoint" for size in (0, 3, 7, 12)
    ]
    assert "Written" in told
    assert "has not grown" in run("log", "checkpoint", log, *signing, "--out", folder, "--lang", "en")
    # what is printed is what is kept: a note that anyone reads with the public key
    printed = run("log", "checkpoint", log, *signing)
    assert read_checkpoint(printed, read_key(public)).size == 12
    assert printed == (folder / "000000000012.checkpoint").read_text(encoding="utf-8")
    watch = ["log", "monitor", log, folder, "--key", public, "--lang", "en"]
    assert [line.rpartition(" ")[0] for line in run(*watch).splitlines()] == [
        "000000000000.checkpoint: The history stands as it was; 0 entries were",
        "000000000003.checkpoint: The history stands as it was; 3 entries were",
        "000000000007.checkpoint: The history stands as it was; 4 entries were",
        "000000000012.checkpoint: The history stands as it was; 5 entries were",
    ]
    # an older key of the same log is named beside the new one
    other = VerifierKey("log.example/log", bytes(range(32)))
    assert run(*watch[:-4], "--key", str(other), *watch[-4:]) == run(*watch)
    assert refused(*watch[:4], "--key", str(other)) == ["note-unsigned"]
    # rewritten after the checkpoint of 3 entries: found at 7, and the keeper refuses to sign the same size anew
    log.write_bytes(log.read_bytes().replace(b"entry 5", b"entry x"))
    with pytest.raises(ProblemsError) as error:
        run(*watch)
    (problem,) = error.value.problems
    assert (problem.code, problem.found) == ("log-not-the-log", "000000000007.checkpoint")
    assert refused("log", "checkpoint", log, *signing, "--out", folder) == ["log-rewritten"]
    log.write_bytes(b"entry 0\n")
    assert refused(*watch) == ["log-incomplete"]
    assert refused("log", "monitor", log, tmp_path / "keys.json", "--key", public) == ["note-form"]
    (tmp_path / "none").mkdir()
    assert refused("log", "monitor", log, tmp_path / "none", "--key", public) == ["checkpoints-none"]
    assert refused("log", "checkpoint", log) == ["keys-unsaid"]
    assert refused("log", "checkpoint", log, "--keys", keys, "--name", "a log") == ["log-key"]
