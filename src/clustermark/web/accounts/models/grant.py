"""What a person may be: roles as grants with a scope and dates."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """A body that people act for: a cluster organisation, a secretariat, a committee, an agency, a company."""

    class Kind(models.TextChoices):
        """What the body is."""

        CLUSTER = "cluster", _("cluster organisation")
        SECRETARIAT = "secretariat", _("secretariat")
        COMMITTEE = "committee", _("committee")
        AGENCY = "agency", _("agency or ministry")
        OTHER = "other", _("other body")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=120, blank=True)

    class Meta:
        app_label = "accounts"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """One role of one person for one body, from a day to a day; ended, never deleted."""

    class Role(models.TextChoices):
        """The roles of the platform (`clustermark.casework.policy.Role` has the same words)."""

        MANAGER = "manager", _("cluster manager")
        TEAM = "team", _("cluster team")
        EXPERT = "expert", _("expert")
        SECRETARIAT = "secretariat", _("secretariat")
        DECIDER = "decider", _("decision maker")
        AGENCY = "agency", _("regional agency")
        ADMIN = "admin", _("administrator")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grants")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "accounts"
        ordering = ["user_id", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="grant_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"
