"""Clusters and what belongs to them."""

from __future__ import annotations

from django.apps import AppConfig


class ClustersConfig(AppConfig):
    """Clusters and what belongs to them."""

    name = "clustermark.web.clusters"
    label = "clusters"
