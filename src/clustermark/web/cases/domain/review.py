"""The desk review: questions of an expert on an indicator, the cluster's answers, closure."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from clustermark.casework.policy import Denied
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.domain.acting import Refused, acting, locked, note, require
from clustermark.web.cases.domain.noticing import tell, tell_people
from clustermark.web.cases.models import Case, Clarification, Seat
from clustermark.web.cases.queries.schemes import scheme_of

OPEN_IN = frozenset({"desk_review", "site_visit", "rating"})


def ask_question(*, case: Case, indicator: str, question: str, by: Person) -> Clarification:
    """An expert asks the cluster; other experts see the question when all have submitted."""
    scheme_of(case.edition).indicator(indicator)
    _words(question, "question")
    with transaction.atomic():
        current = _open_case(case)
        require(by, "clarification.ask", current)
        terms = scheme_of(current.edition).document.terms
        days = terms.clarification_days if terms else None
        seat = Seat.objects.get(case=current, expert=by.user, state=Seat.State.SEATED)
        asked = Clarification.objects.create(
            case=current,
            seat=seat,
            number=seat.clarifications.count() + 1,
            indicator=indicator,
            question=question,
            due_on=today() + timedelta(days=days) if days else None,
        )
        note(case=current, act="ask", by=by, role="expert", reason=question, facts={"indicator": indicator})
        tell(case=current, name="question_asked", actor=by.user, facts={"indicator": indicator})
    return asked


def answer_question(*, asked: Clarification, answer: str, by: Person) -> None:
    """The cluster answers."""
    _words(answer, "answer")
    with transaction.atomic():
        case = _open_case(asked.case)
        require(by, "clarification.answer", case)
        asked.refresh_from_db()
        if asked.state == Clarification.State.CLOSED:
            raise Refused(Denied("closed", _("The question is closed.")))
        asked.answer, asked.answered_by, asked.answered_at = answer, by.user, timezone.now()
        asked.state = Clarification.State.ANSWERED
        asked.save()
        facts = {"indicator": asked.indicator}
        note(case=case, act="answer", by=by, role="cluster", reason=answer, facts=facts)
        tell_people(case=case, name="question_answered", users=[asked.seat.expert_id], facts=facts)


def close_question(*, asked: Clarification, by: Person) -> None:
    """The expert who asked closes the question."""
    with transaction.atomic():
        case = _open_case(asked.case)
        require(by, "clarification.close", case)
        if asked.seat.expert_id != by.user.pk:
            raise Refused(Denied("not-yours", _("Only the expert who asked closes a question.")))
        asked.refresh_from_db()
        asked.state, asked.closed_at = Clarification.State.CLOSED, timezone.now()
        asked.save(update_fields=["state", "closed_at"])
        note(case=case, act="close_question", by=by, role="expert", facts={"indicator": asked.indicator})


def finish_review(*, case: Case, by: Person, reason: str = "") -> None:
    """Go on to the visit: every question is closed."""
    with acting(case=case, act="finish_review", by=by, reason=reason):
        pass


def _open_case(case: Case) -> Case:
    current = locked(case)
    if current.state not in OPEN_IN:
        raise Refused(Denied("wrong-state", _("The case is not at the stage where this is done.")))
    return current


def _words(text: str, field: str) -> None:
    if not text.strip():
        raise ProblemsError(
            [Problem("text-missing", _("Write a text."), Place("clarification", field=field))]
        )
