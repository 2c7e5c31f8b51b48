"""Mails: texts in three languages, an outbox, sending."""

from __future__ import annotations

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Mails: texts in three languages, an outbox, sending."""

    name = "clustermark.web.mail"
    label = "mail"
