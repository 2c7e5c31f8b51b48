"""Cases for tests: the sample site once a module, each test in a savepoint of its transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings

from clustermark.web.accounts.people import Person
from clustermark.web.cases.models import Case
from clustermark.web.seeding import Sample, sample_case, seed

OKA_VALLEY = Path(__file__).parents[3] / "examples" / "oka-valley"


@dataclass(slots=True)
class Road:
    """The sample site, and cases on their road by the state to which they were led."""

    sample: Sample
    keys: dict[str, int] = field(default_factory=dict)

    def by(self, login: str) -> Person:
        return self.sample.by(login)

    def case(self, state: str) -> Case:
        """The case in this state, read anew."""
        return Case.objects.select_related("cluster", "edition").get(pk=self.keys[state])

    def client(self, login: str) -> Client:
        """A browser in which this person has signed in with a second factor."""
        client = Client()
        client.force_login(self.sample.people[login])
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session["account_authentication_methods_user"] = str(self.sample.people[login].pk)
        session.save()
        return client


@pytest.fixture(scope="module")
def road(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Road]:
    """The sample site with a case for each of the module's `STATES`; gone after the module."""
    home = tmp_path_factory.mktemp("site")
    quick = override_settings(HOME=home, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    outer = transaction.atomic()
    with django_db_blocker.unblock(), quick:
        outer.__enter__()
        made = Road(seed(OKA_VALLEY))
        for state in getattr(request.module, "STATES", ()):
            made.keys[state] = sample_case(made.sample, to=state).pk
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def most_queries(django_assert_max_num_queries: Any) -> Callable[[int], Any]:
    """`with most_queries(15):` fails when more are asked."""
    return django_assert_max_num_queries  # type: ignore[no-any-return] # the plugin's own fixture


@pytest.fixture
def sample(db: None) -> Sample:
    """The sample site: people by login, bodies, the cluster; no case is started."""
    return seed(OKA_VALLEY)
