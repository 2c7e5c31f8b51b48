"""Workers say that they are there; what a silent one had begun is taken again."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from clustermark.web.jobs.models import Worker

BEAT = timedelta(seconds=5)
"""How often a worker says that it is there."""
SILENCE = timedelta(seconds=30)
"""A worker that was not heard of for so long is gone."""
MOST_ATTEMPTS = 3
"""A job whose workers were stopped so often is given up: perhaps it is what stops them."""


class WorkerLostError(Exception):
    """The workers of a job were stopped in the middle of it, each time it was tried."""


def say_here(name: str) -> None:
    """The worker `name` is there; those that are gone since a day are forgotten."""
    now = timezone.now()
    Worker.objects.update_or_create(name=name, defaults={"seen_at": now})
    Worker.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()


def say_gone(name: str) -> None:
    """The worker `name` has ended by itself, with nothing half done."""
    Worker.objects.filter(name=name).delete()


def is_there(name: str = "") -> bool:
    """Whether this worker was heard of a moment ago; without a name, whether any was."""
    heard = Worker.objects.filter(seen_at__gt=timezone.now() - SILENCE)
    return (heard.filter(name=name) if name else heard).exists()


def take_back() -> int:
    """Put jobs whose worker is gone among those that wait, or give them up after `MOST_ATTEMPTS`; how many."""
    taken = 0
    with transaction.atomic():
        heard = Worker.objects.filter(seen_at__gt=timezone.now() - SILENCE).values_list("name", flat=True)
        there = set(heard)
        for task in DBTaskResult.objects.running().select_for_update(skip_locked=True):
            if there.isdisjoint(task.worker_ids[-1:]):
                taken += 1
                _again(task)
    return taken


def _again(task: DBTaskResult[..., object]) -> None:
    if len(task.worker_ids) < MOST_ATTEMPTS:
        task.status = TaskResultStatus.READY
        task.save(update_fields=["status"])
        return
    task.set_failed(WorkerLostError(f"Its workers were stopped {len(task.worker_ids)} times."))
