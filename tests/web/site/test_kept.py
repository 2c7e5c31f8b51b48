"""Nothing typed is lost when a session ends in the middle of any form, and nobody else gets to see it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clustermark.web.accounts.models import User
from tests.web.conftest import MakePerson, SignIn, ended, enter

WHERE = "/account/people/invite/"


@pytest.fixture
def lena(make_person: MakePerson) -> User:
    return make_person("Lena")


@pytest.fixture
def browser(lena: User) -> Client:
    """Lena's browser, after it sent a form when her session had ended."""
    client = ended(lena)
    typed = {"name": "A Guest", "email": "guest@example.org", "csrfmiddlewaretoken": "x"}
    sent = client.post(WHERE, typed, headers={"referer": "http://testserver/account/people/"})
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/account/login/?next={reverse('kept')}")
    return client


def test_what_was_typed_is_shown_after_the_sign_in_and_sent_on(browser: Client, lena: User) -> None:
    assert enter(browser, lena, to=reverse("kept")) == reverse("kept")
    page = browser.get(reverse("kept"))
    text = page.content.decode()
    assert f'action="{WHERE}"' in text
    assert '<textarea id="kept-1" name="name" rows="6">A Guest</textarea>' in text
    assert '<input type="hidden" name="email" value="guest@example.org">' in text
    assert page.context["fields"] == [("name", "A Guest", True), ("email", "guest@example.org", False)]
    browser.post(WHERE, {"name": "A Guest"})
    assert browser.get(reverse("kept")).headers["Location"] == "/"


def test_what_was_typed_can_be_left(browser: Client, lena: User) -> None:
    enter(browser, lena)
    left = browser.post(reverse("kept"))
    assert left.headers["Location"] == "/account/people/"
    assert browser.get(reverse("kept")).headers["Location"] == "/"


def test_another_person_at_the_same_browser_never_learns_of_it(
    browser: Client, lena: User, make_person: MakePerson
) -> None:
    enter(browser, make_person("Mark"))
    assert "A Guest" not in browser.get("/account/").content.decode()
    assert browser.get(reverse("kept")).headers["Location"] == "/"
    assert "kept" not in browser.session
    # nor is it there for Lena any more: it went when Mark came
    browser.post("/account/logout/")
    enter(browser, lena)
    assert browser.get(reverse("kept")).headers["Location"] == "/"


@pytest.mark.parametrize(("hours", "offered"), [(11, True), (13, False)])
def test_it_is_offered_for_half_a_day(hours: int, offered: bool, browser: Client, lena: User) -> None:
    enter(browser, lena)
    session = browser.session
    session["kept"] = {**session["kept"], "at": session["kept"]["at"] - hours * 60 * 60}
    session.save()
    assert (browser.get(reverse("kept")).status_code == 200) is offered


def test_where_nobody_knows_who_typed_nothing_is_kept(db: None) -> None:
    for forged in ("", "3d1f:1abc:madeup"):
        client = Client()
        client.cookies["typist"] = forged
        sent = client.post(WHERE, {"name": "A Guest"})
        assert sent.headers["Location"] == f"/account/login/?next={WHERE}"
        assert "kept" not in client.session


def test_a_part_of_a_page_is_refused_and_a_huge_form_is_not_kept(lena: User) -> None:
    client = ended(lena)
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
