"""Cases: from application to decision."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases: from application to decision."""

    name = "clustermark.web.cases"
    label = "cases"
