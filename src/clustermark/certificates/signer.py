"""Who signs: the small `Signer` interface, and the ways it is kept: an encrypted file, a security token, or a command.

A signer holds two keys: Ed25519 for credentials, and ECDSA over P-256 with an X.509 certificate for PDFs (few readers
of PDF know Ed25519). A token (PKCS#11, see `clustermark.certificates.token`) and a command leave both keys outside of
this program: what comes back from there is checked before it is used.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol

from pydantic import Field

from clustermark.certificates.addresses import WebAddress
from clustermark.certificates.did import PDF_SUFFIX, IssuerKey
from clustermark.ground.documents import Document
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import LocalText
from clustermark.ground.texts import gettext as _

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

COMMAND_SECONDS = 30


KEY_NAME = r"^[A-Za-z0-9._~-]{1,60}$"
"""What names of keys look like: they are parts of addresses."""


def check_key_name(name: str) -> None:
    """Raise `ProblemsError` for what cannot be the name of keys."""
    if not re.fullmatch(KEY_NAME[1:-1], name):
        message, allowed = _("Keys cannot have this name."), "A–Z a–z 0–9 . _ ~ -, 1–60"
        raise ProblemsError([Problem("key-name", message, Place("--name"), name, allowed)])


class Issuer(Document):
    """Who awards: `id` is a `did:web`, `check_address` the page whose address plus a number shows a certificate."""

    id: Annotated[str, Field(pattern=r"^did:web:[A-Za-z0-9.:%_~-]{1,300}$")]
    name: LocalText
    website: WebAddress
    check_address: WebAddress


class Signer(Protocol):
    """Signs for one issuer. Both methods sign the bytes they get; what they raise ends the issuing."""

    @property
    def issuer(self) -> Issuer:
        """Who awards."""

    @property
    def key_id(self) -> str:
        """The id of the credential key in the key document: the issuer's DID and a fragment."""

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """The X.509 certificate of the PDF key and its chain, DER."""

    def sign_credential(self, data: bytes) -> bytes:
        """The Ed25519 signature (64 bytes) of `data`."""

    def sign_document(self, data: bytes) -> bytes:
        """The ECDSA signature (P-256, SHA-256, DER) of `data`."""

    def keys(self) -> tuple[IssuerKey, IssuerKey]:
        """Both public keys, for the key document."""


class StatedKeys(Document):
    """What every file of keys states: the issuer, the name of the keys in the key document, and what is public of them.

    `public_key` is base64url of the 32 bytes of the Ed25519 key; `certificates` are base64 of DER, leaf first.
    """

    format: str
    issuer: Issuer
    key: Annotated[str, Field(pattern=KEY_NAME)]
    public_key: str
    certificates: Annotated[list[str], Field(min_length=1)]


class KeyFile(StatedKeys):
    """`clustermark-keys/1`: the two private keys as PKCS#8, encrypted by a passphrase."""

    format: Literal["clustermark-keys/1"] = "clustermark-keys/1"
    credential_key: str
    document_key: str


class CommandFile(StatedKeys):
    """`clustermark-signer/1`: a program that signs; see docs/certificates.md for what it reads and writes."""

    format: Literal["clustermark-signer/1"] = "clustermark-signer/1"
    command: Annotated[list[str], Field(min_length=1)]


class TokenFile(StatedKeys):
    """`clustermark-pkcs11/1`: a security token that signs, the labels of token and keys; its PIN stands nowhere."""

    format: Literal["clustermark-pkcs11/1"] = "clustermark-pkcs11/1"
    module: Annotated[str, Field(min_length=1)]
    token: Annotated[str, Field(min_length=1)]
    credential_key: Annotated[str, Field(min_length=1)]
    document_key: Annotated[str, Field(min_length=1)]


@dataclass(frozen=True)
class PublicKeys:
    """What every signer tells of itself."""

    issuer: Issuer
    key: str
    public_key: bytes
    certificates: tuple[bytes, ...]

    @property
    def key_id(self) -> str:
        """See `Signer`."""
        return f"{self.issuer.id}#{self.key}"

    def keys(self) -> tuple[IssuerKey, IssuerKey]:
        """See `Signer`."""
        return (
            IssuerKey(self.key_id, self.public_key),
            IssuerKey(self.key_id + PDF_SUFFIX, None, self.certificates),
        )


@dataclass(frozen=True)
class FileSigner(PublicKeys):
    """Signs with keys held in memory, opened from a `KeyFile`."""

    credential_key: Ed25519PrivateKey
    document_key: EllipticCurvePrivateKey

    def sign_credential(self, data: bytes) -> bytes:
        """See `Signer`."""
        return self.credential_key.sign(data)

    def sign_document(self, data: bytes) -> bytes:
        """See `Signer`."""
        from cryptography.hazmat.primitives.asymmetric.ec import ECDSA  # noqa: PLC0415 - heavy
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - heavy

        return self.document_key.sign(data, ECDSA(SHA256()))


@dataclass(frozen=True)
class OutsideSigner(PublicKeys, ABC):
    """Keys that are elsewhere, in `place`: whatever they sign is checked against the public keys before it is used."""

    place: str

    @abstractmethod
    def credential_signature(self, data: bytes) -> bytes:
        """The signature from outside, not yet checked."""

    @abstractmethod
    def document_signature(self, data: bytes) -> bytes:
        """The signature from outside, not yet checked."""

    def sign_credential(self, data: bytes) -> bytes:
        """See `Signer`; raises `ProblemsError` when nothing is signed, or by another key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - heavy

        signature = self.credential_signature(data)
        self._check(lambda: Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, data))
        return signature

    def sign_document(self, data: bytes) -> bytes:
        """See `Signer`; raises `ProblemsError` when nothing is signed, or by another key."""
        from cryptography.hazmat.primitives.asymmetric.ec import ECDSA  # noqa: PLC0415 - heavy
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - heavy

        signature = self.document_signature(data)
        self._check(lambda: self._document_key.verify(signature, data, ECDSA(SHA256())))
        return signature

    @cached_property
    def _document_key(self) -> Any:
        from cryptography.x509 import load_der_x509_certificate  # noqa: PLC0415 - heavy

        return load_der_x509_certificate(self.certificates[0]).public_key()

    def _check(self, verify: Callable[[], None]) -> None:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - heavy

        try:
            verify()
        except InvalidSignature:
            message = _("The signature was made with another key than the one stated.")
            raise ProblemsError([Problem("signer-key", message, Place(self.place))]) from None


@dataclass(frozen=True)
class CommandSigner(OutsideSigner):
    """Lets a program sign, so that the private keys need not be where this program runs.

    The program reads one JSON object from standard input (`key`: credential or document, `algorithm`: EdDSA or ES256,
    `data`: base64) and writes one (`signature`: base64; ECDSA as DER).
    """

    command: tuple[str, ...]

    def credential_signature(self, data: bytes) -> bytes:
        """Asks the program."""
        return self._ask("credential", "EdDSA", data)

    def document_signature(self, data: bytes) -> bytes:
        """Asks the program."""
        return self._ask("document", "ES256", data)

    def _ask(self, key: str, algorithm: str, data: bytes) -> bytes:
        request = {"key": key, "algorithm": algorithm, "data": base64.b64encode(data).decode("ascii")}
        try:
            done = subprocess.run(  # noqa: S603 - the operator's own program, without a shell
                self.command, input=json.dumps(request).encode(), capture_output=True, check=True,
                timeout=COMMAND_SECONDS,
            )  # fmt: skip
            return base64.b64decode(json.loads(done.stdout)["signature"], validate=True)
        except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as error:
            message = _("The program that signs did not sign: {error}.").format(error=type(error).__name__)
            raise ProblemsError([Problem("signer-failed", message, Place(self.place))]) from None
