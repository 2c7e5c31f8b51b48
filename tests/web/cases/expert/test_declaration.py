"""Declarations: public facts alone before, an interest ends the part, nobody declares twice or for another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clustermark.web.accounts.models import Tie
from clustermark.web.cases.models import Seat
from clustermark.web.seeding import Sample
from tests.web.cases.site import Site

STATES = ("declaring",)


def test_the_page_shows_public_facts_alone(site: Site) -> None:
    case = site.case("declaring")
    client = site.client("expert-a")
    page = client.get(f"/cases/{case.reference}/declare/").content.decode()
    assert "Oka Valley Pharma Cluster" in page
    assert "Jan Novák" in page
    for part in (
        "",
        "ratings/",
        "ratings/3.1/",
        "questions/",
        "dossier/evidence/E01/file/",
        "offline/",
        "offline/package.zip",
    ):
        response = client.get(f"/cases/{case.reference}/{part}")
        expected = 302 if part == "" else 403
        assert response.status_code == expected, part
    assert client.get(f"/cases/{case.reference}/").headers["Location"].endswith("/declare/")


def test_no_interest_is_on_record_once(site: Site, sample: Sample) -> None:
    case = site.case("declaring")
    client = site.client("expert-a")
    url = f"/cases/{case.reference}/declare/"
    assert client.post(url, {"declared": "free"}).headers["Location"] == "/expert/"
    seat = Seat.objects.get(case=case, expert=sample.people["expert-a"])
    assert (seat.declared, seat.state) == ("free", "proposed")
    assert "You declared to have no interest." in client.get(url).content.decode()
    assert client.post(url, {"declared": "interest", "interest": "A share"}).status_code == 403


def test_an_interest_empties_the_seat_and_closes_the_case(site: Site, sample: Sample) -> None:
    case = site.case("declaring")
    client = site.client("expert-a")
    url = f"/cases/{case.reference}/declare/"
    client.post(url, {"declared": "interest", "interest": "I hold shares of a member."})
    assert Tie.objects.get(user=sample.people["expert-a"]).note == "I hold shares of a member."
    assert client.get(f"/cases/{case.reference}/").status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "This field is required."),
        ({"declared": "interest", "interest": " "}, "Say which interest it is."),
        ({"declared": "free", "interest": "Shares"}, "You name an interest"),
    ],
)
def test_a_half_declaration_is_shown_again(site: Site, data: dict[str, str], words: str) -> None:
    case = site.case("declaring")
    response = site.client("expert-a").post(f"/cases/{case.reference}/declare/", data)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Seat.objects.filter(case=case).exclude(declared="none").exists()


def test_home_sorts_cases_by_what_is_to_be_done(
    site: Site, django_assert_num_queries: Callable[..., object]
) -> None:
    to_declare = site.case("declaring")
    client = site.client("expert-a")
    page = client.get("/expert/").content.decode()
    assert f"/cases/{to_declare.reference}/declare/" in page
    with django_assert_num_queries(5):  # type: ignore[attr-defined] # the fixture of pytest-django
        client.get("/expert/")
    at_work = [site.case("rating", name) for name in ("Alpha", "Beta")]
    with django_assert_num_queries(5):  # type: ignore[attr-defined] # as above
        page = client.get("/expert/").content.decode()
    assert all(f'href="/cases/{one.reference}/"' in page for one in at_work)
    assert "ecei-silver-2017" in page
    assert site.client("manager").get("/expert/").status_code == 403
