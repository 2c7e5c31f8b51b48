"""What holders and their participants say: consent to publish scores, and who belonged to whom."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """An unguessable word for a link."""
    return secrets.token_urlsafe(24)


class Consent(models.Model):
    """The holder lets the points of a certificate be shown from `given_on` until `withdrawn_on`."""

    award = models.ForeignKey("register.Award", on_delete=models.PROTECT, related_name="consents")
    given_on = models.DateField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        app_label = "register"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["award"], condition=models.Q(withdrawn_on=None), name="one_consent_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"consent for {self.award_id}"


class Participation(models.Model):
    """A participant of a cluster, with the days on which both sides confirmed it; `left_on` is the first day after.

    `token` is the secret of the link by which the participant confirms.
    """

    cluster = models.ForeignKey("clusters.Cluster", on_delete=models.PROTECT, related_name="participations")
    participant_id = models.CharField(_("identifier of the participant"), max_length=300)
    participant = models.CharField(_("participant"), max_length=300)
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    cluster_confirmed_on = models.DateField(null=True)
    participant_confirmed_on = models.DateField(null=True)
    token = models.CharField(max_length=40, unique=True, default=new_token)

    class Meta:
        app_label = "register"
        ordering = ["participant", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "participant_id", "joined_on"], name="one_participation_a_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} in {self.cluster_id}"


class ReminderSent(models.Model):
    """That the holder was reminded, so many months before the end of a term: once for each."""

    award = models.ForeignKey("register.Award", on_delete=models.CASCADE, related_name="reminders")
    until = models.DateField()
    months = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "register"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["award", "until", "months"], name="one_reminder_a_term"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id}: {self.months} months before {self.until}"
