"""People: accounts, roles, experts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People: accounts, roles, experts."""

    name = "clustermark.web.accounts"
    label = "accounts"
