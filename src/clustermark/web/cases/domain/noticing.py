"""Tells people what happened: one event, one notice for each person it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q

from clustermark.web.accounts.models import Grant, User
from clustermark.web.accounts.people import person, today
from clustermark.web.cases.models import Case, Notice, Seat
from clustermark.web.cases.queries.subjects import may

CLUSTER, SECRETARIAT, EXPERTS, COMMITTEE = "cluster", "secretariat", "experts", "committee"
AUDIENCES: dict[str, tuple[str, ...]] = {
    "submitted": (CLUSTER, SECRETARIAT),
    "withdrawn": (SECRETARIAT, EXPERTS),
    "admitted": (CLUSTER,),
    "returned": (CLUSTER,),
    "panel_proposed": (CLUSTER,),
    "panel_agreed": (SECRETARIAT, EXPERTS),
    "review_opened": (CLUSTER, EXPERTS),
    "visit_next": (CLUSTER, EXPERTS),
    "rating_opened": (EXPERTS,),
    "consensus_opened": (EXPERTS, SECRETARIAT),
    "report_next": (EXPERTS,),
    "hearing_opened": (CLUSTER,),
    "hearing_finished": (EXPERTS,),
    "decision_next": (COMMITTEE,),
    "decided": (CLUSTER, EXPERTS, SECRETARIAT),
    "deferred": (CLUSTER, EXPERTS, SECRETARIAT),
    "appealed": (SECRETARIAT, COMMITTEE),
    "appeal_decided": (CLUSTER, SECRETARIAT),
    "expired": (CLUSTER, SECRETARIAT),
    "objection": (SECRETARIAT,),
    "objection_answered": (CLUSTER,),
    "interest_declared": (SECRETARIAT,),
    "question_asked": (CLUSTER,),
    "visit_planned": (CLUSTER, EXPERTS),
    "item_corrected": (EXPERTS,),
    "fee_quoted": (CLUSTER,),
    "reminder_cluster": (CLUSTER,),
    "reminder_secretariat": (SECRETARIAT,),
    "reminder_experts": (EXPERTS,),
    "reminder_committee": (COMMITTEE,),
}
"""Notice → whom it concerns. What one expert does before all have submitted is told to no other expert."""


def tell(
    *, case: Case, name: str, actor: User | None = None, facts: Mapping[str, object] | None = None
) -> None:
    """Make a notice for everyone whom the event concerns, but for the one who did it."""
    people = {user for side in AUDIENCES[name] for user in people_of(case, side)}
    tell_people(case=case, name=name, users=people - {actor.pk if actor else None}, facts=facts)


def tell_people(
    *, case: Case, name: str, users: Iterable[int | None], facts: Mapping[str, object] | None = None
) -> None:
    """Make a notice for those of these people who may see the case, and the job that mails them."""
    from clustermark.web.cases.tasks import send_notices  # noqa: PLC0415 - the job's module calls this one

    known = User.objects.filter(pk__in=set(users), is_active=True).prefetch_related("grants")
    made = Notice.objects.bulk_create(
        Notice(case=case, name=name, user=user, facts=dict(facts or {}))
        for user in known
        if may(person(user), "case.view", case)
    )
    if made:
        send_notices.enqueue()


def people_of(case: Case, side: str) -> set[int]:
    """The people of one side of a case today."""
    if side == EXPERTS:
        return set(case.seats.exclude(state=Seat.State.VACATED).values_list("expert_id", flat=True))
    day = today()
    held = Grant.objects.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))
    if side == CLUSTER:
        held = held.filter(
            organisation=case.cluster.organisation_id, role__in=(Grant.Role.MANAGER, Grant.Role.TEAM)
        )
    else:
        role = Grant.Role.SECRETARIAT if side == SECRETARIAT else Grant.Role.DECIDER
        held = held.filter(role=role)
    return set(held.values_list("user_id", flat=True))
