"""Workers that run, and what was done on a day."""

from __future__ import annotations

from django.db import models


class Worker(models.Model):
    """A worker that runs; gone when it ends by itself, silent when it was stopped from outside."""

    name = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()

    class Meta:
        app_label = "jobs"

    def __str__(self) -> str:
        return self.name


class DayWork(models.Model):
    """A part of the work of a day that was done (`begun`: all parts are among the jobs); once, however many workers."""

    day = models.DateField()
    part = models.CharField(max_length=40)

    class Meta:
        app_label = "jobs"
        constraints = [models.UniqueConstraint(fields=["day", "part"], name="once_a_day")]

    def __str__(self) -> str:
        return f"{self.part} on {self.day}"
