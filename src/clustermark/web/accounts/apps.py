"""People: accounts, roles, experts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People: accounts, roles, experts."""

    name = "clustermark.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Hear when a second factor is set up."""
        from clustermark.web.accounts import strength  # noqa: F401, PLC0415 - models must be loaded before
