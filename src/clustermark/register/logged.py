"""What the append-only log holds of a register: one entry for every public act, in the order of the acts.

An entry tells which certificate and which act by their digests, so the log can be public while the register shows
only what it may; whoever has the certificate and the act can prove that they are in the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from clustermark.ground.documents import Document
from clustermark.ground.exact import canonical, digest
from clustermark.register.entries import PUBLIC_ACTS, Act, Certificate, Number, Register

Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]


class LogEntry(Document):
    """One entry of the log; both digests are over the canonical form (RFC 8785) with nulls left out."""

    format: Literal["clustermark-register-entry/1"] = "clustermark-register-entry/1"
    certificate: Number
    certificate_digest: Digest
    on: date
    act_digest: Digest

    def line(self) -> bytes:
        """The bytes that are hashed into the log: the canonical form, without a line break."""
        return canonical(self.model_dump(mode="json"))


def log_entry(certificate: Certificate, act: Act) -> LogEntry:
    """The entry for an act on a certificate."""
    return LogEntry(
        certificate=certificate.number,
        certificate_digest=digest(certificate.model_dump(mode="json", exclude_none=True)),
        on=act.on,
        act_digest=digest(act.model_dump(mode="json", exclude_none=True)),
    )


def entries_of(register: Register) -> list[bytes]:
    """The entries of a whole register, in the order of its public acts."""
    certificates = {item.number: item for item in register.certificates}
    public = [act for act in register.acts if act.kind in PUBLIC_ACTS]
    return [log_entry(certificates[act.certificate], act).line() for act in public]


def first_difference(register: Register, entries: Sequence[bytes]) -> int | None:
    """The first public act (from 0) that the log does not hold as the register has it, or that only one of them has."""
    own = entries_of(register)
    for index, (ours, theirs) in enumerate(zip(own, entries, strict=False)):
        if ours != theirs:
            return index
    return None if len(own) == len(entries) else min(len(own), len(entries))
