"""Full reports that people asked for: made by a job, kept for a while."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ReportFile(models.Model):
    """The report of a case in one form and language for one person, and how far the job is that makes it.

    What state the job is in is told by `task` alone; `step` is how far it came. The bytes lie in the store of reports
    under `sha256`; `digest` is that of what they were made from. `reason` says in plain words why the job, done to
    its end, could make none.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="report_files")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    ending = models.CharField(max_length=4)
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=71)
    task = models.ForeignKey(
        "django_tasks_database.DBTaskResult", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    step = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    size = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "cases"
        constraints = [
            models.UniqueConstraint(fields=["case", "asked_by", "ending", "language"], name="one_report_file")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}.{self.ending} ({self.language})"
