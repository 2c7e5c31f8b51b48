"""Where clusters are."""

from __future__ import annotations

from django.urls import path

from clustermark.web.clusters.views.home import cluster, clusters

urlpatterns = [
    path("clusters/", clusters, name="clusters"),
    path("clusters/<uuid:reference>/", cluster, name="cluster"),
]
