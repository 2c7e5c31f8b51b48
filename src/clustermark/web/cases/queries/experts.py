"""Experts as candidates for a panel: who may sit, who may not and why, how busy they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from clustermark.casework.duties import AccreditedFor, Candidate, TieTo, why_not_seated
from clustermark.casework.policy import Denied, Role
from clustermark.schemes.document import Panel
from clustermark.web.accounts.models import Accreditation, Expert, Grant, Tie
from clustermark.web.accounts.people import today
from clustermark.web.accounts.queries.searching import holding, words_of
from clustermark.web.cases.models import Case, Seat
from clustermark.web.cases.queries.schemes import scheme_of

CLOSED = ("closed", "withdrawn", "expired")


@dataclass(frozen=True, slots=True)
class ExpertRow:
    """An expert beside a case: their load, the reasons why they may not sit, and which of these are set aside.

    `accreditations` are those for the scheme of the case, `ties` those to its cluster.
    """

    expert: Expert
    load: int
    refusals: tuple[Denied, ...]
    overridden: tuple[Denied, ...]
    accreditations: tuple[AccreditedFor, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rules look at beside the profiles, read at once for all; by user, but accreditations by expert."""

    accreditations: Mapping[int, list[AccreditedFor]]
    ties: Mapping[int, list[Tie]]
    experts: frozenset[int]
    of_cluster: frozenset[int]
    deciders: frozenset[int]
    confirmed: frozenset[tuple[int, str]]


def candidates(case: Case, *, users: Iterable[int] | None = None, name: str = "") -> list[ExpertRow]:
    """Every expert (or those of `users`, or with `name` in theirs) as seen from `case`. A fixed number of queries."""
    experts = Expert.objects.select_related("user").only(
        "country", "languages", "sectors", "most_cases", "user__name"
    )
    if users is not None:
        experts = experts.filter(user__in=list(users))
    for word in words_of(name):
        experts = experts.filter(holding(word, "user__name"))
    busy = Q(user__seats__state=Seat.State.SEATED) & ~Q(user__seats__case__state__in=CLOSED)
    experts = experts.annotate(load=Count("user__seats", filter=busy, distinct=True))
    panel = scheme_of(case.edition).document.panel
    if panel is None:
        raise ValueError(f"The scheme {case.edition} has no rules for a panel.")
    known, day = _known(case), today()
    return [_row(expert, case, panel, known, day) for expert in experts]


def _known(case: Case) -> _Known:
    """What is known of all experts. Four queries."""
    accreditations: dict[int, list[AccreditedFor]] = defaultdict(list)
    scheme = case.edition.scheme
    for expert, starts_on, ends_on in Accreditation.objects.filter(scheme=scheme).values_list(
        "expert_id", "starts_on", "ends_on"
    ):
        accreditations[expert].append(AccreditedFor(scheme, starts_on, ends_on))
    ties: dict[int, list[Tie]] = defaultdict(list)
    for tie in Tie.objects.filter(cluster=case.cluster_id):
        ties[tie.user_id].append(tie)
    day = today()
    held = Grant.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day).filter(
        Q(role=Role.EXPERT) | Q(role__in=(Role.MANAGER, Role.TEAM), organisation=case.cluster.organisation_id)
    )
    grants = list(held.values_list("user_id", "role"))
    return _Known(
        accreditations=accreditations,
        ties=ties,
        experts=frozenset(user for user, role in grants if role == Role.EXPERT),
        of_cluster=frozenset(user for user, role in grants if role != Role.EXPERT),
        deciders=frozenset(case.decisions.values_list("decided_by_id", flat=True)),
        confirmed=frozenset(
            (override.expert_id, override.code)
            for override in case.overrides.all()
            if override.confirmed_by_id is not None
        ),
    )


def _row(expert: Expert, case: Case, panel: Panel, known: _Known, day: date) -> ExpertRow:
    user = expert.user_id
    accreditations = tuple(known.accreditations.get(expert.pk, ()))
    ties = tuple(known.ties.get(user, ()))
    candidate = Candidate(
        user=user,
        country=expert.country,
        accreditations=accreditations,
        ties=tuple(
            TieTo(tie.kind, tie.starts_on, tie.ends_on)  # type: ignore[arg-type] # the kinds of the model are these
            for tie in ties
        ),
        is_expert=user in known.experts,
        acts_for_cluster=user in known.of_cluster,
        decides=user in known.deciders,
    )
    refusals = tuple(
        why_not_seated(
            candidate,
            panel=panel,
            scheme=case.edition.scheme,
            cluster_country=case.cluster.country,
            today=day,
        )
    )
    overridden = tuple(one for one in refusals if (user, one.code) in known.confirmed)
    return ExpertRow(
        expert=expert,
        load=int(getattr(expert, "load", 0)),
        refusals=tuple(one for one in refusals if one not in overridden),
        overridden=overridden,
        accreditations=accreditations,
        ties=ties,
    )
