"""The self-signed X.509 certificate of a key that signs PDFs (RFC 5280), whoever holds that key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clustermark.certificates.signer import Issuer
from clustermark.ground.texts import local

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.x509 import CertificateBuilder

CERTIFICATE_LIFE = timedelta(days=365 * 15)
"""Longer than any certificate of the label: which keys are in use is told by the key document, not by this date."""


def self_signed(
    public: EllipticCurvePublicKey, issuer: Issuer, at: datetime, sign: Callable[[bytes], bytes]
) -> bytes:
    """The certificate as DER; `sign` gives the ECDSA signature (SHA-256, DER) of the key that belongs to `public`."""
    from asn1crypto import x509 as asn1  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - heavy

    # the builder signs with keys in memory alone: what it signed is taken, its signature by a passing key is not
    content = _builder(public, issuer, at).sign(ec.generate_private_key(ec.SECP256R1()), SHA256())
    signed = content.tbs_certificate_bytes
    certificate = asn1.Certificate(
        {
            "tbs_certificate": asn1.TbsCertificate.load(signed),
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature_value": sign(signed),
        }
    )
    made: bytes = certificate.dump()
    return made


def _builder(public: EllipticCurvePublicKey, issuer: Issuer, at: datetime) -> CertificateBuilder:
    from cryptography import x509  # noqa: PLC0415 - heavy
    from cryptography.x509.oid import NameOID  # noqa: PLC0415 - heavy

    names = local(issuer.name, "en")[:64]
    name = x509.Name(
        [x509.NameAttribute(part, names) for part in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)]
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
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
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.SubjectAlternativeName([x509.UniformResourceIdentifier(issuer.id)]), critical=False
        )
    )
