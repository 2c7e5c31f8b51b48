"""The clusters that an agency looks after: the level each holds, until when, what was missed; decided things only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Q, QuerySet

from clustermark.casework.policy import Actor, Role, Subject
from clustermark.ground.texts import current_language
from clustermark.register.life import IN_FORCE
from clustermark.web.accounts.models import Organisation
from clustermark.web.accounts.people import today
from clustermark.web.accounts.queries.searching import holding, words_of
from clustermark.web.cases.models import Case, Decision, SealedRecord
from clustermark.web.cases.queries.memory import Memory
from clustermark.web.cases.queries.scorecards import scorecard_of_content
from clustermark.web.cases.queries.sealed import content_of
from clustermark.web.clusters.models import Cluster
from clustermark.web.register.models import AwardSpan


@dataclass(frozen=True, slots=True)
class Holding:
    """A cluster of the portfolio: its last decision, whether the label is valid today, and the values it missed.

    `valid_until` is the last day of the label, where one was awarded; what became of its certificate counts. `gaps` are
    code and title of indicators whose required value the agreed consensus misses.
    """

    cluster: Cluster
    decision: Decision | None
    valid: bool
    valid_until: date | None
    gaps: Sequence[tuple[str, str]]


def portfolio_subject(cluster: Cluster, agencies: Sequence[Organisation]) -> Subject:
    """A cluster as the policy sees it: which agencies look after its region."""
    return Subject(
        kind="cluster",
        organisation=cluster.organisation_id,
        region_of=frozenset(body.pk for body in agencies if _looks_after(body, cluster)),
    )


def _looks_after(body: Organisation, cluster: Cluster) -> bool:
    """An agency without a region looks after its whole country."""
    return body.country == cluster.country and body.region in ("", cluster.region)


def agencies_of(actor: Actor) -> list[Organisation]:
    """The agencies that the actor acts for today. One query."""
    bodies = [g.organisation for g in actor.grants if g.role == Role.AGENCY and g.holds(actor.today)]
    return list(Organisation.objects.filter(pk__in=bodies))


_known: Memory[list[tuple[str, str]]] = Memory(512)


def clusters_of(agencies: Sequence[Organisation], *, name: str = "") -> QuerySet[Cluster]:
    """The clusters of the regions of these agencies; with `name` those whose name or city holds its words."""
    regions = Q(pk__in=[])
    for body in agencies:
        place = Q(country=body.country)
        regions |= place & Q(region=body.region) if body.region else place
    found = Cluster.objects.filter(regions)
    for word in words_of(name):
        found = found.filter(holding(word, "name", "city"))
    return found


def holdings(clusters: Sequence[Cluster]) -> list[Holding]:
    """What each cluster holds. Three queries however many there are."""
    last = Decision.objects.filter(case__cluster__in=clusters).exclude(outcome="defer")
    last = last.order_by("case__cluster_id", "decided_at").select_related("case__edition", "case__cluster")
    by_cluster = {decision.case.cluster_id: decision for decision in last}
    cases = [decision.case for decision in by_cluster.values()]
    contents, lives = _consensus(cases), lives_of(cases)
    return [_holding(cluster, by_cluster.get(cluster.pk), contents, lives) for cluster in clusters]


def _consensus(cases: Sequence[Case]) -> dict[int, SealedRecord]:
    newest = SealedRecord.objects.filter(case__in=cases, kind="consensus")
    newest = newest.annotate(last=Max("case__sealed__version", filter=Q(case__sealed__kind="consensus")))
    return {record.case_id: record for record in newest.filter(version=F("last"))}


def lives_of(cases: Sequence[Case]) -> dict[int, list[AwardSpan]]:
    """The states of the certificates that were issued for these cases, by case."""
    lives: dict[int, list[AwardSpan]] = defaultdict(list)
    for span in AwardSpan.objects.filter(award__case__in=cases).select_related("award"):
        assert span.award.case_id is not None  # noqa: S101 - asked for
        lives[span.award.case_id].append(span)
    return lives


def valid_today(decision: Decision, life: Sequence[AwardSpan]) -> tuple[bool, date | None]:
    """Whether the label of a decision is valid today, and its last day; what became of its certificate counts."""
    day, until = today(), decision.valid_until
    if not life:
        return decision.outcome == "award" and until is not None and day <= until, until
    living = [span for span in life if span.state in IN_FORCE]
    return any(span.first <= day <= span.last for span in living), max(
        (span.last for span in living), default=until
    )


def _holding(
    cluster: Cluster,
    decision: Decision | None,
    records: dict[int, SealedRecord],
    lives: dict[int, list[AwardSpan]],
) -> Holding:
    if decision is None:
        return Holding(cluster, None, valid=False, valid_until=None, gaps=())
    valid, until = valid_today(decision, lives.get(decision.case_id, ()))
    gaps = _gaps(decision.case, records.get(decision.case_id))
    return Holding(cluster, decision, valid, until, gaps)


def _gaps(case: Case, record: SealedRecord | None) -> list[tuple[str, str]]:
    if record is None:
        return []

    def computed() -> list[tuple[str, str]]:
        card, _problems = scorecard_of_content(case, content_of(record)["dossier"], view="consensus")
        return [(one.code, one.title) for one in card.indicators if one.required_met is False] if card else []

    # what was sealed never changes
    key = (case.edition.digest, record.digest, str(case.submitted_at), str(today()), current_language())
    return _known.get(key, computed)
