"""Debian's chromium, and sites to look at in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.serving import Site, serving


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The chromium of the machine; without one these tests are skipped, and say so."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("there is no chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield one
        one.close()


@pytest.fixture(scope="session")
def site_with_cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample site with a case at every stage; tests of a session share it."""
    with serving(tmp_path_factory.mktemp("cases"), "cases") as site:
        yield site


@pytest.fixture
def site_of_people(tmp_path: Path) -> Iterator[Site]:
    """The sample site with people and schemes, and no case."""
    with serving(tmp_path, "people") as site:
        yield site
