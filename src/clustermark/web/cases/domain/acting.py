"""How an act is done: asked, guarded, done, logged, told — in one transaction.

A verb opens `acting`, makes its changes in the body, and leaves; then the guards are asked with these changes in
place, the case moves to its next state, the entry of the log is written and notices are made. If anything is
missing, nothing has happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clustermark.casework.definition import Act, life, term_days
from clustermark.casework.permissions import acted_as
from clustermark.casework.policy import Allowed, Denied
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.domain.noticing import tell
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.facts import missing_for_act
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.queries.subjects import forget_subject, may, subject_of
from clustermark.web.log.writing import Fact, write


class Refused(PermissionDenied):
    """The policy denied an act; `denied` says why. The page shows the reason with status 403."""

    def __init__(self, denied: Denied) -> None:
        self.denied = denied
        super().__init__(denied.reason)


@dataclass(slots=True)
class Acting:
    """An act being done: what the body of a verb adds to the entry of the log."""

    case: Case
    act: str
    by: Person | None
    role: str
    reason: str
    before: str | None = None
    after: str | None = None
    facts: dict[str, Fact] = field(default_factory=dict)


def require(by: Person, action: str, case: Case) -> None:
    """Raise `Refused` unless `by` may do `action` to `case`."""
    answer = may(by, action, case)
    if not isinstance(answer, Allowed):
        raise Refused(answer)


def locked(case: Case) -> Case:
    """The case as it is now, held until the transaction ends: two people act one after the other."""
    return Case.objects.select_for_update(of=("self",)).select_related("cluster", "edition").get(pk=case.pk)


@contextmanager
def acting(*, case: Case, act: str, by: Person | None, reason: str = "") -> Iterator[Acting]:
    """Do the act called `act`. Without `by` the system does it, where the definition allows that.

    Raises `Refused` when the policy or the state denies it, `ProblemsError` with everything that is missing.
    """
    with transaction.atomic():
        current = locked(case)
        step = life().act(act)
        role = _role(step, current, by)
        if step.reason == "required" and not reason.strip():
            raise ProblemsError(
                [Problem("reason-missing", _("A reason is needed."), Place(current.subject, field="reason"))]
            )
        doing = Acting(current, act, by, role, reason)
        yield doing
        missing = missing_for_act(current, step, by=by)
        if missing:
            raise ProblemsError(
                Problem("missing", one.message, Place(current.subject, field=one.part)) for one in missing
            )
        _finish(step, doing)
    case.refresh_from_db()
    forget_subject(case)


def _role(step: Act, case: Case, by: Person | None) -> str:
    if case.state not in step.from_:
        raise Refused(Denied("wrong-state", _("The case is not at the stage where this is done.")))
    if by is None:
        if step.permission is not None:
            raise Refused(Denied("not-signed-in", _("Sign in to do this.")))
        return "system"
    if step.permission is None:
        raise Refused(Denied("system-only", _("This happens by itself.")))
    require(by, step.permission, case)
    return acted_as(by.actor, step.as_, subject_of(case))


def _finish(step: Act, doing: Acting) -> None:
    case, came_from = doing.case, doing.case.state
    if step.to is not None:
        move(case, step.to)
    write(
        actor=doing.by.user if doing.by else None,
        role=doing.role,
        act=step.act,
        subject=case.subject,
        reason=doing.reason,
        before=doing.before,
        after=doing.after,
        facts={"from": came_from, "to": case.state, **doing.facts},
    )
    for name in step.tells:
        tell(case=case, name=name, actor=doing.by.user if doing.by else None)


def move(case: Case, state: str) -> None:
    """Put the case into `state`, whose term begins today."""
    case.state = state
    case.state_since = timezone.now()
    case.due_on = due_date(case, state)
    case.save()
    forget_subject(case)


def due_date(case: Case, state: str) -> date | None:
    """The end of the term of `state`, from today, by the scheme of the case."""
    days = term_days(state, scheme_of(case.edition).document.terms)
    return None if days is None else today() + timedelta(days=days)


def note(
    *, case: Case, act: str, by: Person, role: str, reason: str = "", facts: Mapping[str, Fact] | None = None
) -> None:
    """Write an act that does not move the case into the log; inside the transaction of its verb."""
    write(actor=by.user, role=role, act=act, subject=case.subject, reason=reason, facts=facts)
