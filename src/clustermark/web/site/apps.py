"""The frame of every page."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The frame of every page."""

    name = "clustermark.web.site"
    label = "site"
