"""The dossier as it is being worked on: tables, claims, evidence."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DossierTable(models.Model):
    """One stated table of the working dossier: `header` and `rows` of texts, as a file would hold them.

    `ratings` and `evidence` are not kept here but in `Claim`, `Rating`, `Consensus` and `Evidence`. `version` counts
    edits: who saves over a newer version is shown both.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="tables")
    name = models.CharField(max_length=40)
    header = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "cases"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "name"], name="one_table_of_a_name")]

    def __str__(self) -> str:
        return f"{self.name} of case {self.case_id}"


class Claim(models.Model):
    """What the cluster says of one indicator: a rating by the rubric or a corrected value, its reason, a comment."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="claims")
    indicator = models.CharField(max_length=30)
    rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)
    value = models.DecimalField(_("corrected value"), max_digits=15, decimal_places=4, null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    comment = models.TextField(_("comment"), blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "cases"
        ordering = ["indicator"]
        constraints = [models.UniqueConstraint(fields=["case", "indicator"], name="one_claim_an_indicator")]

    def __str__(self) -> str:
        return f"claim {self.indicator} of case {self.case_id}"


class Evidence(models.Model):
    """A file that proves something, used by any number of indicators (their codes).

    `own_date` is the date the document bears, apart from `received_on`; `page` says where to look.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="evidence")
    evidence_id = models.CharField(max_length=30)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("file name"), max_length=200)
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=40)
    own_date = models.DateField(_("date of the document"), null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    page = models.CharField(_("page"), max_length=120, blank=True)
    indicators = models.JSONField(_("indicators"), default=list)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "cases"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "evidence_id"], name="one_evidence_of_an_id"),
            models.UniqueConstraint(fields=["case", "name"], name="one_evidence_of_a_file_name"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.title}"
