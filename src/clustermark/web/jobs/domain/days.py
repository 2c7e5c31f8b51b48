"""The work of a day: begun once by whichever worker looks first, each part a job of its own."""

from __future__ import annotations

from django.db import transaction

from clustermark.web.accounts.people import today
from clustermark.web.jobs.models import DayWork

BEGUN = "begun"


def begin_day() -> bool:
    """Make the jobs of today, unless a worker has done so; whether it was this call."""
    from clustermark.web.jobs.tasks import DAILY  # noqa: PLC0415 - the jobs' modules call this package

    if DayWork.objects.filter(day=today(), part=BEGUN).exists():
        return False
    with transaction.atomic():
        first = first_today(BEGUN)
        if first:
            for job in DAILY:
                job.enqueue()
    return first


def first_today(part: str) -> bool:
    """Whether this is the first time today; must run in the transaction of the work.

    A job is done again when its worker was stopped: what must not happen twice asks here. Raises RuntimeError
    outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("That a part of the day was done is written in the transaction of its work.")
    _row, new = DayWork.objects.get_or_create(day=today(), part=part)
    return new
