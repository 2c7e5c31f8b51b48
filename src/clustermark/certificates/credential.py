"""The machine-readable certificate: W3C Verifiable Credential 2.0 and Open Badges 3.0 achievement in one, as VC-JWT.

Sources: Verifiable Credentials Data Model 2.0 (W3C, 2025), Securing Verifiable Credentials using JOSE and COSE,
section 3.1 (JWT); Open Badges 3.0 (1EdTech), sections B.1 and 8.2; Bitstring Status List 1.0 (W3C, 2025).
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from clustermark.certificates import jws
from clustermark.certificates.addresses import WebAddress
from clustermark.certificates.record import DecisionRecord
from clustermark.certificates.signer import Issuer, Signer
from clustermark.certificates.status import MAX_BITS
from clustermark.certificates.times import day_begins, day_ends, stamp
from clustermark.ground.documents import Document
from clustermark.ground.texts import LANGUAGES, local

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
MEDIA_TYPE = "vc+jwt"


class StatusPlace(Document):
    """Where the state of one certificate is published: its index in the lists of revocation and suspension."""

    revocation_list: WebAddress
    suspension_list: WebAddress
    index: Annotated[int, Field(ge=0, lt=MAX_BITS)]

    def entries(self) -> list[dict[str, str]]:
        """The two entries of `credentialStatus`."""
        lists = (("revocation", self.revocation_list), ("suspension", self.suspension_list))
        return [
            {
                "id": f"{address}#{self.index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": str(self.index),
                "statusListCredential": address,
            }
            for purpose, address in lists
        ]


def credential(
    record: DecisionRecord, issuer: Issuer, status: StatusPlace, *, issued_at: datetime
) -> dict[str, Any]:
    """The payload of the credential; the record stands in it whole, as `decisionRecord`."""
    address = issuer.check_address + record.number
    begins, ends = day_begins(record.valid_from), day_ends(record.valid_until)
    title = f"{local(record.scheme.title, 'en')}: {local(record.level_title, 'en')}"
    return {
        "@context": [
            *CONTEXTS,
            {"decisionRecord": {"@id": f"{issuer.check_address}terms#decisionRecord", "@type": "@json"}},
        ],
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title,
        "issuer": {
            "id": issuer.id,
            "type": ["Profile"],
            "name": local(issuer.name, "en"),
            "url": issuer.website,
        },
        "validFrom": stamp(begins),
        "validUntil": stamp(ends),
        "awardedDate": stamp(day_begins(record.decided_on)),
        "credentialSubject": _subject(record, address, title),
        "credentialStatus": status.entries(),
        "decisionRecord": record.model_dump(mode="json", exclude_none=True),
        "iss": issuer.id,
        "jti": address,
        "sub": f"{address}#holder",
        "iat": int(issued_at.timestamp()),
        "nbf": int(begins.timestamp()),
        "exp": int(ends.timestamp()),
    }


def _subject(record: DecisionRecord, address: str, title: str) -> dict[str, Any]:
    counted = record.summary
    found = (
        f"{counted.significantly_above} of {counted.with_required_value} indicators with a required value lie "
        "significantly above it."
    )
    scope = f"Sector: {local(record.sector, 'en')}. Scope: {local(record.scope, 'en')}."
    rules = f"Rules: {record.scheme.id}, version {record.scheme.version}, {record.scheme.digest}."
    notice = f" {local(record.notice, 'en')}" if record.notice else ""
    return {
        "id": f"{address}#holder",
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": record.holder.name,
                "identityType": "name",
            }
        ],
        "achievement": {
            "id": f"{address}#achievement",
            "type": ["Achievement"],
            "achievementType": "Certification",
            "name": title,
            "description": f"{scope} {found}{notice}",
            "criteria": {"narrative": rules},
            "inLanguage": LANGUAGES[0],
        },
    }


def credential_token(payload: dict[str, Any], signer: Signer) -> str:
    """The credential signed as VC-JWT: header `alg` EdDSA, `typ` vc+jwt, `kid` of the issuer's key."""
    return jws.sign(
        payload, key_id=signer.key_id, media_type=MEDIA_TYPE, make_signature=signer.sign_credential
    )
