"""Nothing typed is lost when a session ends in the middle of any form."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import MakePerson, SignIn

WHERE = "/account/people/invite/"


@pytest.fixture
def browser(db: None) -> Client:
    """A browser whose session has ended, after it sent a form."""
    client = Client()
    typed = {"name": "A Guest", "email": "guest@example.org", "csrfmiddlewaretoken": "x"}
    sent = client.post(WHERE, typed, headers={"referer": "http://testserver/account/people/"})
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/account/login/?next={reverse('kept')}")
    return client


def test_what_was_typed_is_shown_after_the_sign_in_and_sent_on(
    browser: Client, make_person: MakePerson
) -> None:
    browser.force_login(make_person("Lena"))
    page = browser.get(reverse("kept"))
    text = page.content.decode()
    assert f'action="{WHERE}"' in text
    assert '<textarea id="kept-1" name="name" rows="6">A Guest</textarea>' in text
    assert '<input type="hidden" name="email" value="guest@example.org">' in text
    assert page.context["fields"] == [("name", "A Guest", True), ("email", "guest@example.org", False)]
    browser.post(WHERE, {"name": "A Guest"})
    assert browser.get(reverse("kept")).headers["Location"] == "/"


def test_what_was_typed_can_be_left(browser: Client, make_person: MakePerson) -> None:
    browser.force_login(make_person("Lena"))
    left = browser.post(reverse("kept"))
    assert left.headers["Location"] == "/account/people/"
    assert browser.get(reverse("kept")).headers["Location"] == "/"


def test_a_part_of_a_page_is_refused_and_a_huge_form_is_not_kept(db: None) -> None:
    client = Client()
    assert client.post(WHERE, {"name": "x"}, headers={"HX-Request": "true"}).status_code == 401
    huge = client.post(WHERE, {"name": "x" * 70_000})
    assert huge.headers["Location"] == f"/account/login/?next={WHERE}"


def test_nothing_is_kept_of_signing_in_itself(db: None) -> None:
    client = Client()
    client.post("/account/login/", {"login": "nobody@example.org", "password": "secret words here"})
    assert "kept" not in client.session


def test_somebody_signed_in_keeps_nothing(make_person: MakePerson, sign_in: SignIn) -> None:
    client = sign_in(make_person("Lena", "secretariat"))
    client.post(WHERE, {"name": "A Guest"})
    assert "kept" not in client.session
