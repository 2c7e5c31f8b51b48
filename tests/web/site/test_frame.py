"""The frame of every page: headers, language, theme, navigation, refusals."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import MakePerson, SignIn

CSP = {
    "default-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "frame-src": "'self'",
    "object-src": "'self'",
}


def policy(header: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


@pytest.mark.django_db
def test_headers_of_a_page() -> None:
    response = Client().get("/account/login/")
    assert response.status_code == 200
    assert policy(response.headers["Content-Security-Policy"]) == CSP
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    token = response.cookies["csrftoken"]
    assert (token["httponly"], token["samesite"]) == (True, "Lax")


@pytest.mark.django_db
def test_no_page_has_inline_style_or_script() -> None:
    page = Client().get("/account/login/").content.decode()
    assert not re.findall(r"\sstyle=|<style|\son[a-z]+=|javascript:", page)
    scripts = re.findall(r"<script([^>]*)>", page)
    assert scripts
    assert all("src=" in script or 'type="application/json"' in script for script in scripts)


@pytest.mark.parametrize(
    ("asked", "spoken", "word"),
    [("de-AT,de;q=0.9", "de", "Anmelden"), ("ru", "ru", "Войти"), ("fr", "en", "Sign in")],
)
@pytest.mark.django_db
def test_the_browser_chooses_the_language(asked: str, spoken: str, word: str) -> None:
    response = Client().get("/account/login/", headers={"accept-language": asked})
    assert response.headers["Content-Language"] == spoken
    page = response.content.decode()
    assert f'<html lang="{spoken}"' in page
    assert f"<h1>{word}</h1>" in page


@pytest.mark.django_db
def test_the_cookie_comes_before_the_browser_and_the_person_before_the_cookie(
    make_person: MakePerson, sign_in: SignIn
) -> None:
    stranger = Client()
    answer = stranger.post("/language/", {"language": "de", "next": "/account/login/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login/")
    assert (
        stranger.get("/account/login/", headers={"accept-language": "ru"}).headers["Content-Language"] == "de"
    )

    anna = make_person("Anna")
    client = sign_in(anna)
    client.cookies["django_language"] = "de"
    assert client.get("/").headers["Content-Language"] == "en"
    client.post("/language/", {"language": "ru"})
    anna.refresh_from_db()
    assert anna.language == "ru"
    assert client.get("/").headers["Content-Language"] == "ru"


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
@pytest.mark.django_db
def test_the_way_back_leads_nowhere_else(to: str) -> None:
    assert Client().post("/theme/", {"theme": "dark", "next": to}).headers["Location"] == "/"


@pytest.mark.django_db
def test_the_theme_is_kept_and_only_ours_are_taken() -> None:
    client = Client()
    assert 'data-theme="auto"' in client.get("/account/login/").content.decode()
    client.post("/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/account/login/").content.decode()
    client.post("/theme/", {"theme": '"><script>'})
    assert 'data-theme="dark"' in client.get("/account/login/").content.decode()


@pytest.mark.django_db
def test_strangers_are_sent_to_sign_in() -> None:
    response = Client().get("/")
    assert (response.status_code, response.headers["Location"]) == (302, "/account/login/?next=/")


def test_navigation_depends_on_the_role(make_person: MakePerson, sign_in: SignIn) -> None:
    def entries(client: Client) -> list[str]:
        nav = re.search(r'<nav class="mainnav".*?</nav>', client.get("/account/").content.decode(), re.DOTALL)
        return re.findall(r">([^<>]+)</a>", nav[0]) if nav else []

    manager, admin = make_person("Anna", "manager"), make_person("Ada", "admin")
    assert "People" not in entries(sign_in(manager))
    assert "People" in entries(sign_in(admin))
    assert "Mail texts" not in entries(sign_in(admin))


def test_a_form_without_token_says_what_to_do(make_person: MakePerson) -> None:
    response = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})
    assert response.status_code == 403
    assert "Go back, copy what you typed" in response.content.decode()


def test_pages_of_somebody_signed_in_are_not_kept_by_the_browser(
    make_person: MakePerson, sign_in: SignIn
) -> None:
    assert sign_in(make_person("Anna")).get("/account/").headers["Cache-Control"] == "private, no-store"


def test_the_start_page_asks_few_queries(make_person: MakePerson, sign_in: SignIn, queries: Any) -> None:
    client = sign_in(make_person("Anna", "manager"))
    with queries(15):
        assert client.get("/").status_code == 200
