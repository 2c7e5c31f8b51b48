"""Full reports are made by a job, for who asked, and kept for a while."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import Language
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.acting import require
from clustermark.web.cases.models import Case, ReportFile
from clustermark.web.cases.queries.reports import (
    FORMATS,
    overrides_of,
    report_bytes,
    report_digest,
)
from clustermark.web.cases.queries.scorecards import sealed_card
from clustermark.web.database import hold
from clustermark.web.files.store import BlobStore
from clustermark.web.site.language import speaking

KEPT = timedelta(days=7)
"""How long a report can be fetched; after that it is made again when somebody asks."""
READING, WRITING, KEEPING = 1, 2, 3
"""The steps of a job."""
_LOCK = "reports"
"""Who keeps or removes bytes holds this: two reports may be the same bytes."""


def reports_store() -> BlobStore:
    """Where the bytes of reports lie: beside the evidence, and apart from it."""
    return BlobStore(within="reports/")


def ask_for_report(*, case: Case, by: Person, ending: str, language: Language) -> ReportFile:
    """Ask for the full report in one form (`FORMATS`): makes the job, unless it is under way or was done already.

    What changed since a report was made makes it anew, and so does a job that failed. Raises `Refused`, and
    ProblemsError where there is nothing to report yet.
    """
    require(by, "report.view", case)
    if ending not in FORMATS:
        raise KeyError(ending)
    card = sealed_card(case, language=language)
    if card is None:
        raise ProblemsError([_nothing_yet(case)])
    asked = report_digest(card, overrides_of(case))
    with transaction.atomic():
        hold(_LOCK)
        row, new = ReportFile.objects.select_related("task").get_or_create(
            case=case,
            asked_by=by.user,
            ending=ending,
            language=language,
            defaults={"asked_at": timezone.now(), "digest": asked},
        )
        if new or row.digest != asked or not _stands(row):
            _begin(row, asked)
    return row


def _nothing_yet(case: Case) -> Problem:
    message = _("There is no scorecard of the consensus yet, so there is nothing to report.")
    return Problem("report-without-scorecard", message, Place(case.subject))


def _stands(row: ReportFile) -> bool:
    """Whether the job is under way, or its file is there."""
    if row.task is not None and row.task.status in (TaskResultStatus.READY, TaskResultStatus.RUNNING):
        return True
    return bool(row.sha256) and reports_store().has(row.sha256)


def _begin(row: ReportFile, asked: str) -> None:
    from clustermark.web.cases.tasks import make_report  # noqa: PLC0415 - the job's module calls this one

    _remove_bytes(row)
    row.digest, row.asked_at, row.step, row.reason = asked, timezone.now(), 0, ""
    row.sha256, row.size, row.made_at = "", 0, None
    row.task_id = UUID(make_report.enqueue(row.pk).id)
    row.save()


def make(*, pk: int, task: UUID) -> None:
    """Make the report as the job `task`; nothing where it was asked for anew since, by another job."""
    row = ReportFile.objects.select_related("case__cluster", "case__edition").filter(pk=pk, task=task).first()
    if row is None:
        return
    with speaking(row.language):  # type: ignore[arg-type]  # written from the list of languages
        try:
            _make(row)
        except ProblemsError as error:
            reason = " ".join(problem.message for problem in error.problems)
            ReportFile.objects.filter(pk=pk, task=task).update(reason=reason)


def _make(row: ReportFile) -> None:
    _come_to(row, READING)
    card, overrides = sealed_card(row.case), overrides_of(row.case)
    if card is None:
        raise ProblemsError([_nothing_yet(row.case)])
    _come_to(row, WRITING)
    content = report_bytes(card, overrides, row.ending)
    _come_to(row, KEEPING)
    _keep(row, content, made_from=report_digest(card, overrides))


def _come_to(row: ReportFile, step: int) -> None:
    """Say how far the job is; outside a transaction, so that the page sees it at once."""
    ReportFile.objects.filter(pk=row.pk, task=row.task_id).update(step=step, reason="")


def _keep(row: ReportFile, content: bytes, *, made_from: str) -> None:
    store, sha256 = reports_store(), hashlib.sha256(content).hexdigest()
    draft = store.draft()
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with transaction.atomic():
            hold(_LOCK)
            mine = ReportFile.objects.filter(pk=row.pk, task=row.task_id)
            if mine.exists():
                store.keep(draft, sha256)
                mine.update(sha256=sha256, size=len(content), digest=made_from, made_at=timezone.now())
    finally:
        draft.unlink(missing_ok=True)


def remove_old() -> int:
    """Remove reports that were asked for longer ago than `KEPT`; how many."""
    old = list(ReportFile.objects.filter(asked_at__lt=timezone.now() - KEPT))
    for row in old:
        with transaction.atomic():
            hold(_LOCK)
            _remove_bytes(row)
            row.delete()
    return len(old)


def _remove_bytes(row: ReportFile) -> None:
    """Remove the bytes unless another report is the same; before the row says so: a row may point at nothing,
    and is then made again, but no bytes are left without a row."""
    same = ReportFile.objects.filter(sha256=row.sha256).exclude(pk=row.pk)
    if row.sha256 and not same.exists():
        reports_store().remove(row.sha256)
