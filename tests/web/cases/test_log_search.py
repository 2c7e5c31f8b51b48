"""The whole log: what each entry is about, and entries looked for by what, who, which and when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from clustermark.web.accounts.domain.grants import grant_role
from clustermark.web.accounts.people import today
from clustermark.web.cases.domain.review import ask_question
from clustermark.web.cases.queries.log_search import LogSearch, found_rows
from clustermark.web.log.models import LogRow
from tests.web.cases.site import Site

pytestmark = pytest.mark.django_db
STATES = ("draft", "decided")


def found(asked: LogSearch, *, cases: bool = True) -> set[int]:
    return set(found_rows(asked, cases=cases).values_list("number", flat=True))


def numbers(**same: object) -> set[int]:
    return set(LogRow.objects.filter(**same).values_list("number", flat=True))


def test_entries_are_found_by_what_they_are_about(site: Site) -> None:
    decided, draft, other = site.case("decided"), site.case("draft"), site.case("submitted", "Łódź Optics")
    assert decided.number
    anna = site.sample.people["expert-a"]
    assert found(LogSearch(about=decided.number)) == numbers(subject=decided.subject)
    # whoever may not see the cases finds them by number alone
    assert found(LogSearch(about="łódź")) == numbers(subject=other.subject)
    assert found(LogSearch(about="łódź"), cases=False) == set()
    assert found(LogSearch(about=str(other.number)), cases=False) == numbers(subject=other.subject)
    assert found(LogSearch(about=anna.name)) == numbers(subject=f"user:{anna.reference}") != set()
    # a draft is nobody's business: its cluster's name does not find it
    assert not found(LogSearch(about=draft.cluster.name)) & numbers(subject=draft.subject)
    assert found(LogSearch(about="nothing of that name")) == set()


def test_entries_are_found_by_who_what_and_when_together(site: Site) -> None:
    site.case("decided")
    anna = site.sample.people["expert-a"]
    by_anna = numbers(actor=f"user:{anna.reference}")
    assert found(LogSearch(who="keller")) == by_anna != set()
    assert found(LogSearch(who=anna.email)) == by_anna
    assert found(LogSearch(who="System")) == numbers(actor="system")
    rated = numbers(actor=f"user:{anna.reference}", act="submit_ratings")
    assert found(LogSearch(who="keller", act="submit_ratings")) == rated != set()
    everything, day = found(LogSearch()), timedelta(days=1)
    assert everything == numbers()
    assert found(LogSearch(since=today(), until=today())) == everything
    assert found(LogSearch(since=today() + day)) == found(LogSearch(until=today() - day)) == set()


def test_a_day_begins_where_the_site_is(site: Site, settings: Any) -> None:
    site.case("draft")
    row = LogRow.objects.latest("number")
    settings.TIME_ZONE = "Asia/Tokyo"
    LogRow.objects.bulk_create(
        [
            LogRow(
                number=row.number + add, at=at, actor="system", act="start", subject="x:", hash=f"{add}" * 64
            )
            for add, at in ((1, "2020-05-01T14:59:59.999999Z"), (2, "2020-05-01T15:00:00.000000Z"))
        ]
    )
    assert found(LogSearch(until=date(2020, 5, 1))) == {row.number + 1}
    assert found(LogSearch(since=date(2020, 5, 2), until=date(2020, 5, 2))) == {row.number + 2}


def test_the_page_names_cases_to_the_secretariat_and_drafts_to_nobody(site: Site, queries: Any) -> None:
    decided, draft = site.case("decided"), site.case("draft")
    assert decided.number
    for login, named in (("secretariat", True), ("admin", False)):
        client = site.client(login)
        with queries(15):
            page = client.get("/log/", {"about": decided.number}).content.decode()
        link = f'<a href="/cases/{decided.reference}/">{decided.number} {decided.cluster.name}</a>'
        assert (link in page, decided.cluster.name in page) == (named, named)
        assert f'data-label="About">{decided.number}</td>' in page or named
        started = client.get("/log/", {"act": "start"}).content.decode()
        assert "a case not submitted" in started
        assert str(draft.reference) not in started
        nothing = client.get("/log/", {"act": "submit_ratings", "until": "2001-01-01"}).content.decode()
        assert "No entries are found." in nothing
        assert "0 entries" in nothing


def test_what_cannot_be_read_is_said_beside_its_field(site: Site) -> None:
    page = site.client("secretariat").get("/log/", {"since": "yesterday", "act": "juggle", "page": "x"})
    assert page.status_code == 200
    assert list(page.context["filter"].errors) == ["act", "since"]
    assert page.context["page"].paginator.count == LogRow.objects.count()


def test_the_last_day_that_can_be_typed_is_a_day(site: Site) -> None:
    client = site.client("secretariat")
    every = LogRow.objects.count()
    assert found(LogSearch(since=date.min, until=date.max)) == numbers()
    assert f"{every} entries" in client.get("/log/?since=0001-01-01&until=9999-12-31").content.decode()


def test_an_expert_who_is_of_the_secretariat_too_reads_no_questions_of_others(site: Site) -> None:
    case, both = site.case("desk_review"), site.sample.people["expert-a"]
    grant_role(user=both, role="secretariat", organisation=site.sample.bodies["secretariat"], actor=None)
    ask_question(case=case, indicator="4.2", question="Who wrote the strategy?", by=site.by("expert-b"))
    page = f"/cases/{case.reference}/log/"
    assert "Who wrote the strategy?" not in site.client("expert-a").get(page).content.decode()
    assert "Who wrote the strategy?" in site.client("secretariat").get(page).content.decode()
