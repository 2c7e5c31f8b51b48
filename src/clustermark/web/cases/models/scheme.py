"""A scheme version that cases are bound to, kept as the files it was published as."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SchemeEdition(models.Model):
    """One version of a scheme: `files` are its YAML and those of the schemes it extends, by name.

    A case points here, never at the library, so a new version cannot rewrite an old case.
    """

    scheme = models.CharField(_("scheme"), max_length=80)
    version = models.CharField(_("version"), max_length=40)
    digest = models.CharField(_("digest"), max_length=71, unique=True)
    title = models.JSONField(_("title"))
    files = models.JSONField()
    open = models.BooleanField(_("open for applications"), default=True)
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "cases"
        ordering = ["scheme", "-published_at"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.version}"
