"""A decision record, an issuer with keys, and the certificate made of them: what the tests here take apart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from clustermark.certificates import jws
from clustermark.certificates.credential import StatusPlace
from clustermark.certificates.did import KeyDocument
from clustermark.certificates.issuing import IssuedCertificate, issue
from clustermark.certificates.keys import new_keys, open_signer
from clustermark.certificates.number import CertificateNumber
from clustermark.certificates.pdf_reading import inspect_pdf
from clustermark.certificates.record import DecisionRecord, Holder, PublicSummary, SchemeOfRecord
from clustermark.certificates.signer import Issuer, Signer
from clustermark.certificates.status import StatusList, status_list_token
from clustermark.certificates.verdict import Verdict
from clustermark.certificates.verify import verify
from clustermark.ground.texts import Language

PASSPHRASE = "a passphrase for tests"  # noqa: S105 - it opens nothing but keys made here
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ISSUER = Issuer(
    id="did:web:label.example",
    name={"en": "Label Secretariat", "ru": "Секретариат знака", "de": "Sekretariat des Labels"},
    website="https://label.example/",
    check_address="https://label.example/c/",
)
PLACE = StatusPlace(
    revocation_list="https://label.example/status/revocation",
    suspension_list="https://label.example/status/suspension",
    index=94_567,
)


def digest_of(character: str) -> str:
    return "sha256:" + character * 64


def record(**changes: Any) -> DecisionRecord:
    """A sealed decision; `changes` replace fields, and validation runs again."""
    base = DecisionRecord(
        number=str(CertificateNumber("RU", 2026, 2, 7)),
        holder=Holder(name="Oka Valley Pharma Cluster", country="RU", region="Kaluga Oblast", city="Obninsk"),
        scheme=SchemeOfRecord(
            id="ecei-silver-2017",
            version="2017.1",
            digest=digest_of("a"),
            title={"en": "Cluster Label", "ru": "Знак кластера", "de": "Clusterlabel"},
        ),
        level="silver",
        level_title={"en": "Silver", "ru": "Серебро", "de": "Silber"},
        sector={"en": "Pharmaceuticals", "ru": "Фармацевтика", "de": "Pharmazie"},
        scope={"en": "Cluster management", "ru": "Управление кластером", "de": "Clustermanagement"},
        decided_on=date(2026, 2, 20),
        valid_from=date(2026, 2, 20),
        valid_until=date(2028, 2, 29),
        decision_reference="Case 2025-114",
        decision_digest=digest_of("b"),
        dossier_digest=digest_of("c"),
        report_digest=digest_of("d"),
        summary=PublicSummary(
            indicators=30, significantly_above=22, with_required_value=30, share=Decimal("73.3")
        ),
        notice={"en": "Sample", "ru": "Образец", "de": "Muster"},
    )
    return DecisionRecord.model_validate_json(json.dumps({**base.model_dump(mode="json"), **changes}))


def signer(key: str = "2026-1", issuer: str = ISSUER.id) -> Signer:
    """A signer with fresh keys, the same within a run."""
    return _signer(key, issuer)


@lru_cache
def _signer(key: str, issuer: str) -> Signer:
    stated = ISSUER.model_copy(update={"id": issuer})
    keys = new_keys(stated, key=key, passphrase=PASSPHRASE, at=NOW - timedelta(days=100))
    return open_signer(keys.model_dump_json(), file="keys.json", passphrase=PASSPHRASE)


@lru_cache
def issued(languages: tuple[Language, ...] = ("en",)) -> IssuedCertificate:
    return issue(record(), signer(), status=PLACE, issued_at=NOW, languages=languages)


def documents(*signers: Signer) -> list[KeyDocument]:
    """The key document of these signers, who are one issuer (default: the usual one)."""
    used = signers or (signer(),)
    return [KeyDocument(used[0].issuer.id, sum((one.keys() for one in used), ()))]


def lists(
    *, revoked: bool = False, suspended: bool = False, by: Signer | None = None, at: datetime = NOW
) -> list[str]:
    """Both status lists, signed."""
    marks = (
        StatusList("revocation", PLACE.revocation_list, frozenset({PLACE.index} if revoked else ())),
        StatusList("suspension", PLACE.suspension_list, frozenset({PLACE.index} if suspended else ())),
    )
    return [status_list_token(item, by or signer(), issued_at=at) for item in marks]


def checked(data: bytes | str, **changes: Any) -> Verdict:
    """The verdict on `data` with everything at hand, read within this process."""
    given: dict[str, Any] = {
        "documents": documents(),
        "status_lists": lists(),
        "now": NOW,
        "inspect": inspect_pdf,
    }
    return verify(data.encode() if isinstance(data, str) else data, **{**given, **changes})


def outcome(verdict: Verdict, name: str) -> str:
    return next(check.outcome for check in verdict.checks if check.name == name)


@dataclass(frozen=True)
class Parts:
    """A token taken apart, to be put together wrongly."""

    header: dict[str, Any]
    payload: dict[str, Any]
    signature: str

    def __str__(self) -> str:
        return ".".join((_part(self.header), _part(self.payload), self.signature))

    def signed_again(self, by: Signer | None = None) -> str:
        """With a true signature over whatever it says."""
        text = f"{_part(self.header)}.{_part(self.payload)}"
        return f"{text}.{jws.base64url((by or signer()).sign_credential(text.encode()))}"


def _part(value: dict[str, Any]) -> str:
    return jws.base64url(json.dumps(value, ensure_ascii=False).encode())


def parts(token: str | None = None) -> Parts:
    header, payload, signature = (token or issued().token).split(".")
    return Parts(json.loads(jws.from_base64url(header)), json.loads(jws.from_base64url(payload)), signature)
