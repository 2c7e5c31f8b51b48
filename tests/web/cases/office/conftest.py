"""A seeded site for the tests of a module: made once, rolled back after the module; each test in its own savepoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from clustermark.web.accounts.people import Person
from clustermark.web.cases.models import Case
from clustermark.web.clusters.models import Cluster
from clustermark.web.seeding import Sample, sample_case, seed
from tests.web.conftest import SignIn

EXAMPLE = Path(__file__).parents[4] / "examples" / "oka-valley"


@pytest.fixture(scope="module")
def sample(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sample]:
    """The sample site, without cases."""
    home = tmp_path_factory.mktemp("home")
    storages = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "evidence": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    hashers = ["tests.web.hashers.QuickArgon2"]
    with (
        django_db_blocker.unblock(),
        override_settings(HOME=home, STORAGES=storages, PASSWORD_HASHERS=hashers),
        transaction.atomic(),
    ):
        yield seed(EXAMPLE)
        transaction.set_rollback(True)


@pytest.fixture
def led(sample: Sample, db: None) -> Callable[..., Case]:
    """Lead a case of a cluster of its own to a state; the same one again for the same state and name."""
    known: dict[tuple[str, str], Case] = {}

    def lead_to(state: str, name: str = "Oka Valley Pharma Cluster", **place: str) -> Case:
        if (state, name) not in known:
            first = sample.cluster
            if name != first.name:
                facts = {"country": "AT", "sector": "mobility", "region": "", "city": "", **place}
                sample.cluster = Cluster.objects.create(
                    organisation=sample.bodies["cluster"], name=name, **facts
                )
            known[state, name] = sample_case(sample, to=state)
            sample.cluster = first
        return Case.objects.select_related("cluster", "edition").get(pk=known[state, name].pk)

    return lead_to


@pytest.fixture
def as_(sample: Sample, sign_in: SignIn, db: None) -> Callable[[str], Client]:
    """A client signed in as the person with this login, with a second factor."""
    return lambda login: sign_in(sample.people[login])


@pytest.fixture
def by(sample: Sample, db: None) -> Callable[[str], Person]:
    """The person with this login, as domain verbs want them."""
    return sample.by


@pytest.fixture
def asked() -> Callable[[Client, str], int]:
    """How many queries a page costs."""

    def count(client: Client, url: str) -> int:
        client.get(url)  # what is remembered by the process is remembered
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count
