"""Debian's chromium, and sites to look at in it."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState, expect, sync_playwright

from tests.e2e.people import Someone
from tests.e2e.serving import Site, serving

Come = Callable[..., Someone]
Address = Callable[[str], str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The chromium of the machine; without one these tests are skipped, and say so."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("there is no chromium on this machine (Debian: apt-get install chromium)")
    expect.set_options(timeout=60_000)
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


@pytest.fixture(scope="session")
def signed_in(browser: Browser, site_with_cases: Site) -> Callable[[str], StorageState | None]:
    """What a browser keeps of a sign-in; each person signs in once for all tests. Without a login nobody does."""

    @functools.cache
    def sign_in(login: str) -> StorageState | None:
        if not login:
            return None
        one = Someone(browser, site_with_cases.url, login).sign_in()
        kept = one.context.storage_state()
        one.context.close()
        return kept

    return sign_in


@pytest.fixture
def come(
    browser: Browser, site_with_cases: Site, signed_in: Callable[[str], StorageState | None]
) -> Iterator[Come]:
    """Somebody comes with a browser of their own and is signed in; without a login a stranger."""
    there: list[Someone] = []

    def sit_down(login: str, *, javascript: bool = True, width: int = 1440) -> Someone:
        one = Someone(
            browser,
            site_with_cases.url,
            login,
            javascript=javascript,
            width=width,
            signed_in=signed_in(login),
        )
        there.append(one)
        return one

    yield sit_down
    for one in there:
        one.context.close()


@pytest.fixture
def address(site_with_cases: Site) -> Address:
    """Where a page is, by its name in the table of all pages."""
    found = {name: where for name, _login, where in site_with_cases.pages}
    return lambda name: found[name]
