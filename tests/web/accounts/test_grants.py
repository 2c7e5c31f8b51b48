"""Roles are given and ended, and every change is logged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from clustermark.casework.policy import Role
from clustermark.ground.problems import ProblemsError
from clustermark.web.accounts.domain.grants import administrators, end_grant, grant_role
from clustermark.web.accounts.models import Grant, Organisation
from clustermark.web.accounts.queries.actor import actor_for
from clustermark.web.log.models import LogRow
from tests.web.conftest import MakePerson, SignIn


def test_a_role_is_given_once_and_ended(make_person: MakePerson, oka: Organisation) -> None:
    ada, anna = make_person("Ada", "admin"), make_person("Anna")
    grant = grant_role(user=anna, role="manager", organisation=oka, actor=ada, reason="Elected")
    with pytest.raises(ProblemsError, match="holds the role"):
        grant_role(user=anna, role="manager", organisation=oka, actor=ada)
    assert actor_for(anna.pk, strong=True).roles() == {Role.MANAGER}
    end_grant(grant=grant, actor=ada, reason="Left")
    assert actor_for(anna.pk, strong=True).roles() == frozenset()
    rows = LogRow.objects.filter(subject=f"user:{anna.reference}").order_by("number")
    assert [(row.act, row.facts.get("role")) for row in rows] == [
        ("person.create", None),
        ("grant.give", "manager"),
        ("grant.end", "manager"),
    ]
    assert [row.words.text for row in rows[1:]] == ["Elected", "Left"]


def test_a_term_has_its_days_the_right_way_round(make_person: MakePerson, oka: Organisation) -> None:
    with pytest.raises(ProblemsError, match="before the first"):
        grant_role(
            user=make_person("Anna"),
            role="manager",
            organisation=oka,
            starts_on=date(2026, 5, 2),
            ends_on=date(2026, 5, 1),
            actor=None,
        )


def test_the_last_administrator_stays(make_person: MakePerson, secretariat: Organisation) -> None:
    ada, ben = make_person("Ada", "admin"), make_person("Ben", "admin")
    end_grant(grant=ben.grants.get(), actor=ada)
    with pytest.raises(ProblemsError, match="last administrator"):
        end_grant(grant=ada.grants.get(), actor=ada)
    assert administrators(timezone.localdate()) == {ada.pk}


def test_the_page_says_why_the_last_administrator_stays(make_person: MakePerson, sign_in: SignIn) -> None:
    ada = make_person("Ada", "admin")
    client = sign_in(ada)
    page = client.post(f"/account/people/grants/{ada.grants.get().pk}/end/", {"reason": "Enough"})
    assert page.status_code == 200
    assert "The last administrator cannot give up this right." in page.content.decode()
    assert ada.grants.get().ends_on is None


def test_only_administrators_give_roles_and_the_secretariat_sees_them(
    make_person: MakePerson, sign_in: SignIn, oka: Organisation
) -> None:
    sven, anna = make_person("Sven", "secretariat"), make_person("Anna", "manager")
    office = sign_in(sven)
    data = {"role": "admin", "organisation": oka.pk, "starts_on": "2026-01-01", "reason": "x"}
    assert office.get(f"/account/people/{sven.reference}/").status_code == 200
    assert office.post(f"/account/people/{sven.reference}/", data).status_code == 403
    assert sign_in(anna).get("/account/people/").status_code == 403
    assert not Grant.objects.filter(role="admin").exists()


def test_the_secretariat_invites_nobody_into_power(
    make_person: MakePerson, sign_in: SignIn, oka: Organisation
) -> None:
    client = sign_in(make_person("Sven", "secretariat"))
    data = {"email": "x@example.org", "name": "X", "organisation": oka.pk, "language": "en"}
    assert client.post("/account/people/invite/", {**data, "role": "admin"}).status_code == 200
    assert client.post("/account/people/invite/", {**data, "role": "expert"}).status_code == 302


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_people_asks_the_same_whatever_its_length(
    people: int, make_person: MakePerson, sign_in: SignIn, queries: Any
) -> None:
    client = sign_in(make_person("Ada", "admin"))
    for n in range(people):
        make_person(f"Person{n}", "manager", "team")
    with queries(9):
        page = client.get("/account/people/").content.decode()
    assert page.count("cluster manager: Label secretariat") == people


def test_the_list_is_searched_in_the_database(make_person: MakePerson, sign_in: SignIn) -> None:
    client = sign_in(make_person("Ada", "admin"))
    make_person("Berta", "expert")
    page = client.get("/account/people/?q=bert&role=expert").content.decode()
    assert "berta@example.org" in page
    assert "ada@example.org" not in page.split("<main")[1]


def test_a_grant_of_tomorrow_counts_from_tomorrow(make_person: MakePerson, oka: Organisation) -> None:
    anna = make_person("Anna")
    tomorrow = timezone.localdate() + timedelta(days=1)
    grant_role(user=anna, role="manager", organisation=oka, starts_on=tomorrow, actor=None)
    assert actor_for(anna.pk, strong=True).roles() == frozenset()
