"""Jobs of people's accounts."""

from __future__ import annotations

from django_tasks import task

from clustermark.web.accounts.domain.erasure import erase_due
from clustermark.web.accounts.people import today


@task()
def erase_people() -> None:
    """Erase the data of everyone whose day has come."""
    erase_due(today())
