"""A statement of membership as a W3C Verifiable Credential 2.0 (VC-JWT), signed by the register's credential key.

It tells of one day in the past, so it has no end and no state: it stays true.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from clustermark.certificates import jws
from clustermark.certificates.credential import CONTEXTS, MEDIA_TYPE
from clustermark.certificates.signer import Issuer, Signer
from clustermark.certificates.times import stamp
from clustermark.ground.exact import digest
from clustermark.ground.texts import local
from clustermark.register.holdings import MembershipStatement

TYPE = "ClusterMembershipCredential"


def membership_token(statement: MembershipStatement, signer: Signer, *, issued_at: datetime) -> str:
    """The statement as a signed credential; `issued_at` is a moment of the day on which it is stated."""
    payload = membership_credential(statement, signer.issuer, issued_at=issued_at)
    return jws.sign(
        payload, key_id=signer.key_id, media_type=MEDIA_TYPE, make_signature=signer.sign_credential
    )


def membership_credential(
    statement: MembershipStatement, issuer: Issuer, *, issued_at: datetime
) -> dict[str, Any]:
    """The payload; the statement stands in it whole, as `membershipStatement`."""
    stated = statement.model_dump(mode="json")
    address = _address(stated)
    terms = f"{issuer.check_address}terms"
    return {
        "@context": [
            CONTEXTS[0],
            {
                TYPE: f"{terms}#{TYPE}",
                "membershipStatement": {"@id": f"{terms}#membershipStatement", "@type": "@json"},
            },
        ],
        "id": address,
        "type": ["VerifiableCredential", TYPE],
        "issuer": {"id": issuer.id, "name": local(issuer.name, "en")},
        "validFrom": stamp(issued_at),
        "credentialSubject": {"id": f"{address}#participant"},
        "membershipStatement": stated,
        "iss": issuer.id,
        "jti": address,
        "sub": f"{address}#participant",
        "iat": int(issued_at.timestamp()),
        "nbf": int(issued_at.timestamp()),
    }


def is_membership(payload: dict[str, Any]) -> bool:
    """Whether a credential calls itself a statement of membership."""
    types = payload.get("type")
    return isinstance(types, list) and TYPE in types


def read_statement(payload: dict[str, Any]) -> MembershipStatement:
    """The statement inside, if it agrees with itself and with the credential around it.

    Raises ValueError, KeyError or TypeError otherwise (pydantic's ValidationError is a ValueError).
    """
    stated = payload["membershipStatement"]
    statement = MembershipStatement.model_validate_json(json.dumps(stated, ensure_ascii=False))
    signed_on = datetime.fromtimestamp(payload["iat"], UTC)
    around = {
        "id": _address(stated),
        "jti": _address(stated),
        "sub": f"{_address(stated)}#participant",
        "validFrom": stamp(signed_on),
        "nbf": payload["iat"],
        "type": ["VerifiableCredential", TYPE],
    }
    days = [statement.cluster_confirmed_on, statement.participant_confirmed_on]
    in_order = statement.joined_on <= statement.on <= min(days) and max(days) <= statement.stated_on
    # the day of the statement is that of the register, which may be ahead of or behind UTC by one
    same_day = abs((statement.stated_on - signed_on.date()).days) <= 1
    if any(payload[name] != wanted for name, wanted in around.items()) or not in_order or not same_day:
        raise ValueError("the credential contradicts itself")
    return statement


def _address(stated: dict[str, Any]) -> str:
    return f"urn:clustermark:membership:{digest(stated).removeprefix('sha256:')}"
