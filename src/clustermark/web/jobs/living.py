"""What a worker does beside its jobs.

It says that it is there, takes back what silent ones had begun, and begins the day.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import Error, connection

from clustermark.web.jobs.domain.days import begin_day
from clustermark.web.jobs.domain.workers import BEAT, say_gone, say_here, take_back

logger = logging.getLogger(__name__)


@contextmanager
def living(name: str, *, parent: int | None = None) -> Iterator[None]:
    """Live as the worker `name` while the block runs its jobs.

    `parent`: the process that started this one; when it is gone, this one is told to end.
    """
    over = Event()
    _beat(name)
    beating = Thread(target=_keep_beating, args=(name, over, parent), name="living", daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()
        say_gone(name)


def _beat(name: str) -> None:
    say_here(name)
    take_back()
    begin_day()


def _keep_beating(name: str, over: Event, parent: int | None) -> None:
    while not over.wait(BEAT.total_seconds()):
        if parent is not None and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            break
        try:
            _beat(name)
        except Error:
            # a database that is busy or away now may answer the next time
            logger.exception("Worker %s cannot say that it is there.", name)
            connection.close()
    connection.close()
