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

Led = Callable[..., Case]
By = Callable[[str], Person]


def texts(by: Person) -> list[str]:
    return [task.text for task in tasks_for(by)]


def test_each_role_sees_what_is_theirs(led: Led, by: By) -> None:
    led("submitted", "Alpha")
    led("panel", "Beta")
    led("deciding", "Gamma")
    assert texts(by("secretariat")) == ["Check the application: admit or return it"]
    assert texts(by("manager")) == ["Agree to the experts, or object with reasons"]
    assert texts(by("team")) == []  # the team speaks not for the cluster
    assert texts(by("expert-a")) == ["Declare whether you have an interest in this cluster"]
    assert texts(by("expert-c")) == []
    assert texts(by("decider")) == ["Decide on the panel's report"]
    assert texts(by("agency")) == []


def test_late_ones_stand_first_and_are_named(led: Led, by: By) -> None:
    late, soon, later = led("submitted", "Alpha"), led("submitted", "Delta"), led("submitted", "Epsilon")
    for case, days in ((late, -1), (soon, 7), (later, 8)):
        Case.objects.filter(pk=case.pk).update(due_on=today() + timedelta(days=days))
    found = tasks_for(by("secretariat"))
    assert [task.about.split(" ·")[0] for task in found] == ["Alpha", "Delta", "Epsilon"]
    assert [task.urgency for task in found] == ["late", "soon", ""]


def test_objections_and_overrides_wait_for_the_secretariat(led: Led, by: By) -> None:
    case = led("panel", "Beta")
    seat = case.seats.select_related("expert").first()
    assert seat is not None
    object_to_expert(seat=seat, by=by("manager"), reason="Works for a competitor.")
    assert f"Answer the objection to {seat.expert.name}" in texts(by("secretariat"))


def test_an_override_is_for_another_person(led: Led, by: By, sample: Sample) -> None:
    case = led("admitted", "Zeta")
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
        by=by("secretariat"),
        reason="Nobody else knows the field.",
    )
    text = "Confirm an override for Marta Rossi, or let it be"
    assert text not in texts(by("secretariat"))
    assert text in texts(by("secretariat-2"))


def test_an_accreditation_that_ends_is_told(by: By, sample: Sample) -> None:
    held = Accreditation.objects.filter(expert__user=sample.people["expert-c"]).first()
    assert held is not None
    held.ends_on = today() + timedelta(days=90)
    held.save()
    assert texts(by("expert-c")) == ["Have your accreditation renewed"]
    held.ends_on += timedelta(days=1)
    held.save()
    assert texts(by("expert-c")) == []


def test_the_page_costs_the_same_for_one_case_and_three(
    led: Led, as_: Callable[[str], Client], asked: Callable[[Client, str], int]
) -> None:
    led("submitted", "Alpha")
    led("panel", "Theta")
    counts = {login: asked(as_(login), "/") for login in ("secretariat", "manager", "expert-a", "decider")}
    for name in ("Delta", "Epsilon"):
        led("submitted", name)
    for name in ("Beta", "Eta"):
        led("panel", name)
    again = {login: asked(as_(login), "/") for login in counts}
    assert again == counts
    assert max(counts.values()) <= 15


def test_news_are_read_one_by_one_or_all(led: Led, as_: Callable[[str], Client], sample: Sample) -> None:
    led("panel", "Beta")
    user: User = sample.people["manager"]
    unread = Notice.objects.filter(user=user, read_at=None)
    n = unread.count()
    assert n >= 2
    first, theirs = unread[0], Notice.objects.filter(user=sample.people["expert-a"]).count()
    client = as_("manager")
    assert "Experts were proposed" in client.get("/").content.decode()
    assert client.post("/notices/read/", {"notice": str(first.pk)}).status_code == 302
    assert unread.count() == n - 1
    client.post("/notices/read/")
    assert unread.count() == 0
    assert Notice.objects.filter(user=sample.people["expert-a"], read_at=None).count() == theirs


def test_applicants_see_their_milestones(led: Led, as_: Callable[[str], Client]) -> None:
    led("submitted", "Alpha")
    assert 'class="steps"' in as_("manager").get("/").content.decode()
    assert 'class="steps"' not in as_("secretariat").get("/").content.decode()


def test_every_notice_has_words() -> None:
    assert set(WORDS) == {*AUDIENCES, "question_answered"}
    facts = {
        "due_on": "2026-03-02",
        "starts_on": "2026-03-02",
        "indicator": "1.2",
        "amount": "1",
        "currency": "EUR",
    }
    assert words_of("reminder_cluster", facts) == "A term of the cluster ends on 2 March 2026."
    assert all("{" not in words_of(name, facts) for name in WORDS)
