"""Certificates that end: what the holder and the secretariat have to do, on their start pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from clustermark.register.entries import Act, Certificate
from clustermark.scoring.validity import add_months
from clustermark.web.accounts.models import Grant
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case, SchemeEdition
from clustermark.web.cases.queries.tasks import Task
from clustermark.web.register.domain.living import (
    note_surveillance_done,
    note_surveillance_due,
    reinstate_award,
    report_change,
    suspend_award,
    withdraw_award,
)
from clustermark.web.register.domain.recording import enter, recording
from clustermark.web.register.models import Award
from clustermark.web.register.queries.tasks import certificate_tasks
from clustermark.web.seeding import Sample
from tests.web.cases.conftest import asked
from tests.web.conftest import SignIn

__all__ = ["asked"]

STATES = ("decided",)
RENEW = "Renew the certificate: it ends"


def tasks(sample: Sample, login: str) -> list[Task]:
    return certificate_tasks(sample.by(login))


def another(sample: Sample, number: str, until: date) -> Award:
    """A certificate of the sample's cluster under the published scheme, which ends on a day."""
    edition = SchemeEdition.objects.get(scheme="ecei-silver-2017")
    decided = date(until.year - 2, until.month, 1)
    item = Certificate(
        number=number,
        holder_id=str(sample.cluster.reference),
        holder=sample.cluster.name,
        country="RU",
        scheme=edition.scheme,
        scheme_digest=edition.digest,
        level="silver",
        decided_on=decided,
        valid_from=decided,
        valid_until=until,
        mark="synthetic",
    )
    act = Act(certificate=number, kind="issue", on=decided, reason="Decided.", by="board")
    with recording():
        return enter(item, [act], cluster=sample.cluster)


def test_each_reminder_is_reached_on_its_day(sample: Sample, award: Award, time_machine: Any) -> None:
    end = award.valid_until
    assert end is not None
    time_machine.move_to(add_months(end, -12) - timedelta(days=1))
    assert [task.text for task in tasks(sample, "manager")] == []
    for months in (12, 6, 3, 1):
        time_machine.move_to(add_months(end, -months))
        for login in ("manager", "team"):
            [mine] = tasks(sample, login)
            assert (mine.text, mine.due_on) == (RENEW, end)
        office = [task for task in tasks(sample, "secretariat") if "reminder" in task.text]
        assert [(task.text, task.due_on) for task in office] == [
            (f"1 certificate is past its {months}-month reminder: no renewal was applied for", end)
        ]
    for login in ("expert-a", "decider", "agency", "admin"):
        assert tasks(sample, login) == []
    time_machine.move_to(end + timedelta(days=1))
    [mine] = tasks(sample, "manager")
    assert mine.text == "Renew the certificate: it has ended and can still be renewed"
    assert mine.due_on == add_months(end, 12)
    time_machine.move_to(add_months(end, 12) + timedelta(days=1))
    assert tasks(sample, "manager") == []


def test_the_link_starts_the_renewal(
    sample: Sample, award: Award, sign_in: SignIn, time_machine: Any, queries: Any
) -> None:
    end, before = award.valid_until, award.case
    assert end is not None
    assert before is not None
    time_machine.move_to(end - timedelta(days=80))
    client = sign_in(sample.people["manager"])
    start = client.get("/").content.decode()
    place = f"/clusters/{before.cluster.reference}/?renew={before.reference}#start"
    assert f'<a href="{place}">{RENEW}</a>' in start
    client.get(f"/certificates/{award.number}/")
    with queries(15):
        holding = client.get(f"/certificates/{award.number}/").content.decode()
    assert f'<a class="button" href="{place}">Start the renewal</a>' in holding
    form = client.get(place).content.decode()
    assert f'<option value="{before.reference}" selected>' in form
    assert f'<option value="{before.edition_id}:silver" selected>' in form
    said = {
        "aim": f"{before.edition_id}:silver",
        "previous": str(before.reference),
        "visit_form": "on_site",
        "language": "en",
    }
    assert client.post(place.partition("?")[0], said).status_code == 302
    case = Case.objects.get(previous=before)
    [mine] = tasks(sample, "manager")
    assert (mine.text, mine.url) == ("Finish the renewal and submit it", f"/cases/{case.reference}/dossier/")
    office = sign_in(sample.people["secretariat"]).get("/office/register/").content.decode()
    assert "in preparation" in office
    assert str(case.reference) not in office  # a self-assessment is the cluster's own
    # once it is submitted, its own tasks speak
    Case.objects.filter(pk=case.pk).update(state="submitted", submitted_at=before.submitted_at, number="C-9")
    assert tasks(sample, "manager") == []
    assert all("renewal" not in task.text for task in tasks(sample, "secretariat"))
    # what came to nothing does not count
    Case.objects.filter(pk=case.pk).update(state="withdrawn")
    assert [task.text for task in tasks(sample, "manager")] == [RENEW]


def test_the_team_of_another_cluster_sees_nothing(sample: Sample, award: Award, time_machine: Any) -> None:
    assert award.valid_until is not None
    time_machine.move_to(award.valid_until - timedelta(days=80))
    Grant.objects.filter(user=sample.people["manager"]).update(organisation=sample.bodies["agency"])
    assert tasks(sample, "manager") == []


@pytest.mark.parametrize("act", ["withdraw", "suspend"])
def test_what_is_not_in_force_is_not_to_be_renewed(
    sample: Sample, award: Award, time_machine: Any, act: str
) -> None:
    assert award.valid_until is not None
    time_machine.move_to(award.valid_until - timedelta(days=80))
    by = sample.by("secretariat")
    if act == "withdraw":
        withdraw_award(award=award, by=by, reason="False papers.")
    else:
        until = today() + timedelta(days=30)
        suspend_award(award=award, by=by, until=until, reason="Papers are missing.")
    assert tasks(sample, "manager") == []


def test_what_the_secretariat_watches_waits_on_its_start_page(
    sample: Sample, award: Award, sign_in: SignIn, time_machine: Any
) -> None:
    by, place = sample.by("secretariat"), f"/office/register/{award.number}/"

    def found() -> list[tuple[str, str, date | None]]:
        return [(task.text, task.url, task.due_on) for task in tasks(sample, "secretariat")]

    assert found() == []
    report_change(award=award, by=sample.by("team"), change="address", reason="Another street.")
    assert found() == []  # the scheme asks for no review of this
    report_change(award=award, by=sample.by("team"), change="merger", reason="With Volga Pharma.")
    assert found() == [("Look into the change that the holder reported", place, None)]
    note_surveillance_done(award=award, by=by, reason="Papers seen.")
    assert found() == []
    note_surveillance_due(award=award, by=by, reason="A complaint.")
    assert found() == [("Look at the holder and note it", place, today())]
    time_machine.move_to(today() + timedelta(days=1))
    note_surveillance_done(award=award, by=by, reason="Visited.")
    until = today() + timedelta(days=30)
    suspend_award(award=award, by=by, until=until, reason="Papers are missing.")
    assert found() == []
    time_machine.move_to(until + timedelta(days=1))
    assert found() == [("Decide on the suspension: its term is over", place, until)]
    assert "its term is over" in sign_in(sample.people["secretariat"]).get("/").content.decode()
    reinstate_award(award=award, by=by, reason="They came.")
    assert found() == []


def test_the_start_page_costs_the_same_for_one_certificate_and_four(
    sample: Sample, award: Award, sign_in: SignIn, time_machine: Any, asked: Callable[[Client, str], int]
) -> None:
    assert award.valid_until is not None
    time_machine.move_to(award.valid_until - timedelta(days=80))
    clients = [sign_in(sample.people[login]) for login in ("secretariat", "manager")]
    counts = [asked(client, "/") for client in clients]
    office = asked(clients[0], "/office/register/")
    for n, months in enumerate((1, 4, 11)):
        another(sample, f"RU-2020-01-{n:04}-00", add_months(today(), months))
    assert [asked(client, "/") for client in clients] == counts
    assert asked(clients[0], "/office/register/") == office
    assert max(*counts, office) <= 15
    told = [task.text for task in tasks(sample, "secretariat") if "reminder" in task.text]
    assert told == [
        "1 certificate is past its 1-month reminder: no renewal was applied for",
        "1 certificate is past its 3-month reminder: no renewal was applied for",
        "1 certificate is past its 6-month reminder: no renewal was applied for",
        "1 certificate is past its 12-month reminder: no renewal was applied for",
    ]
