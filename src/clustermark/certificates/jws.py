"""Compact JSON Web Signatures (RFC 7515) with Ed25519 (RFC 8037), and nothing else.

One algorithm, one serialisation, bounded sizes. A token is read only in the one spelling that encodes it, so every
changed character is found, also in the unused bits at the end of a base64url text.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from clustermark.ground.exact import canonical
from clustermark.ground.texts import mark

ALGORITHM = "EdDSA"
MAX_TOKEN = 4_000_000
MAX_HEADER = 4_000
_HEADER_FIELDS = {"alg", "typ", "kid", "cty"}


class TokenError(Exception):
    """A text that is not a token of the kind we read; says why in a few English words, for the record."""


class Token(NamedTuple):
    """A token taken apart; nothing of it is to be believed before `is_signed_by`."""

    header: dict[str, Any]
    payload: dict[str, Any]
    signed: bytes
    signature: bytes

    @property
    def key_id(self) -> str:
        """The `kid` of the header."""
        return str(self.header["kid"])

    def is_signed_by(self, public_key: bytes) -> bool:
        """Whether the raw Ed25519 `public_key` (32 bytes) made the signature."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - heavy
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - heavy

        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(self.signature, self.signed)
        except (InvalidSignature, ValueError):
            return False
        return True


def base64url(data: bytes) -> str:
    """`data` as base64url without padding (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """The bytes of a base64url text without padding, in its only spelling; raises ValueError."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    if base64url(data) != text:
        raise ValueError("not the canonical spelling")
    return data


def sign(
    payload: Mapping[str, Any], *, key_id: str, media_type: str, make_signature: Callable[[bytes], bytes]
) -> str:
    """The compact token of `payload`, in canonical JSON; `make_signature` signs with Ed25519 (64 bytes)."""
    header = {"alg": ALGORITHM, "kid": key_id, "typ": media_type}
    text = f"{base64url(canonical(header))}.{base64url(canonical(payload))}"
    return f"{text}.{base64url(make_signature(text.encode('ascii')))}"


def read(text: str, *, media_type: str = "vc+jwt") -> Token:
    """Take a compact token apart; raises `TokenError` for everything that is not exactly of our kind."""
    if len(text) > MAX_TOKEN:
        raise TokenError(mark("the token is too large"))
    parts = text.split(".", 3)
    if len(parts) != 3:
        raise TokenError(mark("a token has three parts"))
    if len(parts[0]) > MAX_HEADER:
        raise TokenError(mark("the header is too large"))
    try:
        header, payload = (_json_object(from_base64url(part)) for part in parts[:2])
        signature = from_base64url(parts[2])
    except ValueError:
        raise TokenError(mark("a part is not base64url of a JSON object")) from None
    if header.get("alg") != ALGORITHM:
        raise TokenError(mark("the algorithm is not EdDSA"))
    if header.get("typ") != media_type or not isinstance(header.get("kid"), str):
        raise TokenError(mark("the header lacks its type or a key id"))
    if set(header) - _HEADER_FIELDS:
        raise TokenError(mark("the header has fields that we do not read"))
    return Token(header, payload, f"{parts[0]}.{parts[1]}".encode("ascii"), signature)


def _json_object(data: bytes) -> dict[str, Any]:
    def without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _value in pairs}) != len(pairs):
            raise ValueError("a name stands twice")
        return dict(pairs)

    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=without_repetition)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value
