"""Sealed records: what was submitted, rated, agreed, reported and decided, word for word and for good."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SealedRecord(models.Model):
    """One sealed record. Triggers of the database refuse to change or delete it; a correction is a new version.

    `content` is the record as canonical JSON text (RFC 8785) and `digest` its SHA-256; `seat` is set for an expert's
    ratings.
    """

    class Kind(models.TextChoices):
        """What is sealed."""

        DOSSIER = "dossier", _("dossier")
        RATINGS = "ratings", _("ratings")
        CONSENSUS = "consensus", _("consensus")
        REPORT = "report", _("report")
        DECISION = "decision", _("decision")

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="sealed")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    seat = models.ForeignKey("cases.Seat", on_delete=models.PROTECT, related_name="sealed", null=True)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=71)
    content = models.TextField()
    reason = models.TextField(_("reason"), blank=True)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    sealed_at = models.DateTimeField()

    class Meta:
        app_label = "cases"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "version"], condition=models.Q(seat=None), name="one_sealed_version"
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "seat", "version"],
                condition=models.Q(seat__isnull=False),
                name="one_sealed_version_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version} of case {self.case_id}"
