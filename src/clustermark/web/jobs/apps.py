"""The workers of the site, and what they do by themselves."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The workers of the site, and what they do by themselves."""

    name = "clustermark.web.jobs"
    label = "jobs"
