"""The job that sends a mail."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from clustermark.web.mail.domain.outbox import send


@task()
def send_mail(pk: int) -> None:
    """Send a mail of the outbox; a failed one is tried again later, with longer and longer waits."""
    wait = send(pk)
    if wait is not None:
        send_mail.using(run_after=timezone.now() + wait).enqueue(pk)
