"""`clustermark certificate …` and `clustermark verify`: from keys to a verdict, and what is refused on the way."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from clustermark.certificates import bounded  # noqa: F401 - notes where it is imported from before folders change
from clustermark.certificates.number import CertificateNumber
from clustermark.certificates.status_file import StatusFile
from clustermark.cli.app import app
from clustermark.ground.problems import ProblemsError
from tests.certificates.material import ISSUER, PLACE, record
from tests.certificates.soft_token import CREDENTIAL, DOCUMENT, LABEL, PIN, library

__all__ = ["library"]  # a fixture

TODAY = datetime.now(UTC).date()
NUMBER = str(CertificateNumber("RU", TODAY.year, TODAY.month, 1))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all that an issuer needs, and keys."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLUSTERMARK_PASSPHRASE", "a passphrase for tests")
    sealed = record(
        number=NUMBER, decided_on=str(TODAY), valid_from=str(TODAY), valid_until=f"{TODAY.year + 2}-12-31"
    )
    Path("record.json").write_text(sealed.to_json(), encoding="utf-8")
    Path("issuer.json").write_text(ISSUER.model_dump_json(), encoding="utf-8")
    states = StatusFile(revocation_list=PLACE.revocation_list, suspension_list=PLACE.suspension_list)
    Path("status.json").write_text(states.to_json(), encoding="utf-8")
    run("certificate keys new keys.json --issuer issuer.json --key-document did.json --name one")
    return tmp_path


def run(line: str, *, code: int = 0) -> Result:
    result = CliRunner().invoke(app, line.split())
    if isinstance(result.exception, ProblemsError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


ISSUE = "certificate issue record.json --keys keys.json --status status.json --out ."
PUBLISH = "certificate publish --status status.json --keys keys.json --out ."
VERIFY = "--offline --key-document did.json --status-list revocation.jwt --status-list suspension.jwt"


def test_from_keys_to_verdict_and_through_the_states(office: Path) -> None:
    run(f"{ISSUE} --lang en --second de")
    run(PUBLISH)
    assert {f"{NUMBER}{suffix}" for suffix in (".pdf", ".jwt", ".svg")} <= {
        path.name for path in office.iterdir()
    }
    text = run(f"verify {NUMBER}.pdf {VERIFY}").output
    for words in (
        "genuine and valid",
        "Oka Valley Pharma Cluster",
        "Silver",
        NUMBER,
        "not a byte was changed",
    ):
        assert words in text
    assert "?" not in text
    told = json.loads(run(f"verify {NUMBER}.jwt {VERIFY} --json").output)
    assert (told["ok"], told["standing"], told["award"]["number"]) == (True, "valid", NUMBER)
    for act, standing in (("suspend", "suspended"), ("reinstate", "valid"), ("withdraw", "revoked")):
        run(f"certificate {act} {NUMBER} --status status.json")
        run(PUBLISH)
        verdict = run(f"verify {NUMBER}.jwt {VERIFY} --json", code=0 if standing == "valid" else 1)
        assert json.loads(verdict.output)["standing"] == standing


def test_what_cannot_be_checked_is_said_and_is_not_success(office: Path) -> None:
    run(ISSUE)
    text = run(f"verify {NUMBER}.jwt --offline --key-document did.json", code=1).output
    assert "not everything could be checked" in text
    assert text.count("\n?") == 2
    assert "could not be checked." in text
    stranger = run(
        f"verify {NUMBER}.jwt --offline --key-document did.json --issuer did:web:other.example", code=1
    )
    assert "another issuer" in stranger.output


@pytest.mark.slow
def test_new_keys_replace_the_old_and_old_certificates_stay_good(office: Path) -> None:
    run(ISSUE)
    run("certificate keys new keys2.json --issuer issuer.json --key-document did.json --name two")
    run(PUBLISH.replace("keys.json", "keys2.json"))
    assert "genuine and valid" in run(f"verify {NUMBER}.pdf {VERIFY}").output
    with pytest.raises(ProblemsError, match="keys of this name already"):
        run("certificate keys new keys3.json --issuer issuer.json --key-document did.json --name two")
    run(f"certificate keys withdraw {ISSUER.id}#one --key-document did.json --since 2020-01-01")
    assert "withdrawn before this was signed" in run(f"verify {NUMBER}.pdf {VERIFY}", code=1).output


def test_keys_in_a_security_token_follow_those_in_a_file(
    office: Path, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTERMARK_PIN", PIN)
    named = f"--token {LABEL} --credential-key {CREDENTIAL} --document-key {DOCUMENT}"
    take = f"certificate keys token token.json --issuer issuer.json --key-document did.json --module {library} {named}"
    run(f"{take} --name two")
    assert (office / "token.json").stat().st_mode & 0o077 == 0
    told = [
        run(line.replace("keys.json", "token.json")).output
        for line in (ISSUE, PUBLISH, f"verify {NUMBER}.pdf {VERIFY}", f"verify {NUMBER}.jwt {VERIFY}")
    ]
    assert "genuine and valid" in told[2]
    assert "genuine and valid" in told[3]
    assert PIN not in "".join([*told, *(path.read_text("latin-1") for path in office.iterdir())])


def test_the_file_of_keys_is_for_its_owner_alone(office: Path) -> None:
    assert (office / "keys.json").stat().st_mode & 0o077 == 0
    assert "BEGIN PRIVATE KEY" not in (office / "keys.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "certificate keys new k.json --issuer issuer.json --key-document did.json --name a/b",
            "--name: Keys cannot have this name. Found: a/b",
        ),
        (
            "certificate keys new keys.json --issuer issuer.json --key-document did.json",
            "nothing is overwritten",
        ),
        ("certificate issue missing.json --keys keys.json --status status.json --out .", "no such file"),
        (
            "certificate issue issuer.json --keys keys.json --status status.json --out .",
            "not a decision record",
        ),
        (
            "certificate issue record.json --keys issuer.json --status status.json --out .",
            "not a file of keys",
        ),
        (
            "certificate issue record.json --keys keys.json --status issuer.json --out .",
            "not a file of states",
        ),
        (
            "certificate issue record.json --keys keys.json --status status.json --out nowhere",
            "does not exist",
        ),
        ("certificate withdraw X --status status.json", "No certificate with this number"),
        ("certificate keys withdraw x --key-document did.json --since 2026-01-01", "no such key"),
        ("verify missing.pdf", "no such file"),
        ("verify . --offline", "is a folder"),
        ("verify https://127.0.0.1/c.pdf", "private network"),
        ("verify https://label.example/c.pdf --offline", "no address can be asked"),
        ("verify record.json --offline --key-document record.json", "not the key document"),
    ],
)
def test_what_is_refused_is_told_in_one_sentence(office: Path, line: str, words: str) -> None:
    with pytest.raises(ProblemsError, match=words):
        run(line)


def test_a_certificate_is_issued_once(office: Path) -> None:
    run(ISSUE)
    with pytest.raises(ProblemsError, match="issued already"):
        run(ISSUE)


def test_a_wrong_passphrase_opens_nothing(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERMARK_PASSPHRASE", "another passphrase")
    with pytest.raises(ProblemsError, match="does not open"):
        run(ISSUE)
    assert not (office / f"{NUMBER}.pdf").exists()
