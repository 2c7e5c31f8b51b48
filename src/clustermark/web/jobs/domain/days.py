"""The work of a day: begun once by whichever worker looks first, each part a job of its own."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max

from clustermark.web.accounts.people import today
from clustermark.web.jobs.models import DayWork

BEGUN = "begun"
CATCH_UP = timedelta(days=14)
"""Days without any worker that are made up for."""


def begin_day() -> bool:
    """Make the jobs of today, unless a worker has done so; whether it was this call."""
    from clustermark.web.jobs.tasks import DAILY  # noqa: PLC0415 - the jobs' modules call this package

    if DayWork.objects.filter(day=today(), part=BEGUN).exists():
        return False
    with transaction.atomic():
        first = bool(days_to_do(BEGUN))
        if first:
            for job in DAILY:
                job.enqueue()
    return first


def days_to_do(part: str) -> list[date]:
    """The days whose part is done now: today, and those before it on which no worker ran. None when today's is done.

    A job is done again when its worker was stopped, so what must not happen twice asks here, in the transaction of
    its work. Raises RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("That a part of the day was done is written in the transaction of its work.")
    day = today()
    before = DayWork.objects.filter(part=part, day__lt=day).aggregate(last=Max("day"))["last"]
    _row, new = DayWork.objects.get_or_create(day=day, part=part)
    missed = min((day - before).days - 1, CATCH_UP.days) if before else 0
    return [day - timedelta(days=ago) for ago in range(missed, -1, -1)] if new else []
