"""Making keys, and opening the files that hold them or name the program that signs."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from clustermark.certificates import jws
from clustermark.certificates.signer import CommandFile, CommandSigner, FileSigner, Issuer, KeyFile, Signer
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import local

MIN_PASSPHRASE = 12
CERTIFICATE_LIFE = timedelta(days=365 * 15)
"""Longer than any certificate of the label: which keys are in use is told by the key document, not by this date."""


def new_keys(issuer: Issuer, *, key: str, passphrase: str, at: datetime) -> KeyFile:
    """Two new private keys, encrypted, with a self-signed X.509 certificate; raises `ProblemsError`.

    `key` is the fragment that names them in the key document, such as ``2026-1``. A certificate from an authority may
    be put in the place of the self-signed one.
    """
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519  # noqa: PLC0415 - heavy

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

    certificate = _self_signed(document_key, issuer, at)
    return KeyFile(
        issuer=issuer,
        key=key,
        public_key=jws.base64url(credential_key.public_key().public_bytes_raw()),
        certificates=[base64.b64encode(certificate).decode("ascii")],
        credential_key=sealed(credential_key),
        document_key=sealed(document_key),
    )


def _self_signed(private: Any, issuer: Issuer, at: datetime) -> bytes:
    from cryptography import x509  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - heavy
    from cryptography.x509.oid import NameOID  # noqa: PLC0415 - heavy

    names = local(issuer.name, "en")[:64]
    name = x509.Name(
        [x509.NameAttribute(part, names) for part in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)]
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + CERTIFICATE_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                encipher_only=False,
                decipher_only=False,
                **usage,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .add_extension(
            x509.SubjectAlternativeName([x509.UniformResourceIdentifier(issuer.id)]), critical=False
        )
    )
    return builder.sign(private, SHA256()).public_bytes(Encoding.DER)


def read_issuer(text: str, *, file: str) -> Issuer:
    """The issuer in this JSON text; raises `ProblemsError`."""
    try:
        return Issuer.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"]) or None
        message = _("This does not describe an issuer: {reason}.").format(reason=first["msg"])
        raise ProblemsError([Problem("issuer-shape", message, Place(file, field=field))]) from None


def needs_passphrase(text: str) -> bool:
    """Whether a file of keys has to be opened by a passphrase; a signer file has not."""
    return '"clustermark-signer/1"' not in text


def open_signer(text: str, *, file: str, passphrase: str | None = None) -> Signer:
    """The signer of a file of keys (`passphrase` opens it) or of a command file; raises `ProblemsError`."""
    try:
        if not needs_passphrase(text):
            stated = CommandFile.model_validate_json(text)
            return CommandSigner(*_public(stated), command=tuple(stated.command))
        return _opened(KeyFile.model_validate_json(text), file, passphrase or "")
    except (ValidationError, binascii.Error) as error:
        message = _("This is not a file of keys: {reason}.").format(
            reason=str(error).splitlines()[-1].strip()[:200]
        )
        raise ProblemsError([Problem("key-file", message, Place(file))]) from None


def _public(stated: KeyFile | CommandFile) -> tuple[Issuer, str, bytes, tuple[bytes, ...]]:
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
