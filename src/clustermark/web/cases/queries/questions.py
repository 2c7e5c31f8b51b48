"""The questions that somebody may know of: pages, counts, exports and mails read them here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from clustermark.web.accounts.people import Person
from clustermark.web.cases.models import Case, Clarification
from clustermark.web.cases.queries.subjects import may, subject_of


def visible_questions(case: Case, by: Person) -> QuerySet[Clarification]:
    """The questions on `case` that `by` may know of.

    Until all experts have submitted, an expert of the panel knows of their own alone, whatever else they may be;
    the cluster, which answers, and the secretariat know all.
    """
    questions = Clarification.objects.filter(case=case).select_related("seat__expert", "answered_by")
    subject = subject_of(case)
    if subject.seat(by.actor.id) is not None and not subject.all_submitted:
        return questions.filter(seat__expert=by.user)
    return questions if may(by, "clarification.view_all", case) else questions.none()


def own_questions(case: Case, by: Person, indicator: str) -> Sequence[Clarification]:
    """The questions on one indicator that `by` may know of, in the order in which each expert asked."""
    return list(visible_questions(case, by).filter(indicator=indicator))
