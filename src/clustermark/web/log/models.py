"""The log's rows. Triggers of the database refuse to change or delete them (see the migrations)."""

from __future__ import annotations

from typing import Any

from django.db import models

from clustermark.casework.log import LogEntry

FIELDS = ("number", "at", "actor", "role", "act", "subject", "reason", "before", "after", "facts", "previous")


class LogRow(models.Model):
    """One entry; `clustermark.casework.log.LogEntry` says what each field means."""

    number = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=27, db_index=True)
    actor = models.CharField(max_length=60, db_index=True)
    role = models.CharField(max_length=20)
    act = models.CharField(max_length=60, db_index=True)
    subject = models.CharField(max_length=80, db_index=True)
    reason = models.CharField(max_length=71, null=True)
    before = models.CharField(max_length=71, null=True)
    after = models.CharField(max_length=71, null=True)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "log"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.subject}"

    def entry(self) -> LogEntry:
        """The row as an entry; raises pydantic's ValidationError when it cannot be one."""
        values: dict[str, Any] = {name: getattr(self, name) for name in FIELDS}
        return LogEntry.model_validate(values)


class LogText(models.Model):
    """What a person wrote with an act, apart from the log so that it can be erased without breaking the chain."""

    row = models.OneToOneField(LogRow, on_delete=models.PROTECT, related_name="words", db_constraint=False)
    salt = models.CharField(max_length=32)
    text = models.TextField()

    class Meta:
        app_label = "log"

    def __str__(self) -> str:
        return f"words of entry {self.row_id}"
