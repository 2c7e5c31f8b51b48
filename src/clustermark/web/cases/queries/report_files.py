"""The full reports of a case that a person asked for, and how far the jobs are that make them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus

from clustermark.ground.texts import Language
from clustermark.web.accounts.models import User
from clustermark.web.cases.domain.report_files import KEEPING, KEPT, reports_store
from clustermark.web.cases.models import Case, ReportFile
from clustermark.web.jobs.domain.workers import is_there

State = Literal["waiting", "unattended", "running", "lost", "done", "failed"]
PATIENCE = timedelta(seconds=10)
"""How long a job may wait before the page asks whether there is a worker at all."""


@dataclass(frozen=True, slots=True)
class Making:
    """A report being made or made, as its page shows it.

    `unattended`: it waits and no worker is there; `lost`: the worker that had it is silent. `stale`: the case has
    changed since. `gave_up`: its workers were stopped in the middle too often.
    """

    row: ReportFile
    state: State
    stale: bool
    gave_up: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in ("done", "failed")

    @property
    def seen(self) -> str:
        """What a page that shows this has seen; another value when there is more to see."""
        return f"{self.state}-{self.step}-{self.row.task_id}"

    @property
    def step(self) -> int:
        """The step that a worker is at; 0 while none has the job."""
        return self.row.step if self.state in ("running", "lost") else 0

    @property
    def steps(self) -> int:
        """How many steps the job has."""
        return KEEPING

    @property
    def kept_until(self) -> datetime:
        """Until when the file can be fetched."""
        return self.row.asked_at + KEPT


def making_of(
    case: Case, user: User, ending: str, *, language: Language, digest: str | None
) -> Making | None:
    """The report that `user` asked for; None where there is none. `digest` is that of the case now. Two queries."""
    row = _asked(case, user, language).filter(ending=ending).first()
    return None if row is None else _making(row, digest)


def report_files_of(case: Case, user: User, *, language: Language, digest: str | None) -> dict[str, Making]:
    """By ending, the reports that `user` asked for and that are there or on their way. One query."""
    found = {row.ending: _making(row, digest, closely=False) for row in _asked(case, user, language)}
    return {ending: one for ending, one in found.items() if one and one.state != "failed" and not one.stale}


def _asked(case: Case, user: User, language: Language) -> QuerySet[ReportFile]:
    return ReportFile.objects.filter(case=case, asked_by=user, language=language).select_related("task")


def _making(row: ReportFile, digest: str | None, *, closely: bool = True) -> Making | None:
    """None where the file is no longer there. `closely`: look whether it is, and whether workers answer."""
    stale = digest is not None and row.digest != digest
    status = row.task.status if row.task else TaskResultStatus.SUCCESSFUL
    if status == TaskResultStatus.READY:
        patient = timezone.now() - row.asked_at < PATIENCE
        return Making(row, "waiting" if patient or not closely or is_there() else "unattended", stale)
    if status == TaskResultStatus.RUNNING:
        assert row.task is not None  # noqa: S101 - its status was read
        there = not closely or is_there(row.task.worker_ids[-1])
        return Making(row, "running" if there else "lost", stale)
    if status == TaskResultStatus.FAILED:
        assert row.task is not None  # noqa: S101 - its status was read
        return Making(row, "failed", stale, gave_up="WorkerLostError" in row.task.exception_class_path)
    if row.reason:
        return Making(row, "failed", stale)
    there = bool(row.sha256) and (not closely or reports_store().has(row.sha256))
    return Making(row, "done", stale) if there else None
