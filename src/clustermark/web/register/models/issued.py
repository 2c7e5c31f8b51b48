"""What was issued: files, places in the status lists, and the keys that sign."""

from __future__ import annotations

from django.db import models


class IssuedFile(models.Model):
    """A certificate as it was handed out: the signed PDF, its credential, and the sealed record both are made of.

    Never changed nor deleted; a renewal or an extension issues files anew, and the newest of a language counts.
    """

    award = models.ForeignKey("register.Award", on_delete=models.PROTECT, related_name="files")
    language = models.CharField(max_length=2)
    pdf = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    token = models.TextField()
    record = models.TextField()
    record_digest = models.CharField(max_length=71)
    issued_at = models.DateTimeField()

    class Meta:
        app_label = "register"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.award_id} {self.language}"


class StatusPlace(models.Model):
    """The index of an award in a pair of status lists, drawn at random when it is issued; it stays where it is."""

    award = models.OneToOneField("register.Award", on_delete=models.PROTECT, related_name="status_place")
    list_number = models.PositiveSmallIntegerField()
    index = models.PositiveIntegerField()

    class Meta:
        app_label = "register"
        constraints = [
            models.UniqueConstraint(fields=["list_number", "index"], name="one_award_a_status_place"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id}: {self.index} of list {self.list_number}"


class IssuerKeys(models.Model):
    """The public key document after a change of keys; the newest row is the one that is served.

    `file` is the name, in HOME/keys, of the encrypted private keys in use from then on.
    """

    file = models.CharField(max_length=100)
    document = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "register"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.file} ({self.changed_at})"
