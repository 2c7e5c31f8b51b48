"""Attempts are limited whichever process answers, and the refusal is a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as site
from django.core.cache import caches
from django.db import connection
from django.test import Client

from tests.web.accounts.test_sign_in import sign_in_by_page
from tests.web.conftest import MakePerson

HEADINGS = {"en": "Too many attempts", "ru": "Слишком много попыток", "de": "Zu viele Versuche"}


def another_process() -> None:
    """What a new process begins with: caches of its own, nothing remembered of the old one's."""
    for alias in site.CACHES:
        if hasattr(caches._connections, alias):  # type: ignore[attr-defined]  # Django publishes no types of it
            del caches[alias]


@pytest.mark.django_db
def test_attempts_stand_in_the_database_where_every_process_sees_them() -> None:
    caches["default"].set("attempts", [1.0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache")
        assert cursor.fetchone() == (1,)
    assert caches.create_connection("default").get("attempts") == [1.0]


def test_failed_attempts_add_up_over_processes(make_person: MakePerson) -> None:
    make_person("Anna")
    for _attempt in range(5):
        another_process()
        sign_in_by_page(Client(), "anna@example.org", "wrong wrong wrong")
    another_process()
    refused = Client().post("/account/login/", {"login": "anna@example.org", "password": "wrong wrong wrong"})
    assert "Too many failed login attempts" in refused.content.decode()


@pytest.mark.parametrize("language", HEADINGS)
def test_the_refusal_is_a_page_of_the_site(language: str, db: None, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client = Client(headers={"accept-language": language})
    typed = {"login": "nobody@example.org", "password": "wrong wrong wrong"}
    assert client.post("/account/login/", typed).status_code == 200
    page = client.post("/account/login/", typed)
    assert page.status_code == 429
    assert f"<h1>{HEADINGS[language]}</h1>" in page.content.decode()
    assert "skip-link" in page.content.decode()
