"""Experts as candidates for a panel: who may sit, who may not and why, how busy they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from clustermark.casework.duties import AccreditedFor, Candidate, TieTo, why_not_seated
from clustermark.casework.policy import Denied, Role
from clustermark.web.accounts.models import Expert
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case, Seat
from clustermark.web.cases.queries.schemes import scheme_of

CLOSED = ("closed", "withdrawn", "expired")


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """An expert beside a case: their load, the reasons why they may not sit, and which of these are set aside."""

    expert: Expert
    load: int
    refusals: tuple[Denied, ...]
    overridden: tuple[Denied, ...]


def candidates(case: Case, *, users: Iterable[int] | None = None) -> list[ExpertRow]:
    """Every expert (or those of `users`) as seen from `case`. A fixed number of queries."""
    experts = Expert.objects.select_related("user").prefetch_related(
        "accreditations", "user__ties", "user__grants"
    )
    if users is not None:
        experts = experts.filter(user__in=list(users))
    busy = Q(user__seats__state=Seat.State.SEATED) & ~Q(user__seats__case__state__in=CLOSED)
    experts = experts.annotate(load=Count("user__seats", filter=busy, distinct=True))
    confirmed = {
        (override.expert_id, override.code)
        for override in case.overrides.all()
        if override.confirmed_by_id is not None
    }
    deciders = set(case.decisions.values_list("decided_by_id", flat=True))
    return [_row(expert, case, confirmed, deciders) for expert in experts]


def _row(expert: Expert, case: Case, confirmed: set[tuple[int, str]], deciders: set[int]) -> ExpertRow:
    panel = scheme_of(case.edition).document.panel
    day = today()
    held = [
        grant
        for grant in expert.user.grants.all()
        if grant.starts_on <= day and (grant.ends_on is None or day <= grant.ends_on)
    ]
    candidate = Candidate(
        user=expert.user_id,
        country=expert.country,
        accreditations=tuple(
            AccreditedFor(one.scheme, one.starts_on, one.ends_on) for one in expert.accreditations.all()
        ),
        ties=tuple(
            TieTo(tie.kind, tie.starts_on, tie.ends_on)  # type: ignore[arg-type] # the kinds of the model are these
            for tie in expert.user.ties.all()
            if tie.cluster_id == case.cluster_id
        ),
        is_expert=any(grant.role == Role.EXPERT for grant in held),
        acts_for_cluster=any(
            grant.organisation_id == case.cluster.organisation_id and grant.role in (Role.MANAGER, Role.TEAM)
            for grant in held
        ),
        decides=expert.user_id in deciders,
    )
    if panel is None:
        raise ValueError(f"The scheme {case.edition} has no rules for a panel.")
    refusals = tuple(
        why_not_seated(
            candidate,
            panel=panel,
            scheme=case.edition.scheme,
            cluster_country=case.cluster.country,
            today=day,
        )
    )
    overridden = tuple(one for one in refusals if (expert.user_id, one.code) in confirmed)
    load = int(getattr(expert, "load", 0))
    return ExpertRow(expert, load, tuple(one for one in refusals if one not in overridden), overridden)
