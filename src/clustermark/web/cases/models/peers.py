"""What was told of the clusters under one scheme, year by year."""

from __future__ import annotations

from django.db import models

from clustermark.web.cases.models.scheme import SchemeEdition


class PeerEdition(models.Model):
    """The figures of peers of one year: over which sealed consensus records they are, for as long as the year lasts.

    `ledger` is the ledger of disclosure with everything told so far, this year's included. It is confidential.
    """

    scheme = models.ForeignKey(SchemeEdition, on_delete=models.PROTECT, related_name="peer_editions")
    year = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()
    records = models.JSONField()
    ledger = models.TextField()

    class Meta:
        app_label = "cases"
        ordering = ["scheme", "year"]
        constraints = [models.UniqueConstraint(fields=["scheme", "year"], name="one_peer_edition_a_year")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.year}"
