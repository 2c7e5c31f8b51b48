"""Decision and what follows: conditions, appeal, fees, what people think of each other's work."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clustermark.web.cases.models.assessment import PanelReport


class Decision(models.Model):
    """A decision of the committee; the one on an appeal has `on_appeal`."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("outcome"), max_length=8, choices=PanelReport.Outcome.choices)
    level = models.CharField(_("level"), max_length=60, blank=True)
    reason = models.TextField(_("reasons"))
    on_appeal = models.BooleanField(default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    appeal_until = models.DateField(null=True, blank=True)

    class Meta:
        app_label = "cases"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.level} on case {self.case_id}"


class Appeal(models.Model):
    """An appeal of the cluster against a decision, once."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="appeal")
    against = models.ForeignKey("cases.Decision", on_delete=models.PROTECT, related_name="appeals")
    reason = models.TextField(_("reasons"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        app_label = "cases"

    def __str__(self) -> str:
        return f"appeal of case {self.case_id}"


class Item(models.Model):
    """A condition of a decision, or a finding that needs correction: owner, term, evidence, closure by an expert."""

    class Kind(models.TextChoices):
        """What it is."""

        CONDITION = "condition", _("condition")
        FINDING = "finding", _("finding")

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    indicator = models.CharField(max_length=30, blank=True)
    text = models.TextField(_("what is to be done"))
    owner = models.CharField(_("who does it"), max_length=150, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    correction = models.TextField(_("what was done"), blank=True)
    evidence = models.JSONField(_("evidence"), default=list)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    corrected_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_note = models.TextField(_("note on closing"), blank=True)

    class Meta:
        app_label = "cases"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} of case {self.case_id}"


class Fee(models.Model):
    """The fee of a case: a line of the scheme's price list as quoted, invoiced and paid."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="fee")
    item = models.CharField(max_length=60)
    title = models.JSONField()
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    quoted_on = models.DateField(_("quoted on"))
    invoice_number = models.CharField(_("invoice number"), max_length=40, blank=True)
    invoiced_on = models.DateField(_("invoiced on"), null=True, blank=True)
    invoice_to = models.TextField(_("invoice to"), blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)

    class Meta:
        app_label = "cases"

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Feedback(models.Model):
    """What the cluster thinks of one expert's work, or an expert of the dossier; the secretariat alone reads it."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="feedback")
    seat = models.ForeignKey("cases.Seat", on_delete=models.PROTECT, related_name="feedback")
    from_cluster = models.BooleanField()
    marks = models.JSONField(default=dict)
    text = models.TextField(_("comment"), blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "cases"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "from_cluster"], name="one_feedback_each_way"),
        ]

    def __str__(self) -> str:
        return f"feedback on case {self.case_id}"
