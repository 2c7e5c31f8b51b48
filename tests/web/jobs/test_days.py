"""The work of a day: begun once, by whichever worker looks first; what must not happen twice does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from clustermark.web.accounts.domain.erasure import schedule_erasure
from clustermark.web.accounts.models import Accreditation, Expert, User
from clustermark.web.accounts.people import today
from clustermark.web.jobs.domain.days import begin_day, days_to_do
from clustermark.web.jobs.models import DayWork
from clustermark.web.jobs.tasks import DAILY, forget_jobs
from clustermark.web.mail.models import Outbox
from tests.web.conftest import MakePerson
from tests.web.jobs.working import work


def jobs() -> list[str]:
    """The names of the jobs that wait, in the order in which they are done."""
    return [task.task_path for task in DBTaskResult.objects.ready()]


@pytest.mark.django_db
def test_the_first_worker_begins_the_day_and_no_other() -> None:
    assert [begin_day(), begin_day()] == [True, False]
    assert jobs() == [job.module_path for job in DAILY]
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert [begin_day(), begin_day()] == [True, False]
    assert DBTaskResult.objects.count() == 2 * len(DAILY)


def test_what_was_done_is_written_in_the_transaction_of_the_work() -> None:
    with pytest.raises(RuntimeError, match="transaction of its work"):
        days_to_do("terms")


@pytest.mark.django_db
def test_a_part_that_was_stopped_half_way_is_done_again_and_a_done_one_is_not() -> None:
    with transaction.atomic():
        assert days_to_do("terms") == [today()]
        transaction.set_rollback(True)
    with transaction.atomic():
        assert days_to_do("terms") == [today()]
    with transaction.atomic():
        assert days_to_do("terms") == []


@pytest.mark.django_db
def test_days_without_a_worker_are_made_up_for() -> None:
    with transaction.atomic():
        days_to_do("terms")
        days_to_do("accreditations")
    first = today()
    for passed, made_up in ((1, 0), (4, 2), (40, 14)):
        with time_machine.travel(timezone.now() + timedelta(days=passed)), transaction.atomic():
            wanted = [first + timedelta(days=passed - ago) for ago in range(made_up, -1, -1)]
            assert days_to_do("terms") == wanted


def test_an_expert_is_told_though_no_worker_ran_on_the_day(make_person: MakePerson) -> None:
    expert = Expert.objects.create(user=make_person("Erik", "expert"))
    ends = today() + timedelta(days=32)
    Accreditation.objects.create(expert=expert, scheme="ecei-silver-2017", starts_on=today(), ends_on=ends)
    begin_day()
    work()
    assert Outbox.objects.filter(mail="accreditation").count() == 0
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        begin_day()
        work()
    assert Outbox.objects.filter(mail="accreditation").count() == 1


def test_an_expert_is_told_once_however_often_the_job_is_taken(make_person: MakePerson) -> None:
    expert = make_person("Erik", "expert")
    Accreditation.objects.create(
        expert=Expert.objects.create(user=expert),
        scheme="ecei-silver-2017",
        starts_on=today(),
        ends_on=today() + timedelta(days=30),
    )
    begin_day()
    work()
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}
    assert Outbox.objects.filter(mail="accreditation").count() == 1
    # its worker was stopped after the work, before it could say so
    DBTaskResult.objects.filter(task_path__endswith="remind_of_accreditations").update(status="READY")
    work()
    assert Outbox.objects.filter(mail="accreditation").count() == 1


def test_one_part_that_fails_stops_no_other(make_person: MakePerson) -> None:
    """The last administrator cannot be erased; everybody else is, and the job says that it failed."""
    last, other = make_person("Ada", "admin"), make_person("Olaf", "expert")
    for user in (last, other):
        schedule_erasure(user=user, actor=user)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        begin_day()
        work()
        failed = DBTaskResult.objects.failed()
        assert [task.task_path for task in failed] == ["clustermark.web.accounts.tasks.erase_people"]
        assert DBTaskResult.objects.successful().count() == len(DAILY) - 1
    erased = User.objects.filter(erased_at__isnull=False)
    assert [user.reference for user in erased] == [other.reference]


@pytest.mark.django_db
def test_jobs_and_days_are_forgotten_after_a_while() -> None:
    with time_machine.travel(timezone.now() - timedelta(days=29)):
        begin_day()
        work()
    begin_day()
    assert DayWork.objects.filter(day__lt=today()).count() > 0
    forget_jobs.call()
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"READY"}
    assert not DayWork.objects.filter(day__lt=today()).exists()
