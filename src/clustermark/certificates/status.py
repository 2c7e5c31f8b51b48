"""Bitstring Status Lists (W3C, 2025): one bit a certificate, revocation and suspension in lists of their own.

A list is published as a credential of its own, signed like a certificate, and may be cached until it runs out. All
lists have the same least length, so that asking for one does not tell which certificate is looked at.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

from clustermark.certificates import jws
from clustermark.certificates.signer import Signer
from clustermark.certificates.times import stamp
from clustermark.ground.texts import gettext as _

T = TypeVar("T")
Purpose = Literal["revocation", "suspension"]
MIN_BITS = 131_072
"""The least length that the specification allows: 16 KiB."""
MAX_BITS = 8 * 2**20
"""The longest list that is read: a mebibyte, eight million certificates."""
DEFAULT_LIFE = timedelta(hours=24)


class Bits(Set[int]):
    """The set bits of a list as it was published. It is not taken apart: a kilobyte can set eight million."""

    __slots__ = ("packed",)

    def __init__(self, packed: bytes) -> None:
        self.packed = packed

    def __contains__(self, index: object) -> bool:
        if not isinstance(index, int) or not 0 <= index < 8 * len(self.packed):
            return False
        return bool(self.packed[index // 8] & 0x80 >> index % 8)

    def __iter__(self) -> Iterator[int]:
        for place, byte in enumerate(self.packed):
            for bit in range(8) if byte else ():
                if byte & 0x80 >> bit:
                    yield 8 * place + bit

    def __len__(self) -> int:
        return int.from_bytes(self.packed).bit_count()

    @classmethod
    def _from_iterable(cls, it: Iterable[T]) -> frozenset[T]:
        return frozenset(it)


@dataclass(frozen=True)
class StatusList:
    """The certificates (by index) whose bit is set: revoked, or suspended, by `purpose`."""

    purpose: Purpose
    address: str
    marked: Set[int] = frozenset()
    length: int = MIN_BITS

    def __post_init__(self) -> None:
        if not MIN_BITS <= self.length <= MAX_BITS or self.length % 8:
            raise ValueError(_("A status list has between 131,072 and 8,388,608 bits, a multiple of 8."))
        if isinstance(self.marked, Bits):
            inside = 8 * len(self.marked.packed) <= self.length
        else:
            inside = not self.marked or 0 <= min(self.marked) <= max(self.marked) < self.length
        if not inside:
            raise ValueError(_("An index lies outside of the status list."))

    def __contains__(self, index: int) -> bool:
        if not 0 <= index < self.length:
            raise ValueError(_("An index lies outside of the status list."))
        return index in self.marked

    def with_marks(self, *, add: Iterable[int] = (), remove: Iterable[int] = ()) -> StatusList:
        """The same list with some bits set and others cleared."""
        marked = frozenset(self.marked | set(add)) - set(remove)
        return StatusList(self.purpose, self.address, marked, self.length)

    def encoded(self) -> str:
        """`u` (multibase) and the base64url of the gzipped bits, index 0 the leftmost; the same for the same list."""
        bits = bytearray(self.length // 8)
        for index in self.marked:
            bits[index // 8] |= 0x80 >> index % 8
        return "u" + jws.base64url(gzip.compress(bytes(bits), mtime=0))


def decode_bits(encoded: str) -> tuple[Bits, int]:
    """The set bits of an encoded list, and its length; raises ValueError. Never unpacks more than `MAX_BITS`."""
    if not encoded.startswith("u"):
        raise ValueError("not multibase base64url")
    unpacker = zlib.decompressobj(wbits=31)
    try:
        bits = unpacker.decompress(jws.from_base64url(encoded[1:]), MAX_BITS // 8 + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if not MIN_BITS <= 8 * len(bits) <= MAX_BITS or not unpacker.eof or unpacker.unused_data:
        raise ValueError("too short, too long, or cut off")
    return Bits(bits), 8 * len(bits)


def status_list_token(
    marks: StatusList, signer: Signer, *, issued_at: datetime, life: timedelta = DEFAULT_LIFE
) -> str:
    """The list as a signed credential (VC-JWT), good until `issued_at` + `life`."""
    until = issued_at + life
    payload: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": marks.address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": signer.issuer.id,
        "validFrom": stamp(issued_at),
        "validUntil": stamp(until),
        "credentialSubject": {
            "id": f"{marks.address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": marks.purpose,
            "encodedList": marks.encoded(),
            "ttl": int(life.total_seconds() * 1000),
        },
        "iss": signer.issuer.id,
        "iat": int(issued_at.timestamp()),
        "exp": int(until.timestamp()),
    }
    return jws.sign(payload, key_id=signer.key_id, media_type="vc+jwt", make_signature=signer.sign_credential)


def read_status_list(payload: dict[str, Any]) -> StatusList:
    """The list in the payload of a token whose signature was checked; raises ValueError when it is not one."""
    kind, subject = payload.get("type"), payload.get("credentialSubject")
    if (
        not isinstance(kind, list)
        or "BitstringStatusListCredential" not in kind
        or not isinstance(subject, dict)
    ):
        raise ValueError("not a status list")
    purpose, address, encoded = subject.get("statusPurpose"), payload.get("id"), subject.get("encodedList")
    if (
        subject.get("type") != "BitstringStatusList"
        or not isinstance(address, str)
        or not isinstance(encoded, str)
    ):
        raise ValueError("not a status list")
    if purpose not in {"revocation", "suspension"}:
        raise ValueError("another purpose")
    marked, length = decode_bits(encoded)
    return StatusList(purpose, address, marked, length)
