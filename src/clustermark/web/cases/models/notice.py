"""Notices: that something happened which a person should know; the start page shows them, a job mails them."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """One event for one person: `name` is that of a mail template, `facts` are what its text needs."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="notices")
    name = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "cases"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "read_at"], name="notice_unread")]

    def __str__(self) -> str:
        return f"{self.name} for {self.user_id}"
