"""Single sign-on in a browser: from our page to a provider at another address and back, held to our own policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from clustermark.web.seeding import address
from tests.e2e.people import Someone
from tests.e2e.serving import free_port, serving
from tests.openid_provider import providing

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("javascript", [True, False])
def test_a_person_signs_in_at_the_provider_and_comes_back(
    javascript: bool, browser: Browser, tmp_path: Path
) -> None:
    port = free_port()
    with (
        providing(f"http://127.0.0.1:{port}") as provider,
        serving(tmp_path, "people", port=port, more=provider.environment) as site,
    ):
        provider.knows("manager-1", email=address("manager"), email_verified=True)
        manager = Someone(browser, site.url, "manager", javascript=javascript)
        manager.page.goto("/account/")
        manager.press("Sign in with Valley ID")
        manager.page.wait_for_url(f"{provider.url}/oauth2/authorize**")
        manager.page.locator('input[name="sub"]').fill("manager-1")
        manager.page.get_by_role("button", name="Authorize").click()
        manager.page.wait_for_url(f"{site.url}/account/")
        manager.sees("Successfully signed in as Olga Sokolova.")
        manager.context.close()
        # the provider's own pages complain of things that are none of ours
        assert [one for one in manager.troubles if one.startswith(site.url)] == []
