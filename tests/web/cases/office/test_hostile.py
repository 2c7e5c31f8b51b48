"""What nobody types: numbers that cannot be read, endless words, and the character that no text holds."""

from __future__ import annotations

import pytest
from django.test import Client

from clustermark.web.cases.queries.expert_pages import experts_of_office
from tests.web.cases.site import Site

STATES = ("draft", "admitted")
ENDLESS = "9" * 5000
BEYOND = "9" * 30


def test_numbers_that_cannot_be_read_name_nothing(site: Site) -> None:
    office, manager = site.client("secretariat"), site.client("manager")
    expert = f"/office/experts/{site.sample.people['expert-a'].reference}/"
    panel = f"/cases/{site.case('admitted').reference}/panel/"
    table = f"/cases/{site.case('draft').reference}/dossier/tables/participants/"
    assert office.get("/account/people/", {"page": ENDLESS}).status_code == 200
    assert manager.get(table, {"row": ENDLESS}).status_code == 200
    for number in (ENDLESS, BEYOND):
        assert office.get("/office/schemes/compare/", {"old": number, "new": "1"}).status_code == 404
        assert office.post(expert, {"act": "end-tie", "tie": number}).status_code == 404
        assert office.post(expert, {"act": "end", "accreditation": number}).status_code == 404
        assert office.post(f"{panel}override/", {"expert": number}).status_code == 404
        # nobody was chosen
        assert office.post(f"{panel}propose/", {"experts": number}).status_code == 422
        assert office.post("/account/sessions/", {"session": number}).status_code == 404
        assert office.post("/notices/read/", {"notice": number}).status_code == 302


@pytest.mark.parametrize("words", ["é" * 60_000, "aB " * 2000])
def test_endless_words_are_cut(words: str, site: Site) -> None:
    office = site.client("secretariat")
    pages = ["/account/people/", "/office/", "/office/cases.csv"]
    assert [office.get(page, {"q": words}).status_code for page in pages] == [200, 200, 200]
    panel = f"/cases/{site.case('admitted').reference}/panel/"
    assert [office.get(page, {"name": words}).status_code for page in ("/office/experts/", panel)] == [
        200,
        200,
    ]
    assert site.client("agency").get("/portfolio/", {"name": words}).status_code == 200
    assert experts_of_office(name="").count() > experts_of_office(name=words).count() == 0


def test_no_address_has_the_character_that_no_text_holds(site: Site) -> None:
    office, anyone = site.client("secretariat"), Client()
    for page in ("/account/people/", "/office/", "/log/"):
        assert office.get(page, {"q": "a\0"}).status_code == 400
    assert anyone.get("/register/holder/", {"id": "a\0"}).status_code == 400
    assert anyone.get("/register/membership/confirm/a%00/").status_code == 400
    assert anyone.get("/register/", {"name": "a"}).status_code == 200
    assert anyone.post("/verify/", {"text": "https://label.example/register/a%00"}).status_code == 200
    for name in ("name", "region", "sector", "level"):
        answer = anyone.get("/api/certificates", {name: "a\0"})
        assert (answer.status_code, list(answer.json())) == (422, ["problems"])
    assert anyone.get("/api/certificates/a%00").status_code == 422
