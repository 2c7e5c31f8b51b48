"""Certificates and acts for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from clustermark.register.entries import Act, ActKind, Certificate, Register
from clustermark.schemes.document import Validity
from clustermark.schemes.scheme import Scheme
from clustermark.schemes.surveillance import Surveillance


def rules() -> tuple[Validity, Surveillance]:
    """Validity and surveillance of the shipped silver scheme."""
    document = Scheme.load("ecei-silver-2017").document
    assert document.validity is not None
    assert document.surveillance is not None
    return document.validity, document.surveillance


def certificate(number: str = "RU-201711-001", **changes: Any) -> Certificate:
    """A silver certificate decided on 15 November 2017."""
    stated: dict[str, Any] = {
        "number": number,
        "holder_id": f"holder-{number}",
        "holder": f"Cluster {number}",
        "country": "RU",
        "sector": "health",
        "level": "silver",
        "decided_on": date(2017, 11, 15),
        "valid_from": date(2017, 11, 15),
        "valid_until": date(2019, 10, 31),
        "mark": "synthetic",
    }
    return Certificate(**stated | changes)


def act(kind: ActKind, on: date, number: str = "RU-201711-001", **changes: Any) -> Act:
    """An act with a reason."""
    stated: dict[str, Any] = {
        "certificate": number,
        "kind": kind,
        "on": on,
        "reason": "because",
        "by": "board",
    }
    return Act(**stated | changes)


def register(*certificates: Certificate, acts: list[Act] | None = None) -> Register:
    """A register of samples."""
    return Register(
        title="Sample register",
        notice="Invented for tests.",
        licence="CC0-1.0",
        certificates=list(certificates),
        acts=acts or [],
    )
