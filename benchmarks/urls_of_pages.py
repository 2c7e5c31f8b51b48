"""The site's addresses and an empty page in its frame, which the others are measured against."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.urls import include, path
from django.views.generic import TemplateView

from clustermark.web.urls import handler403, handler404, handler500

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [
    path("bench/empty/", login_required(TemplateView.as_view(template_name="site/base.html"))),
    path("", include("clustermark.web.urls")),
]
