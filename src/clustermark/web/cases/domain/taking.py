"""Ratings brought back from a sheet: all of them are taken, or none."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.rating import record_rating
from clustermark.web.cases.models import Case
from clustermark.web.cases.offline.comparing import Change


def take_ratings(*, case: Case, changes: Sequence[Change], by: Person) -> int:
    """Save what a sheet brought; how many. Raises `Conflict` when one was saved anew since the preview."""
    with transaction.atomic():
        for change in changes:
            answer = change.brought
            record_rating(
                case=case,
                indicator=change.code,
                by=by,
                rating=answer.rating,
                value=answer.value,
                follows_records=answer.follows_records,
                reason=answer.reason,
                recommendation=answer.recommendation,
                evidence=answer.evidence,
                version=change.version,
            )
    return len(changes)
