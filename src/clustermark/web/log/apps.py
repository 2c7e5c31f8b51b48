"""The tamper-evident log, in the database."""

from __future__ import annotations

from django.apps import AppConfig


class LogConfig(AppConfig):
    """The tamper-evident log, in the database."""

    name = "clustermark.web.log"
    label = "log"
