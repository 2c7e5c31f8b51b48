"""People: accounts, roles, experts."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """People: accounts, roles, experts."""

    name = "clustermark.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Hear when a second factor is set up; keep attempts in a table that stands wherever the database does."""
        post_migrate.connect(_table_of_attempts, sender=self)
        from clustermark.web.accounts import strength  # noqa: F401, PLC0415 - models must be loaded before


def _table_of_attempts(*, using: str, **_more: Any) -> None:
    """Make the table of the cache, which has no migrations; nothing where it stands already."""
    call_command("createcachetable", database=using, verbosity=0)
