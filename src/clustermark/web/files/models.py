"""Files stored by their content: the same bytes are kept once."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """One file; its bytes lie in the store under their SHA-256."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "files"

    def __str__(self) -> str:
        return self.sha256
