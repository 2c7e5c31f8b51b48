"""The panel: seats, objections, declarations, overrides."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Override(models.Model):
    """That a refusal of the separation of duties was set aside: asked by one person, answered by another.

    It has an effect only when confirmed; turned down, it stays for the record.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="overrides")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=30)
    refusal = models.CharField(_("what is set aside"), max_length=300)
    reason = models.TextField(_("reason"))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_because = models.TextField(_("why it was turned down"), blank=True)

    class Meta:
        app_label = "cases"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("requested_by")),
                name="override_by_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(declined_by__isnull=True)
                | (~models.Q(declined_by=models.F("requested_by")) & models.Q(confirmed_by__isnull=True)),
                name="override_declined_by_another",
            ),
        ]

    @property
    def open(self) -> bool:
        """Whether it waits for a second person."""
        return self.confirmed_by_id is None and self.declined_by_id is None

    def __str__(self) -> str:
        return f"{self.code} of case {self.case_id}"


class Seat(models.Model):
    """An expert's place on the panel; vacated seats stay for the record."""

    class State(models.TextChoices):
        """Where the seat stands."""

        PROPOSED = "proposed", _("proposed")
        SEATED = "seated", _("seated")
        VACATED = "vacated", _("vacated")

    class Objection(models.TextChoices):
        """What the cluster said of this expert."""

        NONE = "none", _("none")
        OPEN = "open", _("open")
        UPHELD = "upheld", _("upheld")
        REJECTED = "rejected", _("rejected")

    class Declared(models.TextChoices):
        """What the expert declared before seeing anything that is not public."""

        NONE = "none", _("not yet")
        FREE = "free", _("no interest")
        INTEREST = "interest", _("interest")

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="seats")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    objection = models.CharField(max_length=8, choices=Objection.choices, default=Objection.NONE)
    objection_reason = models.TextField(_("reasons of the objection"), blank=True)
    objection_answer = models.TextField(_("answer to the objection"), blank=True)
    declared = models.CharField(max_length=8, choices=Declared.choices, default=Declared.NONE)
    interest = models.TextField(_("which interest"), blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    agreed_digest = models.CharField(max_length=71, blank=True)
    proposed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "cases"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "expert"], condition=~models.Q(state="vacated"), name="one_seat_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert_id} on case {self.case_id}"
