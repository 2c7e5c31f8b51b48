"""The clusters and cases of the one who asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from clustermark.casework.definition import life
from clustermark.casework.policy import Actor, Role
from clustermark.ground.texts import local
from clustermark.web.cases.models import Case
from clustermark.web.clusters.models import Cluster

RUNNING = ~Q(cases__state__in=("draft", "closed", "withdrawn", "expired"))


def clusters_of(actor: Actor) -> QuerySet[Cluster]:
    """The clusters that `actor` acts for, with the number of their cases. One query."""
    bodies = [
        grant.organisation
        for grant in actor.grants
        if grant.role in (Role.MANAGER, Role.TEAM) and grant.holds(actor.today)
    ]
    return (
        Cluster.objects.filter(organisation__in=bodies)
        .select_related("organisation")
        .annotate(
            drafts=Count("cases", filter=Q(cases__state="draft"), distinct=True),
            running=Count("cases", filter=RUNNING, distinct=True),
        )
        .order_by("name", "pk")
    )


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in the list of its cluster: its state in the applicant's words and who acts next."""

    case: Case
    state: str
    acts_next: str


def cases_of(cluster: Cluster, *, drafts: bool) -> list[CaseLine]:
    """The cases of a cluster, newest first; its own people see their drafts too. One query."""
    cases: QuerySet[Any] = Case.objects.filter(cluster=cluster).select_related(
        "edition", "cluster", "previous"
    )
    if not drafts:
        cases = cases.exclude(state="draft")
    return [
        CaseLine(case, local(state.applicant if drafts else state.staff), state.acts_next)
        for case in cases
        for state in [life().state(case.state)]
    ]
