"""Making keys, and opening the files that hold them or name the program that signs."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Any, Literal

from pydantic import ValidationError

from clustermark.certificates import jws
from clustermark.certificates.self_signed import self_signed
from clustermark.certificates.signer import (
    CommandFile,
    CommandSigner,
    FileSigner,
    Issuer,
    KeyFile,
    Signer,
    StatedKeys,
    TokenFile,
    check_key_name,
)
from clustermark.certificates.token import TokenSigner, open_token
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

Secret = Literal["passphrase", "pin"]
MIN_PASSPHRASE = 12


def new_keys(issuer: Issuer, *, key: str, passphrase: str, at: datetime) -> KeyFile:
    """Two new private keys, encrypted, with a self-signed X.509 certificate; raises `ProblemsError`.

    `key` is the fragment that names them in the key document, such as ``2026-1``. A certificate from an authority may
    be put in the place of the self-signed one.
    """
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - heavy

    check_key_name(key)
    if len(passphrase) < MIN_PASSPHRASE:
        message = _("The passphrase is too short.")
        allowed = _("at least {n} characters").format(n=MIN_PASSPHRASE)
        raise ProblemsError([Problem("passphrase-short", message, Place("passphrase"), allowed=allowed)])
    credential_key, document_key = (
        ed25519.Ed25519PrivateKey.generate(),
        ec.generate_private_key(ec.SECP256R1()),
    )
    lock = form.BestAvailableEncryption(passphrase.encode("utf-8"))

    def sealed(private: Any) -> str:
        data: bytes = private.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, lock)
        return data.decode("ascii")

    certificate = self_signed(
        document_key.public_key(), issuer, at, lambda data: document_key.sign(data, ec.ECDSA(SHA256()))
    )
    return KeyFile(
        issuer=issuer,
        key=key,
        public_key=jws.base64url(credential_key.public_key().public_bytes_raw()),
        certificates=[base64.b64encode(certificate).decode("ascii")],
        credential_key=sealed(credential_key),
        document_key=sealed(document_key),
    )


def read_issuer(text: str, *, file: str) -> Issuer:
    """The issuer in this JSON text; raises `ProblemsError`."""
    try:
        return Issuer.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"]) or None
        message = _("This does not describe an issuer: {reason}.").format(reason=first["msg"])
        raise ProblemsError([Problem("issuer-shape", message, Place(file, field=field))]) from None


def secret_of(text: str) -> Secret | None:
    """What opens a file of keys: a passphrase for the keys inside, a PIN for the token it names, or nothing."""
    if '"clustermark-pkcs11/1"' in text:
        return "pin"
    return None if '"clustermark-signer/1"' in text else "passphrase"


def open_signer(text: str, *, file: str, passphrase: str | None = None, pin: str | None = None) -> Signer:
    """The signer of a file of keys (`passphrase`), of a token file (`pin`) or of a command file.

    A token is not asked before something is to be signed. Raises `ProblemsError`.
    """
    try:
        wanted = secret_of(text)
        if wanted == "pin":
            token = TokenFile.model_validate_json(text)
            held = open_token(token.module, token.token, pin=pin)
            return TokenSigner(*_public(token), file, held, token.credential_key, token.document_key)
        if wanted is None:
            stated = CommandFile.model_validate_json(text)
            return CommandSigner(*_public(stated), stated.command[0], tuple(stated.command))
        return _opened(KeyFile.model_validate_json(text), file, passphrase or "")
    except (ValidationError, binascii.Error) as error:
        message = _("This is not a file of keys: {reason}.").format(
            reason=str(error).splitlines()[-1].strip()[:200]
        )
        raise ProblemsError([Problem("key-file", message, Place(file))]) from None


def _public(stated: StatedKeys) -> tuple[Issuer, str, bytes, tuple[bytes, ...]]:
    certificates = tuple(base64.b64decode(part, validate=True) for part in stated.certificates)
    return stated.issuer, stated.key, base64.urlsafe_b64decode(stated.public_key + "=="), certificates


def _opened(stated: KeyFile, file: str, passphrase: str) -> FileSigner:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415 - heavy
    from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415 - heavy

    place = Place(file)
    try:
        opened = [
            load_pem_private_key(pem.encode("ascii"), passphrase.encode("utf-8"))
            for pem in (stated.credential_key, stated.document_key)
        ]
    except (ValueError, TypeError):
        message = _("The passphrase does not open this file of keys.")
        raise ProblemsError([Problem("passphrase-wrong", message, place)]) from None
    credential_key, document_key = opened
    issuer, key, public_key, certificates = _public(stated)
    if (
        not isinstance(credential_key, ed25519.Ed25519PrivateKey)
        or not isinstance(document_key, ec.EllipticCurvePrivateKey)
        or credential_key.public_key().public_bytes_raw() != public_key
        or document_key.public_key() != load_der_x509_certificate(certificates[0]).public_key()
    ):
        message = _("The private keys do not belong to the public ones in the file.")
        raise ProblemsError([Problem("keys-differ", message, place)])
    return FileSigner(issuer, key, public_key, certificates, credential_key, document_key)
