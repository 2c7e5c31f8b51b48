"""Runs real workers on a database of its own, kills one in the middle of a report, and says what is there then.

Run as `python -m tests.web.jobs.killed_worker FOLDER`: prints one JSON object. The database is that of `DATABASE_URL`, or
SQLite in FOLDER.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

os.environ["CLUSTERMARK_HOME"] = sys.argv[1]
os.environ["DJANGO_SETTINGS_MODULE"] = "clustermark.web.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after setup
from django.db import connection  # noqa: E402 - after setup
from django.utils import timezone  # noqa: E402 - after setup
from django_tasks_db.models import DBTaskResult  # noqa: E402 - after setup

from clustermark.web.cases.domain.report_files import ask_for_report, reports_store  # noqa: E402 - after setup
from clustermark.web.cases.models import ReportFile  # noqa: E402 - after setup
from clustermark.web.jobs.domain.workers import is_there  # noqa: E402 - after setup
from clustermark.web.jobs.models import Worker  # noqa: E402 - after setup
from clustermark.web.jobs.tasks import DAILY, forget_jobs  # noqa: E402 - after setup
from clustermark.web.seeding import sample_case, seed  # noqa: E402 - after setup

OKA = Path(__file__).parents[3] / "examples" / "oka-valley"
PATIENCE = 60


def start(*options: str) -> subprocess.Popen[bytes]:
    """A worker, as the operator starts it."""
    command = [sys.executable, "-m", "clustermark.cli.app", "worker", *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


def wait(until: Callable[[], bool]) -> None:
    """Wait until this is so."""
    last = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > last:
            raise TimeoutError
        time.sleep(0.02)


def main() -> None:
    if connection.vendor == "postgresql":
        server, name = str(connection.settings_dict["NAME"]), f"workers_{os.getpid()}"
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        connection.close()
        connection.settings_dict["NAME"] = name
        os.environ["DATABASE_URL"] = os.environ["DATABASE_URL"].replace(f"/{server}?", f"/{name}?")
    call_command("migrate", verbosity=0)
    sample = seed(OKA)
    case = sample_case(sample, to="deciding")
    DBTaskResult.objects.all().delete()
    row = ask_for_report(case=case, by=sample.by("decider"), ending="pdf", language="en")
    said: dict[str, object] = {}

    # a worker that is killed while the report is written
    first = start()
    wait(lambda: ReportFile.objects.get(pk=row.pk).step == 2)
    first.send_signal(signal.SIGKILL)
    first.wait()
    row = ReportFile.objects.select_related("task").get(pk=row.pk)
    assert row.task is not None
    said["killed"] = [row.task.status, row.sha256]

    # half a minute later, with a worker that is told to end when nothing is left
    Worker.objects.update(seen_at=timezone.now() - timedelta(seconds=31))
    said["silent"] = not is_there(row.task.worker_ids[-1])
    said["second"] = start("--until-empty").wait(PATIENCE)
    row = ReportFile.objects.select_related("task").get(pk=row.pk)
    assert row.task is not None
    with reports_store().open(row.sha256) as made:
        said["again"] = [row.task.status, len(row.task.worker_ids), made.read(4).decode()]

    # the day: three workers start at once in the morning
    DBTaskResult.objects.all().delete()
    connection.cursor().execute("DELETE FROM jobs_daywork")
    workers = [start("--until-empty") for _worker in range(3)]
    said["ended"] = [worker.wait(PATIENCE) for worker in workers]
    done = [task.task_path.rpartition(".")[2] for task in DBTaskResult.objects.successful()]
    said["day"] = sorted(name for name in done if name in {job.name for job in DAILY})
    said["expected"] = sorted(job.name for job in DAILY)

    # one that is asked to end does so, and says that it is gone
    forget_jobs.enqueue()
    last = start()
    wait(lambda: not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists())
    last.send_signal(signal.SIGTERM)
    said["told"] = [last.wait(PATIENCE), is_there()]
    print(json.dumps(said))  # noqa: T201 - what the test reads


if __name__ == "__main__":
    main()
