"""The register."""

from __future__ import annotations

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The register of certificates."""

    name = "clustermark.web.register"
    label = "register"
