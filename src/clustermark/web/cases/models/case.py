"""A case: one application of one cluster under one scheme version."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Case(models.Model):
    """A case and where it stands. `state` is one of `casework/life.yaml`; domain verbs alone change it.

    `number` is given at submission (a self-assessment has none). `due_on` is the end of the state's term.
    `decided_level` and `decided_on` repeat the sealed decision for lists.
    """

    class Kind(models.TextChoices):
        """What it is for."""

        FIRST = "first", _("first application")
        RENEWAL = "renewal", _("renewal")

    class VisitForm(models.TextChoices):
        """How the experts visit."""

        ON_SITE = "on_site", _("on site")
        VIDEO = "video", _("by video")

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True, null=True, blank=True)
    cluster = models.ForeignKey("clusters.Cluster", on_delete=models.PROTECT, related_name="cases")
    edition = models.ForeignKey("cases.SchemeEdition", on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.FIRST)
    level = models.CharField(_("level asked for"), max_length=60, blank=True)
    visit_form = models.CharField(
        _("visit"), max_length=8, choices=VisitForm.choices, default=VisitForm.ON_SITE
    )
    language = models.CharField(_("language"), max_length=2, default="en")
    state = models.CharField(_("state"), max_length=20, default="draft", db_index=True)
    state_since = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(_("due"), null=True, blank=True, db_index=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_level = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "cases"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="case_state_due")]

    def __str__(self) -> str:
        return self.number or str(_("draft"))

    @property
    def subject(self) -> str:
        """The name by which the log knows the case."""
        return f"case:{self.reference}"
