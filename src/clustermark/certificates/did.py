"""The key document of an issuer (`did:web`): which keys sign its certificates, since when, until when.

It is a DID document (W3C DID 1.0, did:web method; verification methods by Controlled Identifiers 1.0), served at the
place that `document_address` gives. A key that was replaced stays in it with `expires`: certificates signed before stay
good. A key that was lost is withdrawn with `revoked`: nothing signed from that moment on is believed.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from clustermark.certificates import jws
from clustermark.certificates.addresses import origin_of_did
from clustermark.certificates.times import read_stamp, stamp
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

MAX_DOCUMENT = 500_000
MAX_KEYS = 200
PDF_SUFFIX = "-pdf"
"""Ends the id of the key that signs PDFs; without it, the id is that of the key that signs credentials."""
_DID = re.compile(r"did:web:[A-Za-z0-9.-]{1,253}(%3A[0-9]{1,5})?(:[A-Za-z0-9._~-]{1,100}){0,8}", re.ASCII)
_ID = re.compile(r"#[A-Za-z0-9._~-]{1,100}", re.ASCII)


@dataclass(frozen=True)
class IssuerKey:
    """A public key: Ed25519 (32 raw bytes) for credentials, or the certificate (DER, then its chain) for PDFs."""

    id: str
    public_key: bytes | None = None
    certificates: tuple[bytes, ...] = ()
    expires: datetime | None = None
    revoked: datetime | None = None

    def method(self) -> dict[str, Any]:
        """The key as a verification method of a DID document."""
        method: dict[str, Any] = {"id": self.id, "type": "JsonWebKey", "controller": self.id.split("#")[0]}
        if self.public_key is not None:
            method["publicKeyJwk"] = {
                "kty": "OKP", "crv": "Ed25519", "alg": jws.ALGORITHM, "x": jws.base64url(self.public_key)
            }  # fmt: skip
        else:
            method["publicKeyJwk"] = _certificate_jwk(self.certificates)
        if self.expires is not None:
            method["expires"] = stamp(self.expires)
        if self.revoked is not None:
            method["revoked"] = stamp(self.revoked)
        return method


@dataclass(frozen=True)
class KeyDocument:
    """The keys of one issuer."""

    issuer: str
    keys: tuple[IssuerKey, ...]

    def key(self, key_id: str) -> IssuerKey | None:
        """The key with this id, which is the issuer's DID and a fragment."""
        return next((key for key in self.keys if key.id == key_id), None)

    def rotated(self, new: Iterable[IssuerKey], *, at: datetime) -> KeyDocument:
        """With new keys; those in use until now sign nothing from `at` on, and what they signed stays good."""
        old = (key if key.expires else replace(key, expires=at) for key in self.keys)
        return KeyDocument(self.issuer, (*old, *new))

    def withdrawn(self, key_id: str, *, since: datetime) -> KeyDocument:
        """With one key withdrawn: whatever it signed from `since` on is not believed. Raises `ProblemsError`.

        Both keys of a pair lie in one place, so the key that signs PDFs is withdrawn with the one that it belongs to.
        """
        if self.key(key_id) is None:
            ids = ", ".join(key.id for key in self.keys)
            message = _("The key document has no such key.")
            raise ProblemsError([Problem("key-unknown", message, Place("--key"), key_id, ids)])
        pair = key_id.removesuffix(PDF_SUFFIX)
        keys = (
            replace(key, revoked=since) if key.id in {pair, pair + PDF_SUFFIX} else key for key in self.keys
        )
        return KeyDocument(self.issuer, tuple(keys))

    def to_json(self) -> str:
        """The document as it is served, as JSON text."""
        return json.dumps(did_document(self), indent=2) + "\n"


def did_document(document: KeyDocument) -> dict[str, Any]:
    """The DID document as plain data, to be served as `application/did+json`."""
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://www.w3.org/ns/cid/v1"],
        "id": document.issuer,
        "verificationMethod": [key.method() for key in document.keys],
        "assertionMethod": [key.id for key in document.keys],
    }


def document_address(issuer: str) -> str:
    """Where the key document of a `did:web` is served; raises ValueError.

    >>> document_address("did:web:label.example")
    'https://label.example/.well-known/did.json'
    >>> document_address("did:web:label.example:europe")
    'https://label.example/europe/did.json'
    """
    if not _DID.fullmatch(issuer):
        raise ValueError("not a did:web")
    host, *path = issuer.removeprefix("did:web:").split(":")
    return f"{origin_of_did(host)}/{'/'.join(path or ['.well-known'])}/did.json"


def read_key_document(text: str, *, file: str) -> KeyDocument:
    """The keys in a DID document; raises `ProblemsError`. Methods of other kinds are passed over."""
    try:
        if len(text) > MAX_DOCUMENT:
            raise ValueError("too large")
        data = json.loads(text)
        issuer, methods, asserting = data["id"], data["verificationMethod"], data["assertionMethod"]
        if not isinstance(issuer, str) or not _DID.fullmatch(issuer):
            raise ValueError("its id is not a did:web")
        if len(methods) > MAX_KEYS:
            raise ValueError("too many keys")
        keys = [_read_method(issuer, method) for method in methods]
        allowed = {_whole_id(issuer, name) for name in asserting if isinstance(name, str)}
        found = tuple(key for key in keys if key is not None and key.id in allowed)
        if len({key.id for key in found}) != len(found):
            raise ValueError("a key id stands twice")
        return KeyDocument(issuer, found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = _("This is not the key document of an issuer: {reason}.").format(reason=str(error)[:200])
        raise ProblemsError([Problem("key-document", message, Place(file))]) from None


def _read_method(issuer: str, method: Mapping[str, Any]) -> IssuerKey | None:
    key_id = _whole_id(issuer, str(method["id"]))
    if not _ID.fullmatch(key_id.removeprefix(issuer)) or method.get("controller") != issuer:
        raise ValueError("a key of somebody else")
    jwk = method.get("publicKeyJwk") or {}
    expires, revoked = (
        read_stamp(method[name]) if name in method else None for name in ("expires", "revoked")
    )
    if jwk.get("kty") == "OKP" and jwk.get("crv") == "Ed25519":
        raw = jws.from_base64url(jwk["x"])
        if len(raw) != 32:
            raise ValueError("an Ed25519 key has 32 bytes")
        return IssuerKey(key_id, raw, (), expires, revoked)
    if jwk.get("x5c"):
        try:
            chain = tuple(base64.b64decode(part, validate=True) for part in jwk["x5c"])
        except binascii.Error:
            raise ValueError("a certificate is not base64") from None
        return IssuerKey(key_id, None, chain, expires, revoked)
    return None


def _whole_id(issuer: str, name: str) -> str:
    return issuer + name if name.startswith("#") else name


def _certificate_jwk(certificates: tuple[bytes, ...]) -> dict[str, Any]:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey  # noqa: PLC0415 - heavy
    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415 - heavy

    key = load_der_x509_certificate(certificates[0]).public_key()
    assert isinstance(key, EllipticCurvePublicKey)  # noqa: S101 - signers hold no other certificates
    numbers = key.public_numbers()
    x, y = (jws.base64url(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
    x5c = [base64.b64encode(certificate).decode("ascii") for certificate in certificates]
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "x5c": x5c}
