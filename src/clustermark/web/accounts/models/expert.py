"""What is known of an expert: languages, sectors, accreditations, and ties to clusters."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Expert(models.Model):
    """An expert's profile; `languages` are codes, `sectors` the words of the dossier's sectors."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="expert")
    country = models.CharField(_("country"), max_length=2)
    languages = models.JSONField(_("languages"), default=list)
    sectors = models.JSONField(_("sectors"), default=list)
    most_cases = models.PositiveSmallIntegerField(_("cases at a time"), default=3)

    class Meta:
        app_label = "accounts"
        ordering = ["user__name", "pk"]

    def __str__(self) -> str:
        return str(self.user)


class Accreditation(models.Model):
    """That an expert may assess under a scheme, from a day to a day."""

    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="accreditations")
    scheme = models.CharField(_("scheme"), max_length=80)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        app_label = "accounts"
        ordering = ["scheme", "-ends_on", "pk"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.starts_on}–{self.ends_on}"


class Tie(models.Model):
    """What connects an expert with a cluster: work, advice or another interest, from a day to a day."""

    class Kind(models.TextChoices):
        """What it was."""

        EMPLOYED = "employed", _("works or worked for the cluster")
        ADVISED = "advised", _("advises or advised the cluster")
        INTEREST = "interest", _("other interest")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ties")
    cluster = models.ForeignKey("clusters.Cluster", on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("what"), max_length=500, blank=True)

    class Meta:
        app_label = "accounts"
        ordering = ["user_id", "cluster_id", "pk"]

    def __str__(self) -> str:
        return f"{self.user_id} – {self.cluster_id}: {self.kind}"
