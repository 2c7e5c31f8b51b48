"""Seals records: content, digest, who, when; a correction is a new version with a reason."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Max
from django.utils import timezone

from clustermark.ground.exact import canonical, digest
from clustermark.web.accounts.models import User
from clustermark.web.cases.models import Case, SealedRecord, Seat


def seal(
    *,
    case: Case,
    kind: str,
    content: Mapping[str, object],
    by: User | None,
    seat: Seat | None = None,
    reason: str = "",
) -> SealedRecord:
    """Seal `content` (plain JSON data) as the next version of this kind of record of the case."""
    last = SealedRecord.objects.filter(case=case, kind=kind, seat=seat).aggregate(last=Max("version"))["last"]
    return SealedRecord.objects.create(
        case=case,
        kind=kind,
        seat=seat,
        version=(last or 0) + 1,
        digest=digest(content),
        content=canonical(content).decode(),
        reason=reason,
        sealed_by=by,
        sealed_at=timezone.now(),
    )
