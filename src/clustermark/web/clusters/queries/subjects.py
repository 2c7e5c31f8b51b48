"""What the policy must know of a cluster."""

from __future__ import annotations

from clustermark.casework.policy import Subject
from clustermark.web.accounts.models import Organisation
from clustermark.web.clusters.models import Cluster


def subject_of_cluster(cluster: Cluster) -> Subject:
    """The cluster as the policy sees it: whose it is, and which agencies look after its region. One query."""
    agencies = Organisation.objects.filter(
        kind=Organisation.Kind.AGENCY, country=cluster.country, region__in=["", cluster.region]
    )
    return Subject(
        kind="cluster",
        organisation=cluster.organisation_id,
        region_of=frozenset(agencies.values_list("pk", flat=True)),
    )
