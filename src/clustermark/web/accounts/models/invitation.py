"""An invitation: the only way to an account."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clustermark.web.accounts.models.grant import Grant, Organisation


class Invitation(models.Model):
    """Somebody may take a role for a body, until a moment; taken once, or withdrawn.

    The link in the mail carries `reference`, signed; who has the link has the mail's inbox.
    """

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("mail address"))
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=2, default="en")
    role = models.CharField(_("role"), max_length=12, choices=Grant.Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "accounts"
        ordering = ["-invited_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.reference}: {self.role}"
