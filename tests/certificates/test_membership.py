"""A signed statement of membership: genuine, changed, of somebody else, and what other readers make of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from clustermark.certificates.membership import membership_credential, membership_token
from clustermark.certificates.verify import verify
from clustermark.cli.verify import verdict_lines
from clustermark.register.holdings import MembershipStatement
from tests.certificates.material import ISSUER, NOW, Parts, checked, documents, lists, outcome, parts, signer

STATEMENT = MembershipStatement(
    participant_id="RU-7701",
    participant="Volkov Labs",
    cluster_id="c-1",
    cluster="Oka Valley",
    on=NOW.date() - timedelta(days=30),
    joined_on=date(2020, 2, 1),
    cluster_confirmed_on=NOW.date() - timedelta(days=20),
    participant_confirmed_on=NOW.date() - timedelta(days=10),
    certificates=["RU-2026-02-0001-11"],
    stated_on=NOW.date(),
)


def token(**changes: Any) -> str:
    stated = STATEMENT.model_copy(update=changes)
    return membership_token(stated, signer(), issued_at=NOW)


def test_a_genuine_statement() -> None:
    found = checked(token())
    assert (found.kind, found.standing, found.ok) == ("membership", "valid", True)
    assert found.sentence == "The statement of membership is genuine."
    assert found.membership == STATEMENT
    assert found.award is None
    assert [check.name for check in found.checks] == ["form", "issuer", "credential_signature", "content"]
    lines = "\n".join(verdict_lines(found))
    assert "Volkov Labs (RU-7701)" in lines
    assert "Oka Valley" in lines
    # it says so of a day in the past, and needs no status list for it
    assert verify(token().encode(), documents=documents(), now=NOW + timedelta(days=4000)).ok


def test_another_program_reads_it() -> None:
    key, _document_key = signer().keys()
    public = Ed25519PublicKey.from_public_bytes(key.public_key or b"")
    payload = jwt.decode(
        token(), public, algorithms=["EdDSA"], options={"verify_nbf": False, "verify_iat": False}
    )
    assert payload == membership_credential(STATEMENT, ISSUER, issued_at=NOW)
    assert payload["type"] == ["VerifiableCredential", "ClusterMembershipCredential"]


@pytest.mark.parametrize(
    ("changes", "check", "standing"),
    [
        ({"participant": "Somebody else"}, "credential_signature", "not_genuine"),
        ({"on": "2010-01-01"}, "credential_signature", "not_genuine"),
    ],
)
def test_a_changed_statement(changes: dict[str, str], check: str, standing: str) -> None:
    taken = parts(token())
    taken.payload["membershipStatement"].update(changes)
    found = checked(str(taken))
    assert (outcome(found, check), found.standing, found.membership) == ("failed", standing, None)
    assert found.sentence == "This is not a genuine statement, or it was changed."


def changed(**changes: Any) -> Parts:
    taken = parts(token())
    taken.payload.update(changes)
    return taken


@pytest.mark.parametrize(
    "payload",
    [
        {"membershipStatement": None},
        {"membershipStatement": {**STATEMENT.model_dump(mode="json"), "participant": "Other"}},
        {"id": "urn:clustermark:membership:0"},
        {"jti": "urn:clustermark:membership:0"},
        {"sub": "x"},
        {"validFrom": "2001-01-01T00:00:00Z"},
        {"nbf": 1},
        {"type": ["VerifiableCredential", "ClusterMembershipCredential", "OpenBadgeCredential"]},
    ],
)
def test_a_statement_that_contradicts_itself_is_refused_though_it_is_signed(payload: dict[str, Any]) -> None:
    found = checked(changed(**payload).signed_again())
    assert (outcome(found, "content"), found.standing, found.membership) == ("failed", "not_genuine", None)


@pytest.mark.parametrize(
    "days",
    [
        {"on": STATEMENT.joined_on - timedelta(days=1)},
        {"cluster_confirmed_on": STATEMENT.on - timedelta(days=1)},
        {"participant_confirmed_on": STATEMENT.on - timedelta(days=1)},
        {"participant_confirmed_on": STATEMENT.stated_on + timedelta(days=1)},
        {"stated_on": STATEMENT.stated_on + timedelta(days=2)},
    ],
)
def test_days_that_no_register_would_state(days: dict[str, date]) -> None:
    found = checked(token(**days))
    assert (outcome(found, "content"), found.standing) == ("failed", "not_genuine")


def test_whose_word_it_is() -> None:
    stranger = signer(issuer="did:web:stranger.example")
    said = membership_token(STATEMENT, stranger, issued_at=NOW)
    assert checked(said).standing == "other_issuer"
    assert checked(said, trusted=[]).standing == "unconfirmed"
    assert checked(said, documents=documents(stranger)).ok
    assert checked(token(), documents=[], trusted=[ISSUER.id]).standing == "unconfirmed"


def test_a_statement_is_no_certificate_and_a_certificate_no_statement() -> None:
    certificate = parts()
    certificate.payload["type"] = ["VerifiableCredential", "ClusterMembershipCredential"]
    found = checked(certificate.signed_again(), status_lists=lists())
    assert (found.standing, found.award, found.membership) == ("not_genuine", None, None)
    statement = changed(type=["VerifiableCredential", "OpenBadgeCredential"])
    found = checked(statement.signed_again())
    assert (found.standing, found.award, found.membership) == ("not_genuine", None, None)
