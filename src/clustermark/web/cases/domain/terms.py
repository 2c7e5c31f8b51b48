"""What time does: terms that pass, reminders before they do."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

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


def remind() -> int:
    """Remind those who act next of terms that end in 7 days or tomorrow; for how many cases. Run once a day."""
    days = [today() + timedelta(days=days) for days in REMIND_BEFORE]
    cases = Case.objects.filter(due_on__in=days).select_related("cluster", "edition")
    for case in cases:
        side = life().state(case.state).acts_next
        if side != "nobody":
            tell(case=case, name=f"reminder_{side}", facts={"due_on": str(case.due_on)})
    return len(cases)
