"""Jobs of the register."""

from __future__ import annotations

from django_tasks import task

from clustermark.web.accounts.people import today
from clustermark.web.register.domain.reminding import remind_holders


@task()
def remind_of_certificates() -> None:
    """Remind holders of certificates that end."""
    remind_holders(today())
