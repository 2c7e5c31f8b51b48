"""Jobs of cases: mails about notices, and what happens once a day."""

from __future__ import annotations

from django_tasks import task

from clustermark.web.cases.domain.mailing import mail_accreditations, mail_notices
from clustermark.web.cases.domain.terms import expire_cases, remind


@task()
def send_notices() -> None:
    """Write mails about every notice that was not mailed yet."""
    mail_notices()


@task()
def daily() -> None:
    """Let cases expire, remind of terms that end, tell experts whose accreditation ends. Run once a day."""
    expire_cases()
    remind()
    mail_accreditations()
    mail_notices()
