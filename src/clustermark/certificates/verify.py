"""Checking a certificate: the PDF or its credential, against key documents and status lists that are at hand.

This module asks nobody: `clustermark.certificates.online` fetches what is missing. Everything read here may come from
a stranger, so sizes are bounded, only Ed25519 is accepted, and a PDF is read in a process of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import ValidationError

from clustermark.certificates import jws
from clustermark.certificates.bounded import inspect_bounded
from clustermark.certificates.did import IssuerKey, KeyDocument
from clustermark.certificates.membership import is_membership, read_statement
from clustermark.certificates.pdf_reading import MAX_CREDENTIAL, PdfFindings
from clustermark.certificates.record import DecisionRecord
from clustermark.certificates.status import Purpose, StatusList, read_status_list
from clustermark.certificates.times import day_begins, day_ends, read_stamp, stamp
from clustermark.certificates.verdict import (
    Award,
    Check,
    CheckName,
    Kind,
    Outcome,
    Verdict,
    sentence,
    standing_of,
)
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import current_language, date_text, local
from clustermark.ground.texts import gettext as _
from clustermark.register.holdings import MembershipStatement

CLOCK_TOLERANCE = timedelta(minutes=5)
_PURPOSES: tuple[Purpose, Purpose] = ("revocation", "suspension")


def verify(
    data: bytes,
    *,
    documents: Sequence[KeyDocument],
    status_lists: Sequence[str] = (),
    now: datetime,
    trusted: Collection[str] | None = None,
    inspect: Callable[[bytes], PdfFindings] = inspect_bounded,
) -> Verdict:
    """What can be said of `data`, a certificate's PDF or its credential (VC-JWT), at the moment `now`.

    `documents` are key documents, `status_lists` signed status lists (VC-JWT), as they were saved or fetched.
    `trusted` are the issuers (`did:web`) whose certificates are wanted; by default those of `documents`. Never raises
    for anything in `data`. `inspect` reads a PDF; a server may pass one that queues.
    """
    given = {document.issuer for document in documents} if trusted is None else set(trusted)
    return _Examination(data, documents, status_lists, now, given, inspect).verdict()


def claimed_credential(
    data: bytes, inspect: Callable[[bytes], PdfFindings]
) -> tuple[str | None, PdfFindings | None]:
    """The credential in `data`, unchecked, and what was found of the PDF around it, if it is one."""
    if data.lstrip()[:5] == b"%PDF-":
        findings = inspect(data)
        return findings.credential, findings
    if len(data) > MAX_CREDENTIAL:
        return None, None
    try:
        return data.decode("ascii").strip(), None
    except UnicodeDecodeError:
        return None, None


@dataclass
class _Examination:
    """One check in the making: what is at hand, and what was found so far."""

    data: bytes
    documents: Sequence[KeyDocument]
    status_lists: Sequence[str]
    now: datetime
    trusted: Collection[str]
    inspect: Callable[[bytes], PdfFindings]
    checks: list[Check] = field(default_factory=list)
    early: bool = False

    def verdict(self) -> Verdict:
        text, findings = claimed_credential(self.data, self.inspect)
        token = self.form(text, findings)
        issuer = name = award = membership = None
        if token is not None:
            issuer, name = _issuer(token.payload)
            document = next((known for known in self.documents if known.issuer == issuer), None)
            self.issuer(issuer, name)
            genuine = self.credential_signature(token, issuer, document)
            stated = is_membership(token.payload)
            if genuine and stated:
                membership = self.statement(token.payload)
            record = self.content(token.payload) if genuine and not stated else None
            if record is not None:
                award = _award(record)
                self.dates(record)
                for purpose in _PURPOSES:
                    self.status(purpose, token.payload, document)
            if findings is not None:
                self.pdf_signature(findings, document)
        standing = standing_of(self.checks, early=self.early)
        kind: Kind = "pdf" if findings else "credential" if token else "unknown"
        if token is not None and findings is None and is_membership(token.payload):
            kind = "membership"
        return Verdict(
            language=current_language(),
            kind=kind,
            standing=standing,
            ok=standing == "valid",
            sentence=sentence(standing, statement=kind == "membership"),
            checked_at=stamp(self.now),
            issuer=issuer,
            issuer_name=name,
            award=award,
            membership=membership,
            checks=self.checks,
        )

    def note(self, name: CheckName, outcome: Outcome, words: str) -> None:
        self.checks.append(Check(name=name, outcome=outcome, words=words))

    def form(self, text: str | None, findings: PdfFindings | None) -> jws.Token | None:
        """The token, if there is one of our kind."""
        if text is None:
            reason = findings.fault if findings else None
            words = _("There is no certificate in this file.")
            self.note("form", "failed", f"{words} ({_(reason)})" if reason else words)
            return None
        try:
            token = jws.read(text)
        except jws.TokenError as error:
            self.note(
                "form", "failed", _("The credential cannot be read: {reason}.").format(reason=_(str(error)))
            )
            return None
        self.note("form", "passed", _("The file holds a credential of the expected form."))
        return token

    def issuer(self, issuer: str | None, name: str | None) -> None:
        shown = {"name": name or "–", "issuer": issuer or "–"}
        if issuer in self.trusted:
            self.note("issuer", "passed", _("Issued by {name} ({issuer}).").format(**shown))
        elif self.trusted:
            words = _("This names another issuer than those whom you trust: {name} ({issuer}).")
            self.note("issuer", "failed", words.format(**shown))
        else:
            words = _(
                "The issuer calls itself {name} ({issuer}); whether it may award this label is not known here."
            )
            self.note("issuer", "unknown", words.format(**shown))

    def credential_signature(
        self, token: jws.Token, issuer: str | None, document: KeyDocument | None
    ) -> bool:
        """Whether the signature holds, so that what it covers may be repeated."""
        if document is None:
            words = _("The signature could not be checked: the issuer's key document is not at hand.")
            self.note("credential_signature", "unknown", words)
            return False
        outcome, words = self.signed(token, issuer, document)
        self.note("credential_signature", outcome, words)
        return outcome != "failed"

    def signed(self, token: jws.Token, issuer: str | None, document: KeyDocument) -> tuple[Outcome, str]:
        """Whether a token was signed by a key of its issuer that was in use at the time."""
        key = document.key(token.key_id)
        if issuer != document.issuer or key is None or key.public_key is None:
            return "failed", _("The key that is named is none of the issuer's.")
        if not token.is_signed_by(key.public_key):
            return "failed", _("The signature does not fit: the content or the signature was changed.")
        try:
            moment = _signed_at(token.payload)
        except ValueError:
            return "failed", _("The credential does not say when it was signed.")
        if moment > self.now + CLOCK_TOLERANCE:
            return "failed", _("The credential says that it was signed in the future.")
        return _key_in_use(key, moment) or ("passed", _("The issuer's signature of the credential holds."))

    def content(self, payload: dict[str, Any]) -> DecisionRecord | None:
        """The record inside, if it agrees with what other readers of the credential go by."""
        try:
            record = DecisionRecord.model_validate_json(_json(payload["decisionRecord"]))
            begins, ends = day_begins(record.valid_from), day_ends(record.valid_until)
            stated = [payload[name] for name in ("validFrom", "validUntil", "nbf", "exp")]
            if stated != [stamp(begins), stamp(ends), int(begins.timestamp()), int(ends.timestamp())]:
                raise ValueError
            if "VerifiableCredential" not in list(payload["type"]):
                raise ValueError
            if not str(payload["id"]).endswith(f"/{record.number}") or payload["jti"] != payload["id"]:
                raise ValueError
            if payload["sub"] != payload["credentialSubject"]["id"]:
                raise ValueError
        except (KeyError, TypeError, ValueError, ValidationError, ProblemsError, OverflowError):
            words = _("The credential contradicts itself or lacks its decision record.")
            self.note("content", "failed", words)
            return None
        self.note("content", "passed", _("The decision record inside agrees with the credential."))
        return record

    def statement(self, payload: dict[str, Any]) -> MembershipStatement | None:
        """The statement of membership inside, if it agrees with itself."""
        try:
            found = read_statement(payload)
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
            self.note("content", "failed", _("The statement contradicts itself or the credential around it."))
            return None
        words = _("{participant} belonged to {cluster} on {day}; both confirmed it.")
        told = {"participant": found.participant, "cluster": found.cluster, "day": date_text(found.on)}
        self.note("content", "passed", words.format(**told))
        return found

    def dates(self, record: DecisionRecord) -> None:
        begins, ends = day_begins(record.valid_from), day_ends(record.valid_until)
        days = {"begin": date_text(record.valid_from), "end": date_text(record.valid_until)}
        if begins <= self.now <= ends:
            self.note("dates", "passed", _("Valid from {begin} until {end}.").format(**days))
        else:
            self.early = self.now < begins
            self.note("dates", "failed", _("Valid only from {begin} until {end}.").format(**days))

    def status(self, purpose: Purpose, payload: dict[str, Any], document: KeyDocument | None) -> None:
        entry = _status_entry(payload, purpose)
        if entry is None or document is None:
            self.note(purpose, "failed", _("The credential does not say where its state is published."))
            return
        address, index = entry
        found, reason = self.current_list(purpose, address, document)
        if found is None:
            words = {
                "revocation": _("Whether it was withdrawn could not be checked: {reason}"),
                "suspension": _("Whether it is suspended could not be checked: {reason}"),
            }[purpose]
            self.note(purpose, "unknown", words.format(reason=reason))
        elif index >= found.length:
            self.note(purpose, "failed", _("The credential does not say where its state is published."))
        elif index in found:
            words = _("It was withdrawn.") if purpose == "revocation" else _("It is suspended.")
            self.note(purpose, "failed", words)
        else:
            words = _("It was not withdrawn.") if purpose == "revocation" else _("It is not suspended.")
            self.note(purpose, "passed", words)

    def current_list(
        self, purpose: Purpose, address: str, document: KeyDocument
    ) -> tuple[StatusList | None, str]:
        """The status list at `address` that is signed by the issuer and in date, else why there is none."""
        reason = _("the status list is not at hand.")
        for text in self.status_lists:
            try:
                token = jws.read(text.strip())
                if token.payload.get("id") != address:
                    continue
                reason = _("the status list at hand is not signed by the issuer.")
                if self.signed(token, _issuer(token.payload)[0], document)[0] == "failed":
                    continue
                found = read_status_list(token.payload)
                until = read_stamp(token.payload.get("validUntil"))
            except (jws.TokenError, ValueError):
                continue
            reason = _("the status list at hand is out of date.")
            if found.purpose == purpose and self.now <= until:
                return found, ""
        return None, reason

    def pdf_signature(self, findings: PdfFindings, document: KeyDocument | None) -> None:
        if findings.fault is not None:
            words = _("The PDF is not as it was signed, or was not signed: {reason}.").format(
                reason=findings.fault
            )
            self.note("pdf_signature", "failed", words)
            return
        if document is None:
            words = _("The PDF is as it was signed; by whom could not be checked.")
            self.note("pdf_signature", "unknown", words)
            return
        chain = tuple(bytes.fromhex(part) for part in findings.certificates)
        key = next((key for key in document.keys if key.certificates and key.certificates == chain), None)
        if key is None:
            words = _("The PDF was signed by somebody else than the issuer.")
            self.note("pdf_signature", "failed", words)
            return
        moment = read_stamp(findings.signed_at)
        outcome, words = _key_in_use(key, moment) or (
            "passed",
            _("The issuer's signature of the PDF holds; not a byte was changed."),
        )
        self.note("pdf_signature", outcome, words)


def _key_in_use(key: IssuerKey, moment: datetime) -> tuple[Outcome, str] | None:
    """What speaks against a signature that says of itself that it was made at `moment`, if anything does."""
    if key.revoked is not None and moment >= key.revoked:
        return "failed", _("The key was withdrawn before this was signed.")
    if key.expires is not None and moment > key.expires:
        return "failed", _("The key was replaced before this was signed.")
    if key.revoked is not None:
        # a thief of the key can write any date: the signature says too little
        return "unknown", _(
            "The key was withdrawn from {day}. This says that it was signed before; only the register can confirm that."
        ).format(day=date_text(key.revoked.date()))
    return None


def _issuer(payload: dict[str, Any]) -> tuple[str | None, str | None]:
    """The issuer's DID, if the credential names one and the same throughout, and the name it gives itself."""
    stated: Any = payload.get("issuer")
    name: Any = None
    if isinstance(stated, dict):
        stated, name = stated.get("id"), stated.get("name")
    same = isinstance(stated, str) and stated == payload.get("iss")
    return str(stated)[:400] if same else None, name[:200] if isinstance(name, str) else None


def _status_entry(payload: dict[str, Any], purpose: Purpose) -> tuple[str, int] | None:
    """Address and index of the one status entry for `purpose`."""
    entries = payload.get("credentialStatus")
    found: list[dict[str, Any]] = []
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and entry.get("type") == "BitstringStatusListEntry":
            found += [entry] if entry.get("statusPurpose") == purpose else []
    if len(found) != 1:
        return None
    (one,) = found
    address, index = one.get("statusListCredential"), one.get("statusListIndex")
    if not isinstance(address, str) or not isinstance(index, str) or not index.isdecimal() or len(index) > 9:
        return None
    return address, int(index)


def status_addresses(payload: dict[str, Any]) -> dict[Purpose, str]:
    """Where the state of a credential is published: the address of its status list for each purpose."""
    entries = ((purpose, _status_entry(payload, purpose)) for purpose in _PURPOSES)
    return {purpose: entry[0] for purpose, entry in entries if entry is not None}


def _signed_at(payload: dict[str, Any]) -> datetime:
    """When a token says that it was signed (`iat`); raises ValueError."""
    seconds = payload.get("iat")
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 <= seconds < 2**36:
        raise ValueError("no iat")
    return datetime.fromtimestamp(seconds, UTC)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _award(record: DecisionRecord) -> Award:
    return Award(
        number=record.number,
        holder=record.holder.name,
        country=record.holder.country,
        region=record.holder.region,
        city=record.holder.city,
        scheme=record.scheme.id,
        scheme_title=local(record.scheme.title),
        scheme_version=record.scheme.version,
        scheme_digest=record.scheme.digest,
        level=record.level,
        level_title=local(record.level_title),
        sector=local(record.sector),
        scope=local(record.scope),
        decided_on=record.decided_on,
        valid_from=record.valid_from,
        valid_until=record.valid_until,
        notice=local(record.notice) or None,
        record_digest=record.digest,
    )
