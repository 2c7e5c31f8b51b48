"""Two servers of one site count attempts together."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from clustermark.web.seeding import address
from tests.e2e.people import Someone
from tests.e2e.serving import Site, free_port, listening

pytestmark = pytest.mark.slow


def test_failed_attempts_at_one_server_are_refused_by_the_other(
    browser: Browser, site_of_people: Site, tmp_path: Path
) -> None:
    beside = f"http://127.0.0.1:{free_port()}"
    environment = {**site_of_people.environment, "CLUSTERMARK_URL": beside}
    with listening(beside, environment, tmp_path / "beside.log"):
        said = []
        for url in (*[site_of_people.url] * 3, *[beside] * 3):
            someone = Someone(browser, url, "manager")
            someone.page.goto("/account/login/")
            someone.page.get_by_label("Email").fill(address("manager"))
            someone.page.get_by_label("Password").fill("wrong wrong wrong")
            with someone.page.expect_navigation():
                someone.press("Sign in")
            said.append("Too many failed login attempts" in someone.page.locator("main").inner_text())
            someone.context.close()
    assert said == [False] * 5 + [True]
