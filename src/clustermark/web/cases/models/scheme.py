"""A scheme version that cases are bound to, kept as the files it was published as."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SchemeEdition(models.Model):
    """One version of a scheme. A case points here, never at the library, so a new version cannot rewrite an old case.

    Its text is in `SchemeFile`, apart from what lists of cases read with every row.
    """

    scheme = models.CharField(_("scheme"), max_length=80)
    version = models.CharField(_("version"), max_length=40)
    digest = models.CharField(_("digest"), max_length=71, unique=True)
    title = models.JSONField(_("title"))
    open = models.BooleanField(_("open for applications"), default=True)
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "cases"
        ordering = ["scheme", "-published_at"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.version}"


class SchemeFile(models.Model):
    """The YAML of an edition, or of a scheme that it extends, as it was published; the edition's own comes first."""

    edition = models.ForeignKey(SchemeEdition, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        app_label = "cases"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="one_scheme_file_of_a_name")]

    def __str__(self) -> str:
        return self.name
