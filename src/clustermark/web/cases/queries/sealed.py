"""Reads sealed records, and checks that they are what was sealed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from clustermark.web.cases.models import Case, SealedRecord, Seat


def latest(case: Case, kind: str, *, seat: Seat | None = None) -> SealedRecord | None:
    """The latest version of this kind of record."""
    return SealedRecord.objects.filter(case=case, kind=kind, seat=seat).order_by("-version").first()


def content_of(record: SealedRecord) -> dict[str, Any]:
    """What was sealed. Raises RuntimeError when it is not what its digest says."""
    # the text is the canonical form itself, so the digest is that of its bytes
    if "sha256:" + hashlib.sha256(record.content.encode()).hexdigest() != record.digest:
        raise RuntimeError(f"{record} is not what was sealed.")
    content: dict[str, Any] = json.loads(record.content)
    return content
