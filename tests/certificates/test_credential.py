"""The credential has what Verifiable Credentials 2.0 and Open Badges 3.0 demand, and the whole record inside."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from clustermark.certificates.record import DecisionRecord
from tests.builders import ROOT
from tests.certificates.material import ISSUER, PLACE, checked, issued, parts, record, signer

PAYLOAD = parts().payload


def test_the_header_names_algorithm_type_and_key() -> None:
    assert parts().header == {"alg": "EdDSA", "kid": f"{ISSUER.id}#2026-1", "typ": "vc+jwt"}
    assert parts().header["kid"] == signer().key_id


def test_contexts_stand_in_the_order_that_both_standards_want() -> None:
    first, second, own = PAYLOAD["@context"]
    assert first == "https://www.w3.org/ns/credentials/v2"
    assert second == "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
    assert own["decisionRecord"]["@type"] == "@json"
    assert PAYLOAD["type"] == ["VerifiableCredential", "OpenBadgeCredential"]


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        # Open Badges 3.0, section 8.2.3: claims that repeat properties of the credential
        ("iss", PAYLOAD["issuer"]["id"]),
        ("jti", PAYLOAD["id"]),
        ("sub", PAYLOAD["credentialSubject"]["id"]),
        ("nbf", 1771545600),  # 2026-02-20T00:00:00Z
        ("exp", 1835481599),  # 2028-02-29T23:59:59Z
    ],
)
def test_claims_repeat_the_properties(claim: str, value: object) -> None:
    assert PAYLOAD[claim] == value
    assert (PAYLOAD["validFrom"], PAYLOAD["validUntil"]) == ("2026-02-20T00:00:00Z", "2028-02-29T23:59:59Z")


OPEN_BADGE: dict[str, Any] = {
    # the properties that the data model of Open Badges 3.0 (appendix B.1) requires, written as a schema by hand
    "type": "object",
    "required": ["@context", "id", "type", "issuer", "validFrom", "credentialSubject"],
    "properties": {
        "id": {"type": "string", "format": "uri"},
        "issuer": {
            "required": ["id", "type"],
            "properties": {"type": {"contains": {"const": "Profile"}}, "name": {"type": "string"}},
        },
        "name": {"type": "string"},
        "credentialSubject": {
            "required": ["type", "achievement"],
            "anyOf": [{"required": ["id"]}, {"required": ["identifier"]}],
            "properties": {
                "type": {"contains": {"const": "AchievementSubject"}},
                "identifier": {
                    "items": {
                        "required": ["type", "hashed", "identityHash", "identityType"],
                        "properties": {"type": {"const": "IdentityObject"}, "hashed": {"type": "boolean"}},
                    }
                },
                "achievement": {
                    "required": ["id", "type", "criteria", "description", "name"],
                    "properties": {
                        "type": {"contains": {"const": "Achievement"}},
                        "criteria": {"anyOf": [{"required": ["narrative"]}, {"required": ["id"]}]},
                        "description": {"type": "string"},
                        "name": {"type": "string"},
                    },
                },
            },
        },
    },
}


def test_it_is_an_open_badge() -> None:
    jsonschema.Draft202012Validator(OPEN_BADGE).validate(PAYLOAD)
    assert PAYLOAD["credentialSubject"]["identifier"][0]["identityHash"] == record().holder.name


def test_revocation_and_suspension_stand_apart() -> None:
    assert [entry["statusPurpose"] for entry in PAYLOAD["credentialStatus"]] == ["revocation", "suspension"]
    assert {entry["statusListCredential"] for entry in PAYLOAD["credentialStatus"]} == {
        PLACE.revocation_list,
        PLACE.suspension_list,
    }
    assert all(entry["statusListIndex"] == str(PLACE.index) for entry in PAYLOAD["credentialStatus"])


def test_the_whole_record_stands_inside_and_fits_its_published_schema() -> None:
    inside = PAYLOAD["decisionRecord"]
    assert DecisionRecord.model_validate_json(json.dumps(inside)) == record()
    schema = json.loads((ROOT / "docs/schemas/decision-record.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(record().model_dump(mode="json"))


def test_a_verdict_fits_its_published_schema() -> None:
    schema = json.loads((ROOT / "docs/schemas/verdict.json").read_text(encoding="utf-8"))
    for data in (issued().token, issued().pdf, b"x"):
        jsonschema.Draft202012Validator(schema).validate(json.loads(checked(data).to_json()))
