"""A worker in the process of the tests: the one of django-tasks itself, on the database of the test."""

from __future__ import annotations

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def work(name: str = "tests") -> None:
    """Do the jobs that are ready, as the worker `name`.

    Without the loop of the worker, which would close the connection that the test's transaction is in.
    """
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    while (job := DBTaskResult.objects.ready().get_locked()) is not None:
        job.claim(name)
        worker.run_task(job)
