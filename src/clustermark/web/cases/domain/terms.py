"""What time does: terms that pass, reminders before they do."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import date, timedelta

from clustermark.casework.definition import life
from clustermark.ground.problems import ProblemsError
from clustermark.web.accounts.people import today
from clustermark.web.cases.domain.acting import Refused, acting
from clustermark.web.cases.domain.noticing import tell
from clustermark.web.cases.models import Case

REMIND_BEFORE = (7, 1)
"""Days before the end of a term on which people are reminded."""


def expire_cases() -> int:
    """Let cases expire whose term has passed while it was the cluster's turn; how many did."""
    states = life().act("expire").from_
    late = Case.objects.filter(state__in=states, due_on__lt=today()).select_related("cluster", "edition")
    expired = 0
    for case in late:
        # somebody may have acted since the list was read: then the case lives on
        with suppress(Refused, ProblemsError):
            with acting(case=case, act="expire", by=None):
                pass
            expired += 1
    return expired


def remind(days: Collection[date]) -> int:
    """Remind those who act next of terms that end 7 days or a day after one of `days`; for how many cases.

    `days` are today and those on which nobody was reminded. Of a term that is over nobody is reminded.
    """
    ends = {day + timedelta(days=before) for day in days for before in REMIND_BEFORE}
    cases = Case.objects.filter(due_on__in=ends, due_on__gte=today()).select_related("cluster", "edition")
    for case in cases:
        side = life().state(case.state).acts_next
        if side != "nobody":
            tell(case=case, name=f"reminder_{side}", facts={"due_on": str(case.due_on)})
    return len(cases)
