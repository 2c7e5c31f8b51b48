"""The start page: what is mine to do, by when; and what has happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from clustermark.web.accounts.models import Accreditation, Tie, User
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.domain.noticing import AUDIENCES
from clustermark.web.cases.domain.panel import object_to_expert, request_override
from clustermark.web.cases.models import Case, Notice
from clustermark.web.cases.queries.notices import WORDS, words_of
from clustermark.web.cases.queries.tasks import tasks_for
from clustermark.web.seeding import Sample
from tests.web.cases.site import Site


def texts(by: Person) -> list[str]:
    return [task.text for task in tasks_for(by)]


def test_each_role_sees_what_is_theirs(site: Site) -> None:
    site.case("submitted", "Alpha")
    site.case("panel", "Beta")
    site.case("deciding", "Gamma")
    assert texts(site.by("secretariat")) == ["Check the application: admit or return it"]
    assert texts(site.by("manager")) == ["Agree to the experts, or object with reasons"]
    assert texts(site.by("team")) == []  # the team speaks not for the cluster
    assert texts(site.by("expert-a")) == ["Declare whether you have an interest in this cluster"]
    assert texts(site.by("expert-c")) == []
    assert texts(site.by("decider")) == ["Decide on the panel's report"]
    assert texts(site.by("agency")) == []


def test_late_ones_stand_first_and_are_named(site: Site) -> None:
    late, soon, later = (
        site.case("submitted", "Alpha"),
        site.case("submitted", "Delta"),
        site.case("submitted", "Epsilon"),
    )
    for case, days in ((late, -1), (soon, 7), (later, 8)):
        Case.objects.filter(pk=case.pk).update(due_on=today() + timedelta(days=days))
    found = tasks_for(site.by("secretariat"))
    assert [task.about.split(" ·")[0] for task in found] == ["Alpha", "Delta", "Epsilon"]
    assert [task.urgency for task in found] == ["late", "soon", ""]


def test_objections_and_overrides_wait_for_the_secretariat(site: Site) -> None:
    case = site.case("panel", "Beta")
    seat = case.seats.select_related("expert").first()
    assert seat is not None
    object_to_expert(seat=seat, by=site.by("manager"), reason="Works for a competitor.")
    assert f"Answer the objection to {seat.expert.name}" in texts(site.by("secretariat"))


def test_an_override_is_for_another_person(site: Site, sample: Sample) -> None:
    case = site.case("admitted", "Zeta")
    expert = sample.people["expert-c"]
    day = today()
    Tie.objects.create(
        user=expert,
        cluster=case.cluster,
        kind="advised",
        starts_on=day - timedelta(days=900),
        ends_on=day - timedelta(days=30),
    )
    request_override(
        case=case,
        expert=expert,
        code="cooling-off",
        by=site.by("secretariat"),
        reason="Nobody else knows the field.",
    )
    text = "Confirm an override for Marta Rossi, or turn it down"
    assert text not in texts(site.by("secretariat"))
    assert text in texts(site.by("secretariat-2"))


def test_an_accreditation_that_ends_is_told(site: Site, sample: Sample) -> None:
    held = Accreditation.objects.filter(expert__user=sample.people["expert-c"]).first()
    assert held is not None
    held.ends_on = today() + timedelta(days=90)
    held.save()
    assert texts(site.by("expert-c")) == ["Have your accreditation renewed"]
    held.ends_on += timedelta(days=1)
    held.save()
    assert texts(site.by("expert-c")) == []


def test_the_page_costs_the_same_for_one_case_and_three(
    site: Site, asked: Callable[[Client, str], int]
) -> None:
    site.case("submitted", "Alpha")
    site.case("panel", "Theta")
    counts = {
        login: asked(site.client(login), "/") for login in ("secretariat", "manager", "expert-a", "decider")
    }
    for name in ("Delta", "Epsilon"):
        site.case("submitted", name)
    for name in ("Beta", "Eta"):
        site.case("panel", name)
    again = {login: asked(site.client(login), "/") for login in counts}
    assert again == counts
    assert max(counts.values()) <= 15


def test_news_are_read_one_by_one_or_all(site: Site, sample: Sample) -> None:
    site.case("panel", "Beta")
    user: User = sample.people["manager"]
    unread = Notice.objects.filter(user=user, read_at=None)
    n = unread.count()
    assert n >= 2
    first, theirs = unread[0], Notice.objects.filter(user=sample.people["expert-a"]).count()
    client = site.client("manager")
    assert "Experts were proposed" in client.get("/").content.decode()
    assert client.post("/notices/read/", {"notice": str(first.pk)}).status_code == 302
    assert unread.count() == n - 1
    client.post("/notices/read/")
    assert unread.count() == 0
    assert Notice.objects.filter(user=sample.people["expert-a"], read_at=None).count() == theirs


def test_applicants_see_their_milestones(site: Site) -> None:
    site.case("submitted", "Alpha")
    assert 'class="steps"' in site.client("manager").get("/").content.decode()
    assert 'class="steps"' not in site.client("secretariat").get("/").content.decode()


def test_every_notice_has_words() -> None:
    assert set(WORDS) == {*AUDIENCES, "question_answered", "override_declined"}
    facts = {
        "due_on": "2026-03-02",
        "starts_on": "2026-03-02",
        "indicator": "1.2",
        "expert": "Marta Rossi",
        "amount": "1",
        "currency": "EUR",
    }
    assert words_of("reminder_cluster", facts) == "A term of the cluster ends on 2 March 2026."
    assert all("{" not in words_of(name, facts) for name in WORDS)
