"""The jobs of mails."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from clustermark.web.mail.domain.outbox import forget_account_mails, send


@task()
def send_mail(pk: int) -> None:
    """Send a mail of the outbox; a failed one is tried again later, with longer and longer waits."""
    wait = send(pk)
    if wait is not None:
        send_mail.using(run_after=timezone.now() + wait).enqueue(pk)


@task()
def forget_mails() -> None:
    """Forget mails about accounts that were written long enough ago."""
    forget_account_mails()
