"""Evidence files: stored by their content."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Evidence files: stored by their content."""

    name = "clustermark.web.files"
    label = "files"
