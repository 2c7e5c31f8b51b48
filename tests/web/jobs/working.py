"""A worker in the process of the tests: the one of django-tasks itself, on the database of the test."""

from __future__ import annotations

from django_tasks_db.management.commands.db_worker import Worker


def work(name: str = "tests", *, most: int | None = None) -> None:
    """Do the jobs that are ready, at most so many, as the worker `name`."""
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=most,
        worker_id=name,
        excluded_queue_names=[],
    ).run()
