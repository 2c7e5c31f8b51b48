"""The clusters and cases of the one who asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case as Part
from django.db.models import Count, Q, QuerySet, When

from clustermark.casework.definition import life
from clustermark.casework.policy import Actor, Role
from clustermark.ground.texts import local
from clustermark.web.cases.models import Case
from clustermark.web.clusters.models import Cluster

OVER = ("closed", "withdrawn", "expired")
DECIDED = ("decided", "closed")
EDITED = ("draft", "returned")
RUNNING = ~Q(cases__state__in=("draft", *OVER))
CASES_A_PAGE = 25


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


def cases_of(cluster: Cluster, *, drafts: bool, page: str | None = None) -> Page[CaseLine]:
    """One page of the cases of a cluster: running ones, then self-assessments, then earlier ones, the newest first.

    Its own people see their drafts too, and what they took back without ever submitting it. Two queries.
    """
    part = Part(When(state="draft", then=1), When(state__in=OVER, then=2), default=0)
    cases = (
        Case.objects.filter(cluster=cluster).select_related("edition").order_by(part, "-created_at", "-pk")
    )
    if not drafts:
        cases = cases.filter(submitted_at__isnull=False)
    found: Page[Any] = Paginator(cases, CASES_A_PAGE).get_page(page)
    found.object_list = [
        CaseLine(case, local(state.applicant if drafts else state.staff), state.acts_next)
        for case in found.object_list
        for state in [life().state(case.state)]
    ]
    return found


def standing_of(cluster: Cluster) -> tuple[Case | None, list[Case]]:
    """The newest case whose dossier the cluster works on, and its decided cases, the newest first. One query.

    The decided ones tell what it holds, and what a renewal can start from.
    """
    found = Case.objects.filter(cluster=cluster, state__in=(*EDITED, *DECIDED)).select_related(
        "cluster", "edition"
    )
    working = next((case for case in found if case.state in EDITED), None)
    return working, [case for case in found if case.state in DECIDED and case.decided_on is not None]
