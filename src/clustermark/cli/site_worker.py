"""`clustermark worker`, and the worker that `clustermark site serve` runs beside the server."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Annotated
from uuid import uuid4

import typer

from clustermark.cli.django_start import call_django, start_django

LOOK_EVERY = 2.0
"""Seconds between two looks whether the worker beside the server still runs."""
LONGEST_JOB = 60
"""Seconds that a worker gets to finish its job when it is told to end."""


def worker(
    until_empty: Annotated[bool, typer.Option(help="End when no job is left.")] = False,
    parent: Annotated[
        int | None, typer.Option(help="Number of the process that started this one: end when it is gone.")
    ] = None,
) -> None:
    """Run the jobs of the site until Ctrl+C: mails, reports, and what is due every day.

    What is due every day (terms, reminders, erasure of personal data, old files) is begun by the first worker that
    runs on a day; several workers may run at once. A job whose worker was stopped is taken again.
    """
    start_django()
    from clustermark.web.jobs.living import living  # noqa: PLC0415 - only the commands of the site need it

    if parent is not None:
        _tell_troubles_alone()
    name = f"{os.getpid()}-{uuid4().hex}"
    with living(name, parent=parent):
        call_django(
            "db_worker",
            batch=until_empty,
            interval=1,
            verbosity=1,
            startup_delay=False,
            reload=False,
            worker_id=name,
        )


def _tell_troubles_alone() -> None:
    """Beside a server, whose terminal shows the logins of the sample, jobs that go well are not told."""
    for name in ("django_tasks", "django_tasks_db"):
        handler = logging.StreamHandler()
        handler.setLevel(logging.WARNING)
        logging.getLogger(name).addHandler(handler)


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker in a process of its own while the block runs; it is started again when it ends by itself.

    It has a session of its own, so that Ctrl+C reaches the server alone, which tells it to end; and it ends by itself
    when the server was killed.
    """
    command = [sys.executable, "-m", "clustermark.cli.app", "worker", "--parent", str(os.getpid())]
    over, running = Event(), [subprocess.Popen(command, start_new_session=True)]  # noqa: S603 - our own command

    def look_after() -> None:
        while not over.wait(LOOK_EVERY):
            if running[0].poll() is not None:
                running[0] = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - as above

    looking = Thread(target=look_after, name="worker beside", daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()
        _end(running[0])


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let the worker finish its job; one that does not end is killed, and its job is taken again by the next."""
    process.terminate()
    try:
        process.wait(LONGEST_JOB)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
