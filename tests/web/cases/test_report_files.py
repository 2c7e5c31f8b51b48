"""The full report: asked for by a button, made by a job whose progress is shown, fetched by who asked while they may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from clustermark.web.cases.domain import panel
from clustermark.web.cases.domain.acting import Refused
from clustermark.web.cases.domain.report_files import (
    KEPT,
    ask_for_report,
    make,
    remove_old,
    reports_store,
)
from clustermark.web.cases.models import Case, ReportFile
from clustermark.web.jobs.domain.workers import MOST_ATTEMPTS, say_gone, say_here, take_back
from clustermark.web.jobs.models import Worker
from tests.web.cases.site import Site
from tests.web.jobs.working import work

STATES = ("deciding",)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _nothing_else(site: Site) -> None:
    """The jobs of seeding are no part of these tests."""
    DBTaskResult.objects.all().delete()


@pytest.fixture
def case(site: Site) -> Case:
    return site.case("deciding")


def making(case: Case, ending: str = "json") -> str:
    return f"/cases/{case.reference}/report/full/{ending}/"


def file(case: Case, ending: str = "json") -> str:
    return f"/cases/{case.reference}/report/full.{ending}"


def fetched(response: Any) -> bytes:
    """The bytes of a file, read to the end and closed as the server does."""
    content = b"".join(response.streaming_content)
    response.close()
    return content


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def ask(site: Site, case: Case, login: str = "decider", ending: str = "json") -> ReportFile:
    return ask_for_report(case=case, by=site.by(login), ending=ending, language="en")


@pytest.mark.parametrize(
    ("ending", "begins", "media_type"),
    [
        ("pdf", b"%pdf", "application/pdf"),
        ("docx", b"pk", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xlsx", b"pk", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("html", b"<!doctype html>", "text/html; charset=utf-8"),
        ("json", b"{", "application/json"),
    ],
)
def test_asked_for_made_and_fetched_in_every_form(
    site: Site, case: Case, ending: str, begins: bytes, media_type: str
) -> None:
    decider = site.client("decider")
    assert "Make the report" in text(decider.get(making(case, ending)))
    asked = decider.post(making(case, ending))
    assert (asked.status_code, asked["Location"]) == (302, making(case, ending))
    waits = text(decider.get(making(case, ending)))
    assert "Waiting for a worker." in waits
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in waits
    assert decider.get(file(case, ending))["Location"] == making(case, ending)
    work()
    done = text(decider.get(making(case, ending)))
    assert "The report is ready." in done
    assert "http-equiv" not in done
    assert file(case, ending) in done
    got = decider.get(file(case, ending))
    assert fetched(got).lower().startswith(begins)
    assert got["Content-Type"] == media_type
    assert got["Content-Disposition"].startswith(f'attachment; filename="report-{case.number}.{ending}"')
    assert got["Cache-Control"] == "private, no-store"


def test_the_page_of_the_report_leads_to_each_form(site: Site, case: Case) -> None:
    decider, page = site.client("decider"), f"/cases/{case.reference}/report/"
    before = text(decider.get(page))
    assert all(f'action="{making(case, ending)}"' in before for ending in ("pdf", "docx", "html"))
    ask(site, case)
    assert f'href="{making(case)}"' in text(decider.get(page))
    work()
    after = text(decider.get(page))
    assert f'href="{file(case)}"' in after
    assert f'action="{making(case)}"' not in after


def test_the_same_is_not_made_twice(site: Site, case: Case) -> None:
    first, again = ask(site, case), ask(site, case)
    assert (again.pk, again.task_id) == (first.pk, first.task_id)
    work()
    after = ask(site, case)
    assert (after.pk, after.task_id) == (first.pk, first.task_id)
    assert DBTaskResult.objects.count() == 1


def test_it_is_made_in_the_language_of_who_asks(site: Site, case: Case) -> None:
    ask_for_report(case=case, by=site.by("decider"), ending="json", language="de")
    work()
    site.sample.people["decider"].language = "de"
    site.sample.people["decider"].save()
    assert b'"language": "de"' in fetched(site.client("decider").get(file(case)))
    site.sample.people["decider"].language = "en"
    site.sample.people["decider"].save()
    assert site.client("decider").get(file(case)).status_code == 302, "none was asked for in English"


def test_a_change_of_the_case_is_said_and_makes_it_anew(site: Site, case: Case) -> None:
    from clustermark.web.accounts.models import Tie  # noqa: PLC0415 - for this test only

    row = ask(site, case)
    work()
    row.refresh_from_db()
    before = row.sha256
    expert = site.sample.people["expert-c"]
    ended = timezone.localdate() - timedelta(days=30)
    Tie.objects.create(user=expert, cluster=case.cluster, kind="advised", ends_on=ended)
    override = panel.request_override(
        case=case, expert=expert, code="cooling-off", by=site.by("secretariat"), reason="Nobody else."
    )
    panel.confirm_override(override=override, by=site.by("secretariat-2"))
    page = text(site.client("decider").get(making(case)))
    assert "The case has changed since this report was made." in page
    assert "Make it anew" in page
    again = ask(site, case)
    assert (again.pk, again.sha256) == (row.pk, "")
    assert not reports_store().has(before)
    work()
    again.refresh_from_db()
    with reports_store().open(again.sha256) as made:
        assert b"Nobody else." in made.read()


def test_only_who_asked_gets_it_and_only_while_they_may(site: Site, case: Case) -> None:
    ask(site, case)
    work()
    for login in ("secretariat", "expert-a", "decider-2"):
        other = site.client(login)
        assert "Make the report" in text(other.get(making(case)))
        assert other.get(file(case))["Location"] == making(case)
    assert site.client("agency").get(file(case)).status_code == 404
    assert site.client("agency").post(making(case)).status_code == 404
    decider = site.client("decider")
    assert fetched(decider.get(file(case))).startswith(b"{")
    site.sample.people["decider"].grants.all().delete()
    assert decider.get(file(case)).status_code in (403, 404)
    assert decider.get(making(case)).status_code in (403, 404)


def test_nothing_to_report_is_refused(site: Site, case: Case) -> None:
    with pytest.raises(Refused):
        ask_for_report(case=case, by=site.by("agency"), ending="json", language="en")
    early = site.case("rating")
    refused = site.client("secretariat").post(making(early))
    assert refused.status_code == 422
    assert "There is no scorecard of the consensus yet" in text(refused)
    assert site.client("decider").get(making(case, "exe")).status_code == 404
    assert site.client("decider").get(file(case, "exe")).status_code == 404
    assert not ReportFile.objects.exists()


def test_the_page_asks_again_until_it_is_there(site: Site, case: Case) -> None:
    """What htmx gets: nothing while nothing is new, the next step, and then the end."""
    say_here("one")
    row, decider = ask(site, case), site.client("decider")
    page = text(decider.get(making(case)))
    assert f'hx-get="{making(case)}" hx-trigger="every 1s"' in page
    seen = f"waiting-0-{row.task_id}"
    assert f'name="seen" value="{seen}"' in page
    assert decider.get(making(case), {"seen": seen}, headers=HTMX).status_code == 204
    DBTaskResult.objects.get().claim("one")
    ReportFile.objects.update(step=2)
    running = decider.get(making(case), {"seen": seen}, headers=HTMX)
    assert running.status_code == 200
    assert "The report is written." in text(running)
    assert '<progress value="2" max="3"' in text(running)
    assert "<html" not in text(running)
    DBTaskResult.objects.update(status="READY")
    work()
    done = decider.get(making(case), {"seen": seen}, headers=HTMX)
    assert (done.status_code, "Download the report" in text(done)) == (286, True)


def test_steps_are_seen_while_the_job_runs(site: Site, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job says how far it is outside any transaction: another connection sees it."""
    from clustermark.web.cases.domain import report_files  # noqa: PLC0415 - its renderer is watched

    row, seen = ask(site, case), []

    def watched(*arguments: Any) -> bytes:
        seen.append(ReportFile.objects.get(pk=row.pk).step)
        return b"{}"

    monkeypatch.setattr(report_files, "report_bytes", watched)
    work()
    row.refresh_from_db()
    assert (seen, row.step, row.size) == ([2], 3, 2)


def test_without_a_worker_the_page_says_so_after_a_while(site: Site, case: Case) -> None:
    ask(site, case)
    decider = site.client("decider")
    assert "No worker" not in text(decider.get(making(case)))
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        assert "No worker has taken the job." in text(decider.get(making(case)))
        say_here("busy")
        assert "No worker" not in text(decider.get(making(case)))
        say_gone("busy")


def test_a_job_whose_worker_was_killed_is_never_stuck(site: Site, case: Case) -> None:
    ask(site, case)
    decider = site.client("decider")
    say_here("one")
    DBTaskResult.objects.get().claim("one")
    ReportFile.objects.update(step=2)
    assert "The report is written." in text(decider.get(making(case)))
    Worker.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    page = text(decider.get(making(case)))
    assert "The worker that had taken the job does not answer." in page
    assert take_back() == 1
    assert "Waiting for a worker." in text(decider.get(making(case)))
    work("two")
    assert "The report is ready." in text(decider.get(making(case)))


def test_a_job_that_was_given_up_is_told_and_tried_again(site: Site, case: Case) -> None:
    row, decider = ask(site, case), site.client("decider")
    for attempt in range(MOST_ATTEMPTS):
        DBTaskResult.objects.get().claim(f"worker {attempt}")
        take_back()
    page = text(decider.get(making(case)))
    assert "The report could not be made." in page
    assert "Three times the worker was stopped in the middle of it." in page
    assert "Try again" in page
    assert decider.post(making(case)).status_code == 302
    row.refresh_from_db()
    work()
    assert "The report is ready." in text(decider.get(making(case)))


def test_a_failure_is_told_in_plain_words(site: Site, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    from clustermark.web.cases.domain import report_files  # noqa: PLC0415 - its renderer is broken

    def broken(*arguments: Any) -> bytes:
        raise MemoryError("secret of the machine")

    decider = site.client("decider")
    ask(site, case)
    monkeypatch.setattr(report_files, "report_bytes", broken)
    work()
    page = text(decider.get(making(case)))
    assert "Something unforeseen happened; the log of the worker says what." in page
    assert "secret of the machine" not in page
    monkeypatch.undo()
    decider.post(making(case))
    work()
    assert "The report is ready." in text(decider.get(making(case)))


def test_a_job_that_was_asked_for_anew_since_keeps_nothing(site: Site, case: Case) -> None:
    row = ask(site, case)
    old = row.task_id
    assert old is not None
    DBTaskResult.objects.filter(pk=old).update(status="FAILED")
    assert ask(site, case).task_id != old
    make(pk=row.pk, task=old)
    row.refresh_from_db()
    assert (row.sha256, row.step) == ("", 0)


def test_reports_are_removed_after_a_while_and_shared_bytes_with_the_last(site: Site, case: Case) -> None:
    mine, other = ask(site, case), ask(site, case, "secretariat")
    work()
    mine.refresh_from_db()
    other.refresh_from_db()
    assert mine.sha256 == other.sha256 != ""
    ReportFile.objects.filter(pk=mine.pk).update(asked_at=timezone.now() - KEPT - timedelta(hours=1))
    assert remove_old() == 1
    assert reports_store().has(other.sha256)
    assert "Make the report" in text(site.client("decider").get(making(case)))
    ReportFile.objects.update(asked_at=timezone.now() - KEPT - timedelta(hours=1))
    assert remove_old() == 1
    assert not reports_store().has(other.sha256)


def test_bytes_that_are_gone_are_made_again(site: Site, case: Case) -> None:
    row, decider = ask(site, case), site.client("decider")
    work()
    row.refresh_from_db()
    reports_store().remove(row.sha256)
    assert decider.get(file(case))["Location"] == making(case)
    assert "Make the report" in text(decider.get(making(case)))
    decider.post(making(case))
    work()
    assert fetched(decider.get(file(case))).startswith(b"{")
