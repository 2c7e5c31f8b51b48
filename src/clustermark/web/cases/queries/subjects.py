"""What the policy must know of a case: who sits on it, who assessed, who is tied to its cluster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Value

from clustermark.casework.policy import Answer, SeatOf, Subject, decide
from clustermark.web.accounts.models import Tie
from clustermark.web.accounts.people import Person
from clustermark.web.cases.models import Case, Decision, Seat


def subject_of(case: Case) -> Subject:
    """The case as the policy sees it; remembered on `case`, which is read anew for each request. Two queries."""
    known: Subject | None = getattr(case, "_subject", None)
    if known is None or known.state != case.state:
        read_subjects([case])
        known = case._subject  # type: ignore[attr-defined] # set by read_subjects
    assert known is not None  # noqa: S101 - as above
    return known


def read_subjects(cases: Sequence[Case]) -> None:
    """Read the subjects of many cases at once, each remembered on its case. Two queries however many there are."""
    keys = [case.pk for case in cases]
    seats: dict[int, list[SeatOf]] = defaultdict(list)
    assessed: dict[int, set[int]] = defaultdict(set)
    ties: dict[int, set[int]] = defaultdict(set)
    decided: dict[int, set[int]] = defaultdict(set)
    taken = Seat.objects.filter(case__in=keys).values_list(
        "case_id", "expert_id", "state", "declared", "submitted_at"
    )
    for case_id, user, state, declared, submitted_at in taken:
        if state != Seat.State.VACATED:
            free, submitted = declared == Seat.Declared.FREE, submitted_at is not None
            # an expert is at work once the panel is agreed on; only then does the seat give access
            seats[case_id].append(SeatOf(user, state, declared_free=free, submitted=submitted))
        if state != Seat.State.PROPOSED:
            assessed[case_id].add(user)
    of_cluster = Tie.objects.filter(cluster__in={case.cluster_id for case in cases}).order_by()
    of_case = Decision.objects.filter(case__in=keys).order_by()
    tied = of_cluster.annotate(tied=Value(value=True)).values_list("tied", "cluster_id", "user_id")
    deciders = of_case.annotate(tied=Value(value=False)).values_list("tied", "case_id", "decided_by_id")
    for is_tie, key, user in tied.union(deciders):
        (ties if is_tie else decided)[key].add(user)
    for case in cases:
        case._subject = Subject(  # type: ignore[attr-defined] # remembered as long as the case is
            kind="case",
            organisation=case.cluster.organisation_id,
            state=case.state,
            # what was never submitted stays the cluster's own, even when it was withdrawn or expired
            private=case.submitted_at is None,
            seats=tuple(seats[case.pk]),
            assessed_by=frozenset(assessed[case.pk]),
            decided_by=frozenset(decided[case.pk]),
            tied=frozenset(ties[case.cluster_id]),
        )


def forget_subject(case: Case) -> None:
    """Read the subject anew next time: what it rests on has changed."""
    case.__dict__.pop("_subject", None)


def may(by: Person, action: str, case: Case) -> Answer:
    """Whether `by` may do `action` to `case`, and why not."""
    return decide(by.actor, action, subject_of(case))
