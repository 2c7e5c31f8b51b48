"""The sample site for the tests of cases: seeded once a process, its cases led once a module.

Both stand in a transaction that is never committed; each test runs in a savepoint of it and is undone after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from clustermark.web.seeding import Sample, seed
from tests.web.cases.site import Keys, Site, read_anew

OKA = Path(__file__).parents[3] / "examples" / "oka-valley"


def evidence_in(folder: Path) -> dict[str, Any]:
    """The storage of evidence in `folder`, as settings name it."""
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder / "evidence"},
    }


@contextmanager
def _undone(blocker: Any) -> Iterator[None]:
    """What is done inside stays in the database until the fixture ends."""
    outer = transaction.atomic()
    with blocker.unblock():
        outer.__enter__()
    yield
    with blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@contextmanager
def _as_in_tests(home: Path, blocker: Any) -> Iterator[None]:
    from django.conf import settings  # noqa: PLC0415 - the fixture of pytest-django has this name

    storages = {**settings.STORAGES, "evidence": evidence_in(home)}
    hashers = ["tests.web.hashers.QuickArgon2"]
    with blocker.unblock(), override_settings(HOME=home, STORAGES=storages, PASSWORD_HASHERS=hashers):
        yield


@pytest.fixture(scope="package")
def home_of_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of the sample site are."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="package")
def seeded(django_db_setup: None, django_db_blocker: Any, home_of_site: Path) -> Iterator[Sample]:
    """The sample site, without cases."""
    with _undone(django_db_blocker):
        with _as_in_tests(home_of_site, django_db_blocker):
            sample = seed(OKA)
            connection.check_constraints()  # PostgreSQL would keep them until the end
        yield sample


@pytest.fixture(scope="module")
def prepared(
    request: pytest.FixtureRequest, seeded: Sample, django_db_blocker: Any, home_of_site: Path
) -> Iterator[Keys]:
    """A case of the sample's cluster in each of the module's `STATES`."""
    with _undone(django_db_blocker):
        with _as_in_tests(home_of_site, django_db_blocker):
            site = Site(read_anew(seeded), {})
            for state in getattr(request.module, "STATES", ()):
                site.case(state)
            connection.check_constraints()
        yield site.keys


@pytest.fixture(autouse=True)
def _files_of_site(_site: None, settings: Any, home_of_site: Path) -> None:
    """Files are kept by what they hold, so that all tests can share a folder, and what a process remembers of it."""
    settings.HOME = home_of_site
    settings.STORAGES = {**settings.STORAGES, "evidence": evidence_in(home_of_site)}


@pytest.fixture
def site(prepared: Keys, seeded: Sample, db: None) -> Site:
    """The sample site with the cases that the module names in `STATES`."""
    return Site(read_anew(seeded), dict(prepared))


@pytest.fixture
def sample(site: Site) -> Sample:
    """The sample site: people by login, bodies, the cluster."""
    return site.sample


@pytest.fixture
def asked() -> Callable[[Client, str], int]:
    """How many queries a page costs."""

    def count(client: Client, url: str) -> int:
        client.get(url)  # what is remembered by the process is remembered
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count
