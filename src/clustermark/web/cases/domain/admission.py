"""The secretariat's check of an application: admit, or return with reasons."""

from __future__ import annotations

from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.acting import acting
from clustermark.web.cases.models import Case


def admit_case(*, case: Case, by: Person, reason: str = "") -> None:
    """Admit the application: its gates are met and it is complete."""
    with acting(case=case, act="admit", by=by, reason=reason):
        pass


def return_case(*, case: Case, by: Person, reason: str) -> None:
    """Give the application back to be completed, with reasons."""
    with acting(case=case, act="return", by=by, reason=reason):
        pass
