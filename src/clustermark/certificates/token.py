"""Signing with the keys of a security token (PKCS#11: a card, a hardware security module, SoftHSM).

The private keys never leave the token. Ed25519 is asked for by CKM_EDDSA (PKCS#11 3.0, section 6.3.12), ECDSA over
P-256 by CKM_ECDSA over our own SHA-256, which every token with P-256 knows. Needs the extra `pkcs11` of this package.
"""

from __future__ import annotations

import base64
import hashlib
import os
import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from clustermark.certificates import jws
from clustermark.certificates.self_signed import self_signed
from clustermark.certificates.signer import Issuer, OutsideSigner, TokenFile, check_key_name
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

Which = Literal["credential", "document"]


@dataclass
class Token:
    """A token by its module (a shared library) and label; one session, opened when it is first needed.

    A wrong PIN is never tried twice: a few wrong tries lock most tokens for good, and a site is asked often.
    """

    module: str
    label: str
    pin: str = field(repr=False)
    _session: Any = field(default=None, repr=False)
    _keys: dict[str, Any] = field(default_factory=dict, repr=False)
    _process: int = 0
    _refused: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def sign(self, key: str, which: Which, data: bytes) -> bytes:
        """The signature by the private key with this label, as the token gives it; raises `ProblemsError`."""
        import pkcs11  # noqa: PLC0415 - an extra; `_pkcs11` has told if it is missing

        with self._lock:
            kept = self._session is not None and self._process == os.getpid()
            try:
                return self._signed(key, which, data)
            except pkcs11.PKCS11Error as error:
                self._session = None
                if not kept:
                    raise self._failed(error) from None
            try:
                # the session was old: the token may have been away meanwhile
                return self._signed(key, which, data)
            except pkcs11.PKCS11Error as error:
                self._session = None
                raise self._failed(error) from None

    def public_point(self, key: str) -> bytes:
        """The public key with this label: 32 bytes of Ed25519, or 65 of P-256; raises `ProblemsError`."""
        import pkcs11  # noqa: PLC0415 - as above

        with self._lock:
            try:
                found = self._open().get_key(object_class=pkcs11.ObjectClass.PUBLIC_KEY, label=key)
                point = bytes(found[pkcs11.Attribute.EC_POINT])
            except pkcs11.PKCS11Error as error:
                raise self._failed(error) from None
        # an OCTET STRING in DER until version 2.40 of PKCS#11, the bare bytes for Ed25519 since 3.0
        return point[2:] if len(point) in {34, 67} and point[0] == 4 and point[1] == len(point) - 2 else point

    def _signed(self, key: str, which: Which, data: bytes) -> bytes:
        import pkcs11  # noqa: PLC0415 - as above

        session = self._open()
        private = self._keys.get(key)
        if private is None:
            private = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=key)
            self._keys[key] = private
        if which == "credential":
            return bytes(private.sign(data, mechanism=pkcs11.Mechanism.EDDSA))
        return bytes(private.sign(hashlib.sha256(data).digest(), mechanism=pkcs11.Mechanism.ECDSA))

    def _open(self) -> Any:
        """The session; a new one where there is none, or where this process came from one that had it."""
        import pkcs11  # noqa: PLC0415 - as above

        if self._session is not None and self._process == os.getpid():
            return self._session
        if self._refused:
            raise pkcs11.exceptions.PinIncorrect
        self._keys.clear()
        library = pkcs11.lib(self.module)
        if self._session is not None:
            library.reinitialize()
        found = library.get_token(token_label=self.label)
        try:
            self._session = found.open(user_pin=self.pin)
        except pkcs11.exceptions.UserAlreadyLoggedIn:
            # by another session of this process, such as for the keys before these
            self._session = found.open()
        except (pkcs11.exceptions.PinIncorrect, pkcs11.exceptions.PinInvalid, pkcs11.exceptions.PinLenRange):
            self._refused = True
            raise
        self._process = os.getpid()
        return self._session

    def _failed(self, error: Exception) -> ProblemsError:
        message = _("The security token did not sign: {error}.").format(error=type(error).__name__)
        return ProblemsError([Problem("token-failed", message, Place(self.module, field=self.label))])


@dataclass(frozen=True)
class TokenSigner(OutsideSigner):
    """Lets a security token sign."""

    token: Token
    credential_key: str
    document_key: str

    def credential_signature(self, data: bytes) -> bytes:
        """Asks the token."""
        return self.token.sign(self.credential_key, "credential", data)

    def document_signature(self, data: bytes) -> bytes:
        """Asks the token, and writes its two numbers as DER."""
        return _as_der(self.token.sign(self.document_key, "document", data))


def open_token(module: str, label: str, *, pin: str | None) -> Token:
    """The token with this label; it is asked nothing yet. Raises `ProblemsError` without a PIN or the extra."""
    try:
        import pkcs11  # noqa: F401, PLC0415 - an extra: only those who have a token install it
    except ImportError:
        message = _("Security tokens need the extra pkcs11: pip install clustermark[pkcs11].")
        raise ProblemsError([Problem("pkcs11-missing", message, Place(module))]) from None
    if not pin:
        message = _("The security token wants its PIN.")
        raise ProblemsError([Problem("pin-missing", message, Place(module, field=label))])
    return Token(module, label, pin)


def token_file(
    token: Token, issuer: Issuer, *, key: str, credential_key: str, document_key: str, at: datetime
) -> TokenFile:
    """The file that names two keys made in the token before, with a self-signed X.509 certificate of the second.

    `key` is the fragment that names them in the key document. Raises `ProblemsError` where a key is missing or of
    another kind than Ed25519 and P-256.
    """
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - heavy

    check_key_name(key)
    raw, point = token.public_point(credential_key), token.public_point(document_key)
    if len(raw) != 32:
        raise _other_kind(token, credential_key, "Ed25519")
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise _other_kind(token, document_key, "P-256") from None
    certificate = self_signed(
        public, issuer, at, lambda data: _as_der(token.sign(document_key, "document", data))
    )
    return TokenFile(
        issuer=issuer,
        key=key,
        public_key=jws.base64url(raw),
        certificates=[base64.b64encode(certificate).decode("ascii")],
        module=token.module,
        token=token.label,
        credential_key=credential_key,
        document_key=document_key,
    )


def _other_kind(token: Token, label: str, kind: str) -> ProblemsError:
    message = _("The key in the security token is of another kind.")
    return ProblemsError([Problem("token-key", message, Place(token.module, field=token.label), label, kind)])


def _as_der(signature: bytes) -> bytes:
    """Two numbers side by side, as PKCS#11 has ECDSA signatures, as DER (RFC 3279, section 2.2.3)."""
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature  # noqa: PLC0415 - heavy

    half = len(signature) // 2
    return encode_dss_signature(
        int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    )
