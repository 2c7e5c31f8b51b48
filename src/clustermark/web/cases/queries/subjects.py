"""What the policy must know of a case: who sits on it, who assessed, who is tied to its cluster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from clustermark.casework.policy import Answer, SeatOf, Subject, decide
from clustermark.web.accounts.models import Tie
from clustermark.web.accounts.people import Person
from clustermark.web.cases.models import Case, Decision, Seat


def subject_of(case: Case) -> Subject:
    """The case as the policy sees it; remembered on `case`, which is read anew for each request. Three queries."""
    known: Subject | None = getattr(case, "_subject", None)
    if known is None or known.state != case.state:
        read_subjects([case])
        known = case._subject  # type: ignore[attr-defined] # set by read_subjects
    assert known is not None  # noqa: S101 - as above
    return known


def read_subjects(cases: Sequence[Case]) -> None:
    """Read the subjects of many cases at once, each remembered on its case. Three queries however many there are."""
    seats: dict[int, list[Seat]] = defaultdict(list)
    ties: dict[int, set[int]] = defaultdict(set)
    decided: dict[int, set[int]] = defaultdict(set)
    for seat in Seat.objects.filter(case__in=cases):
        seats[seat.case_id].append(seat)
    clusters = {case.cluster_id for case in cases}
    for cluster, user in Tie.objects.filter(cluster__in=clusters).values_list("cluster_id", "user_id"):
        ties[cluster].add(user)
    for case_id, user in Decision.objects.filter(case__in=cases).values_list("case_id", "decided_by_id"):
        decided[case_id].add(user)
    for case in cases:
        case._subject = _subject(  # type: ignore[attr-defined] # remembered as long as the case is
            case, seats[case.pk], ties=ties[case.cluster_id], decided=decided[case.pk]
        )


def _subject(case: Case, seats: Sequence[Seat], *, ties: set[int], decided: set[int]) -> Subject:
    return Subject(
        kind="case",
        organisation=case.cluster.organisation_id,
        state=case.state,
        # what was never submitted stays the cluster's own, even when it was withdrawn or expired
        private=case.submitted_at is None,
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


def forget_subject(case: Case) -> None:
    """Read the subject anew next time: what it rests on has changed."""
    case.__dict__.pop("_subject", None)


def may(by: Person, action: str, case: Case) -> Answer:
    """Whether `by` may do `action` to `case`, and why not."""
    return decide(by.actor, action, subject_of(case))
