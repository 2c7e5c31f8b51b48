"""Signed checkpoints: the size and root of the log at a moment, signed by its operator.

The format is that of C2SP `tlog-checkpoint` in a C2SP `signed-note` with Ed25519 (signature type 1), so
monitors and witnesses of other logs read it::

    register.example/log
    1234
    n0j3dRcQ…=

    — register.example/log x08go/ZJ…=
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

ED25519 = b"\x01"
MAX_NOTE = 64 * 1024
"""Characters of a note that is read at all."""
MAX_SIGNATURES = 100
_NAME = re.compile(r"[^\s+]+\Z")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log `origin` had `size` entries and this `root` (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public key of a log: its name and the 32 bytes of an Ed25519 key."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that stand before a signature and tell whose it is."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(ED25519 + self.public).decode()}"


def read_key(text: str, *, file: str = "--key") -> VerifierKey:
    """A verifier key in the form NAME+ID+KEY; raises ProblemsError, `file` is the name told there."""
    name, _plus, rest = text.strip().partition("+")
    stated, _plus, encoded = rest.partition("+")
    data = _bytes(encoded)
    if _NAME.match(name) and data is not None and len(data) == 33 and data[:1] == ED25519:
        key = VerifierKey(name, data[1:])
        if key.key_id.hex() == stated:
            return key
    message = _("This is not the public key of a log.")
    allowed = _("NAME+ID+KEY, as in C2SP signed-note, with an Ed25519 key")
    raise ProblemsError([Problem("log-key", message, Place(file), allowed=allowed)])


def sign_note(text: str, key: VerifierKey, sign: Callable[[bytes], bytes]) -> str:
    """`text` with a signature line of `key`; `sign` makes the Ed25519 signature over given bytes.

    Raises ValueError for a text that a note cannot hold: it ends in a newline and has no control characters.
    """
    if not text.endswith("\n") or _CONTROL.search(text) or not _NAME.match(key.name):
        raise ValueError("a note is lines of text, signed by a name without spaces")
    signature = b64encode(key.key_id + sign(text.encode())).decode()
    return f"{text}\n— {key.name} {signature}\n"


def open_note(note: str, key: VerifierKey, *, file: str = "checkpoint") -> str:
    """The text of `note` when `key` signed it; raises ProblemsError when it did not or the form is broken.

    Signatures of other keys are passed over; every one that bears the key's name and id must be genuine.
    """
    text, blank, lines = note.rpartition("\n\n")
    signatures = lines.splitlines()
    form = _("This is not a signed note.")
    if not blank or len(note) > MAX_NOTE or _CONTROL.search(note) or not lines.endswith("\n"):
        raise _broken("note-form", form, file)
    if not 0 < len(signatures) <= MAX_SIGNATURES:
        raise _broken("note-form", form, file)
    text += "\n"
    ours = []
    for line in signatures:
        match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
        data = _bytes(match[2]) if match else None
        if match is None or data is None or len(data) < 5:
            raise _broken("note-form", form, file)
        if match[1] == key.name and data[:4] == key.key_id:
            ours.append(data[4:])
    if not ours:
        message = _("The key {name} has not signed this checkpoint.").format(name=key.name)
        raise _broken("note-unsigned", message, file)
    if not all(_genuine(key.public, signature, text.encode()) for signature in ours):
        raise _broken(
            "note-signature", _("The signature does not fit the text: one of them was changed."), file
        )
    return text


def read_checkpoint(note: str, key: VerifierKey, *, file: str = "checkpoint") -> Checkpoint:
    """The checkpoint in `note`, signed by `key`; lines after the third are extensions and are passed over.

    Raises ProblemsError when the note is broken, is not signed by `key`, or holds no checkpoint.
    """
    lines = open_note(note, key, file=file).split("\n")
    root = _bytes(lines[2]) if len(lines) > 3 else None
    if root is None or len(root) != 32 or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]) or not lines[0]:
        raise _broken("checkpoint-form", _("This is not the checkpoint of a log."), file)
    return Checkpoint(lines[0], int(lines[1]), root)


def sign_checkpoint(checkpoint: Checkpoint, key: VerifierKey, sign: Callable[[bytes], bytes]) -> str:
    """The checkpoint as a signed note."""
    return sign_note(checkpoint.text(), key, sign)


def _genuine(public: bytes, signature: bytes, data: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - only signatures need it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - as above

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _bytes(text: str) -> bytes | None:
    """The bytes of standard base64, or None where it is not in its one proper form."""
    try:
        data = b64decode(text, validate=True)
    except (NotBase64, ValueError):
        return None
    return data if b64encode(data).decode() == text else None


def _broken(code: str, message: str, file: str) -> ProblemsError:
    return ProblemsError([Problem(code, message, Place(file))])
