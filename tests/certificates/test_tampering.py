"""Every tampering with the credential is refused, and told for what it is."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustermark.certificates.did import KeyDocument
from clustermark.certificates.status import StatusList, status_list_token
from clustermark.certificates.times import day_ends
from tests.certificates.material import (
    ISSUER,
    NOW,
    PLACE,
    checked,
    documents,
    issued,
    lists,
    outcome,
    parts,
    record,
    signer,
)  # fmt: skip

SECOND = timedelta(seconds=1)


def test_the_untouched_credential_is_valid_and_tells_whose_what_and_until_when() -> None:
    verdict = checked(issued().token)
    assert verdict.standing == "valid"
    assert verdict.ok
    assert {check.outcome for check in verdict.checks} == {"passed"}
    award = verdict.award
    assert award is not None
    assert (award.holder, award.level_title, award.valid_until.isoformat()) == (
        "Oka Valley Pharma Cluster", "Silver", "2028-02-29",
    )  # fmt: skip
    assert award.record_digest == record().digest


def changed_payload(**changes: Any) -> str:
    whole = parts()
    return str(replace(whole, payload={**whole.payload, **changes}))


def other_record() -> dict[str, Any]:
    found: dict[str, Any] = {**parts().payload["decisionRecord"], "level": "gold"}
    return found


@pytest.mark.parametrize(
    "token",
    [
        changed_payload(decisionRecord=other_record()),
        changed_payload(exp=parts().payload["exp"] + 86400),
        changed_payload(validUntil="2038-02-28T23:59:59Z"),
        changed_payload(credentialStatus=PLACE.model_copy(update={"index": 3}).entries()),
        str(replace(parts(), header={**parts().header, "kid": f"{ISSUER.id}#other"})),
        str(replace(parts(), header={**parts().header, "kid": f"{ISSUER.id}#2026-1-pdf"})),
        str(replace(parts(), signature="A" * 86)),
        str(replace(parts(), signature="")),
    ],
)
def test_a_changed_payload_header_or_signature_is_not_genuine(token: str) -> None:
    verdict = checked(token)
    assert verdict.standing == "not_genuine"
    assert verdict.award is None


def header_of(**changes: Any) -> str:
    whole = parts()
    return str(replace(whole, header={**whole.header, **changes}))


def hs256_with_the_public_key() -> str:
    """The classic confusion: the public key taken as the secret of a symmetric signature."""
    public = signer().keys()[0].public_key or b""
    head, body = header_of(alg="HS256").split(".")[:2]
    made = hmac.new(public, f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{base64.urlsafe_b64encode(made).rstrip(b'=').decode()}"


@pytest.mark.parametrize(
    ("token", "words"),
    [
        (header_of(alg="none"), "the algorithm is not EdDSA"),
        (header_of(alg="none").rsplit(".", 1)[0] + ".", "the algorithm is not EdDSA"),
        (header_of(alg="ES256"), "the algorithm is not EdDSA"),
        (hs256_with_the_public_key(), "the algorithm is not EdDSA"),
        (header_of(typ="JWT"), "the header lacks its type"),
        (header_of(kid=None), "the header lacks its type"),
        (header_of(jwk={"kty": "OKP"}), "fields that we do not read"),
        (header_of(jku="https://evil.example/keys"), "fields that we do not read"),
        (header_of(crit=["b64"], b64=False), "fields that we do not read"),
        (header_of(cty="x" * 50_000), "the header is too large"),
        (issued().token + ".x", "three parts"),
        ("a.b", "three parts"),
        (issued().token + "=", "base64url"),
        ("{}.{}.{}", "base64url"),
        ("W10." + issued().token.split(".", 1)[1], "base64url of a JSON object"),
    ],
)
def test_tokens_of_another_kind_are_not_even_looked_into(token: str, words: str) -> None:
    verdict = checked(token)
    assert verdict.standing == "not_genuine"
    assert [check.name for check in verdict.checks] == ["form"]
    assert words in verdict.checks[0].words


@settings(max_examples=150)
@given(st.data())
def test_any_changed_character_of_the_credential_is_found(data: st.DataObject) -> None:
    token = issued().token
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from(sorted(set("ABab01-_.= ") - {token[place]})))
    # white space around a token is no change of it
    changed = token[:place] + other + token[place + 1 :]
    verdict = checked(changed)
    assert not verdict.ok


def test_the_unused_bits_at_the_end_of_the_signature_are_not_free() -> None:
    token = issued().token
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    neighbour = alphabet[alphabet.index(token[-1]) ^ 1]
    # a lenient reader takes both for the same 64 bytes
    same = [
        base64.urlsafe_b64decode(text.rsplit(".", 1)[1] + "==") for text in (token, token[:-1] + neighbour)
    ]
    assert same[0] == same[1]
    assert checked(token[:-1] + neighbour).standing == "not_genuine"


def test_expired_and_not_yet_valid_are_told_apart_to_the_second() -> None:
    end = day_ends(record().valid_until)
    assert checked(issued().token, now=end, status_lists=lists(at=end)).standing == "valid"
    late = end + SECOND
    assert checked(issued().token, now=late, status_lists=lists(at=late)).standing == "expired"
    early = checked(changed_dates("2026-04-01", "2028-03-31"))
    assert early.standing == "not_yet_valid"


def changed_dates(begin: str, end: str) -> str:
    """A truly signed credential with other dates throughout."""
    from clustermark.certificates.credential import credential, credential_token  # noqa: PLC0415 - only here

    other = record(valid_from=begin, valid_until=end)
    return credential_token(credential(other, ISSUER, PLACE, issued_at=NOW), signer())


def test_a_truly_signed_credential_that_contradicts_itself_is_refused() -> None:
    whole = parts()
    contradictions: tuple[dict[str, Any], ...] = (
        {"exp": whole.payload["exp"] + 1},
        {"validUntil": "2030-01-01T00:00:00Z"},
        {"id": "https://label.example/c/DE-2026-02-0001-00"},
        {"decisionRecord": {}},
    )
    for changes in contradictions:
        token = replace(whole, payload={**whole.payload, **changes}).signed_again()
        verdict = checked(token)
        assert outcome(verdict, "credential_signature") == "passed"
        assert verdict.standing == "not_genuine"


def test_another_issuer_is_plainly_said() -> None:
    other = signer("2026-1", "did:web:other.example")
    payload = {**parts().payload, "iss": other.issuer.id, "issuer": {"id": other.issuer.id, "name": "Other"}}
    token = replace(parts(), header={**parts().header, "kid": other.key_id}, payload=payload).signed_again(
        other
    )
    # their document is at hand, but they are not trusted
    known = [*documents(), *documents(other)]
    verdict = checked(token, documents=known, trusted={ISSUER.id})
    assert verdict.standing == "other_issuer"
    assert outcome(verdict, "credential_signature") == "passed"
    assert "did:web:other.example" in next(check.words for check in verdict.checks if check.name == "issuer")
    # without their document it is another issuer all the same
    assert checked(token).standing == "other_issuer"
    # and nobody is trusted by default
    assert outcome(checked(token, documents=documents(other), trusted=()), "issuer") == "unknown"


def test_one_who_signs_in_the_name_of_another_is_found() -> None:
    other = signer("2026-1", "did:web:other.example")
    forged = parts().signed_again(other)
    assert checked(forged, documents=[*documents(), *documents(other)]).standing == "not_genuine"
    # the key of the other, named truly, does not speak for this issuer
    named = replace(parts(), header={**parts().header, "kid": other.key_id}).signed_again(other)
    assert checked(named, documents=[*documents(), *documents(other)]).standing == "not_genuine"
    # and two issuers in one credential are none
    payload = {**parts().payload, "iss": other.issuer.id}
    assert checked(replace(parts(), payload=payload).signed_again()).standing != "valid"


def test_withdrawn_and_suspended_are_told_apart() -> None:
    assert checked(issued().token, status_lists=lists(revoked=True)).standing == "revoked"
    assert checked(issued().token, status_lists=lists(suspended=True)).standing == "suspended"
    assert checked(issued().token, status_lists=lists(revoked=True, suspended=True)).standing == "revoked"


def test_a_state_that_is_not_known_is_never_taken_for_good() -> None:
    other = signer("2026-1", "did:web:other.example")
    swapped = [
        status_list_token(StatusList("suspension", PLACE.revocation_list), signer(), issued_at=NOW),
        lists()[1],
    ]
    whole = parts(lists()[0])
    changed = [
        str(replace(whole, payload={**whole.payload, "validUntil": "2027-01-01T00:00:00Z"})),
        lists()[1],
    ]
    # the key is right, the issuer it is said to speak for is not
    foreign = [
        replace(whole, payload={**whole.payload, "issuer": other.issuer.id}).signed_again(),
        lists()[1],
    ]
    for at_hand in (
        [],
        foreign,
        lists(by=other),
        lists(at=NOW - timedelta(days=3)),
        swapped,
        changed,
        [issued().token, "x"],
    ):
        verdict = checked(issued().token, status_lists=at_hand)
        assert verdict.standing == "unconfirmed"
        assert not verdict.ok
        assert outcome(verdict, "revocation") == "unknown"
    assert "not signed by the issuer" in str(checked(issued().token, status_lists=changed).unchecked)
    assert "out of date" in str(
        checked(issued().token, status_lists=lists(at=NOW - timedelta(days=3))).unchecked
    )


def test_without_the_key_document_nothing_of_the_content_is_repeated() -> None:
    verdict = checked(issued().token, documents=[])
    assert verdict.standing == "unconfirmed"
    assert verdict.award is None
    assert [check.name for check in verdict.unchecked] == ["issuer", "credential_signature"]


def test_rotation_keeps_old_certificates_and_stops_the_old_key() -> None:
    new = signer("2026-2")
    rotated = KeyDocument(ISSUER.id, signer().keys()).rotated(new.keys(), at=NOW + SECOND)
    assert checked(issued().token, documents=[rotated]).standing == "valid"
    assert checked(issued().pdf, documents=[KeyDocument(ISSUER.id, (*signer().keys(), *new.keys()))]).ok
    later = NOW + timedelta(hours=1)
    payload = {**parts().payload, "iat": int(later.timestamp())}
    after = replace(parts(), payload=payload).signed_again()
    found = checked(after, documents=[rotated], now=later, status_lists=lists(by=new, at=later))
    assert found.standing == "not_genuine"
    header = {**parts().header, "kid": new.key_id}
    by_new = replace(parts(), header=header, payload=payload).signed_again(new)
    assert (
        checked(by_new, documents=[rotated], now=later, status_lists=lists(by=new, at=later)).standing
        == "valid"
    )


def test_a_withdrawn_key_is_not_believed_from_that_day_and_only_half_before() -> None:
    document = KeyDocument(ISSUER.id, (*signer().keys(), *signer("2026-2").keys()))
    fresh = lists(by=signer("2026-2"))
    stolen = document.withdrawn(signer().key_id, since=NOW - SECOND)
    assert checked(issued().token, documents=[stolen], status_lists=fresh).standing == "not_genuine"
    later = document.withdrawn(signer().key_id, since=NOW + timedelta(days=1))
    verdict = checked(issued().token, documents=[later], status_lists=fresh)
    assert verdict.standing == "unconfirmed"
    assert "only the register" in str(verdict.unchecked)


def test_a_signature_from_the_future_is_refused() -> None:
    payload = {**parts().payload, "iat": int((NOW + timedelta(hours=1)).timestamp())}
    assert checked(replace(parts(), payload=payload).signed_again()).standing == "not_genuine"


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"PK\x03\x04", b"<html>", b"a" * 5_000_000, b"%PDF-1.7\n"]
)
def test_files_of_another_kind_are_told_in_one_sentence(data: bytes) -> None:
    verdict = checked(data)
    assert verdict.standing == "not_genuine"
    assert len(verdict.checks) == 1


@settings(max_examples=100)
@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
), st.sampled_from(sorted(set(parts().payload) - {"iat"})))  # fmt: skip
def test_whatever_stands_in_a_truly_signed_credential_nothing_is_raised(value: Any, name: str) -> None:
    payload = {**parts().payload, name: value}
    if payload == parts().payload:
        return
    token = replace(parts(), payload=json.loads(json.dumps(payload))).signed_again()
    verdict = checked(token)
    # names and subjects for other readers may differ; what we go by may not
    assert verdict.ok == (name in {"@context", "name", "awardedDate"})
