"""The append-only log of public acts, and the number of the register's state."""

from __future__ import annotations

from django.db import models


class LeafEntry(models.Model):
    """One entry of the Merkle log: `entry` are the bytes that are hashed, as text. Never changed nor deleted."""

    index = models.PositiveIntegerField(primary_key=True)
    entry = models.TextField()
    act = models.OneToOneField("register.AwardAct", on_delete=models.PROTECT, related_name="leaf")

    class Meta:
        app_label = "register"
        ordering = ["index"]

    def __str__(self) -> str:
        return f"entry {self.index}"


class RegisterHead(models.Model):
    """One row: `version` grows with everything that the public may see, so that caches know when to ask again."""

    version = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "register"

    def __str__(self) -> str:
        return str(self.version)
