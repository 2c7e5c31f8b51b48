"""Workers say that they are there; what a silent one had begun is taken again, and given up in the end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from clustermark.web.jobs.domain.workers import (
    MOST_ATTEMPTS,
    SILENCE,
    is_there,
    say_gone,
    say_here,
    take_back,
)
from clustermark.web.jobs.models import Worker
from clustermark.web.mail.domain.outbox import queue_mail
from clustermark.web.mail.models import Outbox
from tests.web.jobs.working import work

VALUES = {"name": "Anna", "what": "news", "case": "Oka", "link": "https://x.example"}


def silent(name: str, seconds: float) -> None:
    """This worker was heard of so long ago."""
    Worker.objects.filter(name=name).update(seen_at=timezone.now() - timedelta(seconds=seconds))


@pytest.fixture
def job(db: None) -> DBTaskResult[..., object]:
    """A job that waits: it sends a mail."""
    with transaction.atomic():
        queue_mail(mail="notice", to="anna@example.org", language="en", values=VALUES)
    return DBTaskResult.objects.get()


@pytest.mark.django_db
def test_a_worker_is_there_until_it_goes_or_falls_silent() -> None:
    assert (is_there(), is_there("one")) == (False, False)
    say_here("one")
    say_here("two")
    assert (is_there(), is_there("one"), is_there("three")) == (True, True, False)
    silent("one", SILENCE.total_seconds() + 1)
    assert (is_there(), is_there("one"), is_there("two")) == (True, False, True)
    say_gone("two")
    assert not is_there()
    say_here("one")
    assert is_there("one")


@pytest.mark.django_db
def test_workers_that_are_gone_since_a_day_are_forgotten() -> None:
    say_here("old")
    silent("old", 25 * 60 * 60)
    say_here("new")
    assert list(Worker.objects.values_list("name", flat=True)) == ["new"]


def test_a_job_is_taken_again_when_its_worker_falls_silent(job: DBTaskResult[..., object]) -> None:
    say_here("one")
    job.claim("one")
    assert take_back() == 0, "its worker is there"
    silent("one", SILENCE.total_seconds() + 1)
    assert take_back() == 1
    assert take_back() == 0, "it waits already"
    work("two")
    job.refresh_from_db()
    assert (job.status, job.worker_ids) == ("SUCCESSFUL", ["one", "two"])
    assert Outbox.objects.get().sent_at is not None


def test_a_job_of_a_worker_that_nobody_knows_is_taken_again(job: DBTaskResult[..., object]) -> None:
    say_here("another")
    job.claim("one")
    assert take_back() == 1
    job.refresh_from_db()
    assert job.status == "READY"


def test_a_job_that_stops_its_workers_is_given_up(job: DBTaskResult[..., object]) -> None:
    for attempt in range(1, MOST_ATTEMPTS + 1):
        job.refresh_from_db()
        assert job.status == "READY", f"attempt {attempt}"
        job.claim(f"worker {attempt}")
        assert take_back() == 1
    job.refresh_from_db()
    assert job.status == "FAILED"
    assert job.exception_class_path == "clustermark.web.jobs.domain.workers.WorkerLostError"
    assert "stopped 3 times" in job.traceback
    assert take_back() == 0
