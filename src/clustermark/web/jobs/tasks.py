"""What is due every day, each part a job of its own: one that fails stops no other."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from clustermark.web.accounts.people import today
from clustermark.web.accounts.tasks import erase_people
from clustermark.web.cases.tasks import (
    expire_terms,
    remind_of_accreditations,
    remind_of_terms,
    remove_reports,
    send_notices,
)
from clustermark.web.jobs.domain.days import CATCH_UP
from clustermark.web.jobs.models import DayWork
from clustermark.web.mail.tasks import forget_mails
from clustermark.web.register.tasks import remind_of_certificates

KEPT = timedelta(days=14)
"""How long it is kept that a job was done, and how it went wrong."""


@task()
def forget_jobs() -> None:
    """Forget sessions that are over and jobs that were done long ago."""
    SessionStore.clear_expired()
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()
    # what was done last tells which days were missed
    DayWork.objects.filter(day__lt=today() - max(KEPT, 2 * CATCH_UP)).delete()


DAILY = (
    expire_terms,
    remind_of_terms,
    remind_of_accreditations,
    remind_of_certificates,
    send_notices,
    erase_people,
    remove_reports,
    forget_mails,
    forget_jobs,
)
"""The jobs of every day, in the order in which one worker does them."""
