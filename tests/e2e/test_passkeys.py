"""Passkeys and security keys, with the authenticator that chromium has for tests (WebAuthn level 3, section 11)."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from clustermark.web.seeding import PASSWORD, address
from tests.e2e.people import Someone
from tests.e2e.serving import Site

pytestmark = pytest.mark.slow
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_device(page: Page) -> None:
    """The page finds an authenticator in the device that asks nobody."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def named(site: Site) -> str:
    """The address of the site by name: WebAuthn knows no numbers (section 5.1.3, effective domain)."""
    return f"http://localhost:{urlsplit(site.url).port}"


def test_a_passkey_is_added_signs_in_alone_and_is_removed(browser: Browser, site_of_people: Site) -> None:
    manager = Someone(browser, named(site_of_people), "manager").sign_in()
    page = manager.page
    with_a_device(page)
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Name of the key").fill("Olga's telephone")
    page.get_by_label("Sign in with it alone").check()
    with page.expect_navigation():
        manager.press("Add")
    page.goto("/account/2fa/webauthn/")
    expect(page.locator(".tasks li")).to_contain_text(["Olga's telephone passkey"])
    page.goto("/account/logout/")
    with page.expect_navigation():
        manager.press("Sign out")
    page.goto("/account/login/")
    with page.expect_navigation(url="**/"):
        manager.press("Sign in with a passkey")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Olga Sokolova")
    page.goto("/account/2fa/webauthn/")
    manager.follow("Remove", exact=False)
    with page.expect_navigation():
        manager.press("Remove")
    page.goto("/account/2fa/webauthn/")
    manager.sees("None is set up.")
    assert manager.troubles == []


def test_a_security_key_is_the_second_factor_of_an_expert(browser: Browser, site_of_people: Site) -> None:
    expert = Someone(browser, named(site_of_people), "expert-a").sign_in()
    page = expert.page
    with_a_device(page)
    page.goto("/account/2fa/webauthn/add/")
    with page.expect_navigation():
        expert.press("Add")
    page.goto("/account/logout/")
    with page.expect_navigation():
        expert.press("Sign out")
    page.goto("/account/login/")
    page.get_by_label("Mail address").fill(address("expert-a"))
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        expert.press("Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
    with page.expect_navigation(url="**/"):
        expert.press("Use a passkey or a security key")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anna Keller")
    assert expert.troubles == []
