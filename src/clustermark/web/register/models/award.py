"""Awards, the acts of their lives, and the spans of days that follow from both."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

FOREVER = date.max
"""The last day of a span that has no end."""


class Award(models.Model):
    """One award as it was made: the columns of `clustermark.register.entries.Certificate`, and whose it is here.

    Triggers of the database refuse to change or delete it: whatever happens to it is an act.
    """

    number = models.CharField(_("number"), max_length=60, unique=True)
    holder_id = models.CharField(max_length=300, db_index=True)
    holder = models.CharField(_("holder"), max_length=300)
    holder_search = models.CharField(max_length=300, db_index=True)
    country = models.CharField(_("country"), max_length=2, null=True, db_index=True)
    region = models.CharField(_("region"), max_length=300, null=True)
    sector = models.CharField(_("sector"), max_length=300, null=True, db_index=True)
    scheme = models.CharField(_("scheme"), max_length=300, null=True)
    scheme_version = models.CharField(max_length=300, null=True)
    scheme_digest = models.CharField(max_length=71, null=True)
    level = models.CharField(_("level"), max_length=300, db_index=True)
    applied_on = models.DateField(null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    year = models.PositiveSmallIntegerField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    previous = models.CharField(max_length=60, null=True)
    mark = models.CharField(max_length=12)
    source = models.CharField(max_length=300, null=True)
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, null=True, related_name="award")
    cluster = models.ForeignKey(
        "clusters.Cluster", on_delete=models.PROTECT, null=True, related_name="awards"
    )

    class Meta:
        app_label = "register"
        ordering = ["holder_search", "number"]
        indexes = [models.Index(fields=["holder_search", "number"], name="award_by_holder")]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """The name by which the log of acts knows it."""
        return f"certificate:{self.number}"


class AwardAct(models.Model):
    """One act: the columns of `clustermark.register.entries.Act`. Never changed nor deleted."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    reason = models.TextField()
    by = models.CharField(max_length=300)
    until = models.DateField(null=True)
    starts = models.DateField(null=True)
    change = models.CharField(max_length=300, null=True)
    reference = models.CharField(max_length=300, null=True)

    class Meta:
        app_label = "register"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.award_id} on {self.on}"


class AwardSpan(models.Model):
    """Days, `first` to `last`, on which an award is in one `state`: what `register.life` says, kept for searching.

    Written anew in the transaction of every act; the spans of an award cover all days without gap or overlap.
    """

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="spans")
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=12)

    class Meta:
        app_label = "register"
        ordering = ["award_id", "first"]
        indexes = [
            models.Index(fields=["award", "first", "last", "state"], name="span_of_award"),
            models.Index(fields=["state", "first", "last"], name="span_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id} {self.state} {self.first}–{self.last}"
