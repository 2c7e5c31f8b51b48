"""Mails: texts that the secretariat changed, and what is to be sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailTemplate(models.Model):
    """The secretariat's own words of a mail in one language; without one the text that comes along is used."""

    name = models.CharField(_("mail"), max_length=60)
    language = models.CharField(_("language"), max_length=2)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "mail"
        ordering = ["name", "language"]
        constraints = [models.UniqueConstraint(fields=["name", "language"], name="one_text_a_language")]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


class Outbox(models.Model):
    """One mail, written in the transaction of the act it tells of; sent afterwards, once."""

    to = models.EmailField(db_index=True)
    mail = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "mail"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.mail} to {self.to}"
