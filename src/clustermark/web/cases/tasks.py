"""Jobs of cases: mails about notices, reports, and what is due every day."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django_tasks import TaskContext, task

from clustermark.web.cases.domain.mailing import mail_accreditations, mail_notices
from clustermark.web.cases.domain.report_files import make, remove_old
from clustermark.web.cases.domain.terms import expire_cases, remind
from clustermark.web.jobs.domain.days import days_to_do


@task()
def send_notices() -> None:
    """Write mails about every notice that was not mailed yet."""
    mail_notices()


# somebody waits for it: before mails
@task(takes_context=True, priority=10)
def make_report(context: TaskContext, pk: int) -> None:
    """Make the report that somebody asked for."""
    make(pk=pk, task=UUID(context.task_result.id))


@task()
def expire_terms() -> None:
    """Let cases expire whose term has passed."""
    expire_cases()


@task()
def remind_of_terms() -> None:
    """Remind of terms that end, once a day."""
    with transaction.atomic():
        if days := days_to_do("terms"):
            remind(days)


@task()
def remind_of_accreditations() -> None:
    """Tell experts whose accreditation ends, once a day."""
    with transaction.atomic():
        if days := days_to_do("accreditations"):
            mail_accreditations(days)


@task()
def remove_reports() -> None:
    """Remove reports that were made long enough ago."""
    remove_old()
