"""Clusters."""

from clustermark.web.clusters.models.cluster import Cluster

__all__ = ["Cluster"]
