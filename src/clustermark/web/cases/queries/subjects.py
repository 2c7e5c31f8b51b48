"""What the policy must know of a case: who sits on it, who assessed, who is tied to its cluster."""

from __future__ import annotations

from clustermark.casework.policy import Answer, SeatOf, Subject, decide
from clustermark.web.accounts.models import Tie
from clustermark.web.accounts.people import Person
from clustermark.web.cases.models import Case, Seat


def subject_of(case: Case) -> Subject:
    """The case as the policy sees it; remembered on `case`, which is read anew for each request. Three queries."""
    known: Subject | None = getattr(case, "_subject", None)
    if known is not None and known.state == case.state:
        return known
    seats = list(Seat.objects.filter(case=case))
    ties = Tie.objects.filter(cluster=case.cluster_id).values_list("user_id", flat=True)
    decided = case.decisions.values_list("decided_by_id", flat=True)
    subject = Subject(
        kind="case",
        organisation=case.cluster.organisation_id,
        state=case.state,
        private=case.state == "draft",
        seats=tuple(
            SeatOf(
                user=seat.expert_id,
                # an expert is at work once the panel is agreed on; only then does the seat give access
                state=seat.state,
                declared_free=seat.declared == Seat.Declared.FREE,
                submitted=seat.submitted_at is not None,
            )
            for seat in seats
            if seat.state != Seat.State.VACATED
        ),
        assessed_by=frozenset(seat.expert_id for seat in seats if seat.state != Seat.State.PROPOSED),
        decided_by=frozenset(decided),
        tied=frozenset(ties),
    )
    case._subject = subject  # type: ignore[attr-defined]
    return subject


def forget_subject(case: Case) -> None:
    """Read the subject anew next time: what it rests on has changed."""
    case.__dict__.pop("_subject", None)


def may(by: Person, action: str, case: Case) -> Answer:
    """Whether `by` may do `action` to `case`, and why not."""
    return decide(by.actor, action, subject_of(case))
