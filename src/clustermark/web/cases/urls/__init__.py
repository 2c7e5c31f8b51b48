"""Where the pages of a case are; each part of the work has its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from clustermark.web.cases.urls import decision, dossier
from clustermark.web.cases.views.acts import do_act
from clustermark.web.cases.views.overview import overview

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<uuid:reference>/", overview, name="case"),
    path("cases/<uuid:reference>/acts/<slug:name>/", do_act, name="act"),
    path("", include("clustermark.web.cases.urls.office")),
    path("", include("clustermark.web.cases.urls.expert")),
    *dossier.urlpatterns,
    *decision.urlpatterns,
]
