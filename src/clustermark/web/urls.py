"""Where each part of the site begins."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("clustermark.web.site.urls")),
    path("account/", include("clustermark.web.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("clustermark.web.mail.urls")),
    path("", include("clustermark.web.cases.urls")),
    path("", include("clustermark.web.register.urls")),
    path("", include("clustermark.web.clusters.urls")),
]
handler403 = "clustermark.web.site.views.errors.forbidden"
handler404 = "clustermark.web.site.views.errors.missing"
handler500 = "clustermark.web.site.views.errors.failed"
handler429 = "clustermark.web.site.views.errors.too_many"  # asked for by allauth
