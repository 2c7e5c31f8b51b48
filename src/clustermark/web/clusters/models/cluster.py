"""A cluster: the network that holds or asks for a label."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cluster(models.Model):
    """A cluster as it stands in the register; its records are in its dossiers."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="clusters"
    )
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    sector = models.CharField(_("sector"), max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "clusters"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
