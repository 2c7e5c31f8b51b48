"""Clarification: asked, answered, closed; hidden from the other expert until all have submitted."""

from __future__ import annotations

import pytest

from clustermark.web.cases.domain.rating import submit_ratings
from clustermark.web.cases.domain.review import ask_question
from clustermark.web.cases.models import Case, Clarification, Notice
from clustermark.web.seeding import Sample, rate_all
from tests.web.cases.site import Site

STATES = ("desk_review",)

RATED = "4.2"


@pytest.fixture
def case(site: Site) -> Case:
    return site.case("desk_review")


def one(case: Case, sample: Sample, login: str, number: int = 1) -> str:
    return f"/cases/{case.reference}/questions/{sample.people[login].reference}/{number}/"


def test_a_question_is_asked_answered_and_closed(site: Site, case: Case, sample: Sample) -> None:
    expert, manager = site.client("expert-a"), site.client("manager")
    expert.post(f"/cases/{case.reference}/ratings/{RATED}/ask/", {"question": "Who owns goal 2?"})
    asked = Clarification.objects.get(case=case)
    assert (asked.indicator, asked.number, asked.state) == (RATED, 1, "open")
    assert Notice.objects.filter(name="question_asked", user=sample.people["manager"]).count() == 1
    assert "Who owns goal 2?" in manager.get(f"/cases/{case.reference}/questions/").content.decode()
    assert manager.post(one(case, sample, "expert-a"), {"act": "close"}).status_code == 403
    manager.post(one(case, sample, "expert-a"), {"answer": "The deputy manager."})
    assert "The deputy manager." in expert.get(f"/cases/{case.reference}/ratings/{RATED}/").content.decode()
    assert expert.post(one(case, sample, "expert-a"), {"answer": "x"}).status_code == 403
    expert.post(one(case, sample, "expert-a"), {"act": "close"})
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("closed", "The deputy manager.")
    assert manager.post(one(case, sample, "expert-a"), {"answer": "Late."}).status_code == 403


def test_an_empty_question_is_shown_again(site: Site, case: Case) -> None:
    response = site.client("expert-a").post(
        f"/cases/{case.reference}/ratings/{RATED}/ask/", {"question": "  "}
    )
    assert response.status_code == 422
    assert not Clarification.objects.filter(case=case).exists()


def test_the_other_expert_knows_of_it_when_all_have_submitted(site: Site, sample: Sample) -> None:
    case = site.case("rating")
    ask_question(case=case, indicator=RATED, question="B asks this?", by=sample.by("expert-b"))
    client = site.client("expert-a")
    page = f"/cases/{case.reference}/questions/"
    assert "B asks this?" not in client.get(page).content.decode()
    assert client.get(one(case, sample, "expert-b")).status_code == 404
    for login in ("manager", "secretariat"):
        assert "B asks this?" in site.client(login).get(page).content.decode(), login
    for login, column in (("expert-a", 0), ("expert-b", 1)):
        rate_all(sample, case, login, column)
        submit_ratings(case=case, by=sample.by(login))
    assert "B asks this?" in client.get(page).content.decode()
    assert client.get(one(case, sample, "expert-b")).status_code == 200


@pytest.mark.parametrize(("login", "status"), [("expert-c", 404), ("decider", 404), ("agency", 404)])
def test_nobody_else_reads_questions(site: Site, case: Case, login: str, status: int) -> None:
    assert site.client(login).get(f"/cases/{case.reference}/questions/").status_code == status
