"""What a check of a certificate found: one verdict, made of separate checks, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from clustermark.ground.documents import Document
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import mark
from clustermark.register.holdings import MembershipStatement

Outcome = Literal["passed", "failed", "unknown"]
CheckName = Literal[
    "form", "issuer", "credential_signature", "content", "dates", "revocation", "suspension", "pdf_signature"
]
Kind = Literal["pdf", "credential", "membership", "unknown"]
Standing = Literal[
    "valid", "unconfirmed", "not_genuine", "other_issuer", "revoked", "suspended", "expired", "not_yet_valid"
]

SENTENCES: dict[Standing, str] = {
    "valid": mark("The certificate is genuine and valid."),
    "unconfirmed": mark("Nothing speaks against the certificate, but not everything could be checked."),
    "not_genuine": mark("This is not a genuine certificate, or it was changed."),
    "other_issuer": mark("This was issued by somebody else than those whom you trust."),
    "revoked": mark("The certificate was withdrawn."),
    "suspended": mark("The certificate is genuine, but suspended at present."),
    "expired": mark("The certificate is genuine, but has expired."),
    "not_yet_valid": mark("The certificate is genuine, but not valid yet."),
}


STATEMENT_SENTENCES: dict[Standing, str] = {
    "valid": mark("The statement of membership is genuine."),
    "unconfirmed": mark("Nothing speaks against the statement, but not everything could be checked."),
    "not_genuine": mark("This is not a genuine statement, or it was changed."),
}
"""What is told otherwise of a statement of membership than of a certificate."""


class Check(Document):
    """One check: passed, failed, or unknown (it could not be made), and what it found in one sentence."""

    name: CheckName
    outcome: Outcome
    words: str


class Award(Document):
    """What the certificate says; repeated only when the issuer's signature over it holds."""

    number: str
    holder: str
    country: str
    region: str | None
    city: str | None
    scheme: str
    scheme_title: str
    scheme_version: str
    scheme_digest: str
    level: str
    level_title: str
    sector: str
    scope: str
    decided_on: date
    valid_from: date
    valid_until: date
    notice: str | None
    record_digest: str


class Verdict(Document):
    """The result of `clustermark verify`.

    `ok` is true for the standing `valid` alone. `award` is null unless the credential's signature holds, as is
    `membership`, which a statement of membership has in its place; `issuer` is what the file claims. `checks` stand in
    the order they were made; those that could not be made are `unknown`.
    """

    format: Literal["clustermark-verdict/1"] = "clustermark-verdict/1"
    language: Literal["en", "ru", "de"]
    kind: Kind
    standing: Standing
    ok: bool
    sentence: str
    checked_at: str
    issuer: str | None = None
    issuer_name: str | None = None
    award: Award | None = None
    membership: MembershipStatement | None = None
    checks: list[Check]

    @property
    def unchecked(self) -> list[Check]:
        """What could not be checked."""
        return [check for check in self.checks if check.outcome == "unknown"]

    def to_json(self) -> str:
        """The verdict as JSON text, two spaces of indent, ending in a newline."""
        return self.model_dump_json(indent=2) + "\n"


_STATES: tuple[tuple[CheckName, Standing], ...] = (
    ("form", "not_genuine"),
    ("credential_signature", "not_genuine"),
    ("content", "not_genuine"),
    ("pdf_signature", "not_genuine"),
    ("issuer", "other_issuer"),
    ("revocation", "revoked"),
    ("suspension", "suspended"),
)


def standing_of(checks: Sequence[Check], *, early: bool) -> Standing:
    """The standing that the checks make together; `early` tells a failed date as not yet begun.

    What was tampered with comes before who issued it, and both before its state. Nothing is valid while anything is
    unknown.
    """
    failed = {check.name for check in checks if check.outcome == "failed"}
    for name, standing in _STATES:
        if name in failed:
            return standing
    if "dates" in failed:
        return "not_yet_valid" if early else "expired"
    if any(check.outcome == "unknown" for check in checks):
        return "unconfirmed"
    return "valid"


def sentence(standing: Standing, *, statement: bool = False) -> str:
    """The standing of a certificate, or of a statement of membership, in one sentence, in the current language."""
    return _((STATEMENT_SENTENCES if statement else {}).get(standing, SENTENCES[standing]))
