"""Reads sealed records, and checks that they are what was sealed."""

from __future__ import annotations

import json
from typing import Any

from clustermark.ground.exact import digest
from clustermark.web.cases.models import Case, SealedRecord, Seat


def latest(case: Case, kind: str, *, seat: Seat | None = None) -> SealedRecord | None:
    """The latest version of this kind of record."""
    return SealedRecord.objects.filter(case=case, kind=kind, seat=seat).order_by("-version").first()


def content_of(record: SealedRecord) -> dict[str, Any]:
    """What was sealed. Raises RuntimeError when it is not what its digest says."""
    content: dict[str, Any] = json.loads(record.content)
    if digest(content) != record.digest:
        raise RuntimeError(f"{record} is not what was sealed.")
    return content
