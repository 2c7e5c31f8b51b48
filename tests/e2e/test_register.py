"""The public register as a stranger uses it: search, holder, map by keyboard, another day, and checking a certificate."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from clustermark.web.accounts.people import today
from tests.e2e.conftest import Address, Come
from tests.e2e.dropping import drop
from tests.e2e.people import Someone

pytestmark = pytest.mark.slow

HOLDER, FOUND = "Oka Valley Pharma Cluster", "1 certificate found"
BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])


@pytest.fixture
def certificate(come: Come, address: Address, tmp_path: Path) -> Path:
    """The PDF of the sample's certificate, from the page that the register shows of it."""
    stranger = come("")
    stranger.page.goto(address("certificate certificate"))
    link = stranger.page.get_by_role("link", name="Certificate (PDF, en)").get_attribute("href")
    assert link is not None
    path = tmp_path / "certificate.pdf"
    path.write_bytes(stranger.context.request.get(link).body())
    return path


@BOTH
def test_the_register_is_searched_and_filtered(come: Come, address: Address, javascript: bool) -> None:
    stranger = come("", javascript=javascript)
    page = stranger.page
    page.goto(address("register"))
    for field, fits, fits_not in (
        ("Holder or number", "oka", "nobody"),
        ("Region", "Oka Region", "Elsewhere"),
    ):
        for words, found in ((fits_not, "0 certificates found"), (fits, FOUND)):
            page.get_by_label(field).fill(words)
            stranger.press("Search")
            stranger.sees(found)
    for field, fits in (("Country", "Russia"), ("Level", "Silver"), ("Sector", "Health and medical science")):
        page.get_by_label(field).select_option(label=fits)
    stranger.press("Search")
    stranger.sees(FOUND)
    page.get_by_label("State").select_option(label="suspended")
    stranger.press("Search")
    stranger.sees("Nothing is found.")
    # what was asked stands in the fields and in the address, so that it can be passed on
    assert page.get_by_label("State").input_value() == "suspended"
    assert "country=RU" in page.url


@BOTH
def test_the_register_tells_what_held_on_another_day(come: Come, address: Address, javascript: bool) -> None:
    stranger = come("", javascript=javascript)
    page = stranger.page
    before = (today() - timedelta(days=400)).isoformat()
    page.goto(address("register"))
    page.get_by_label("On the day").fill(before)
    stranger.press("Search")
    stranger.sees("0 certificates on")
    page.goto(address("certificate certificate"))
    stranger.sees("State today")
    page.get_by_label("Day", exact=True).fill(before)
    stranger.press("Show")
    expect(page.get_by_role("heading", name="State on")).to_be_visible()
    stranger.sees("not yet valid")
    stranger.follow("State today")
    stranger.sees("Valid until")


def test_the_map_leads_by_keyboard_to_the_holder(come: Come, address: Address) -> None:
    stranger = come("")
    page = stranger.page
    page.goto(address("register"))
    by_keyboard(stranger, "Map")
    expect(page.get_by_role("heading", name="Map of certificates in force")).to_be_visible()
    by_keyboard(stranger, "Russia")
    expect(page.get_by_role("heading", name=FOUND)).to_be_visible()
    by_keyboard(stranger, HOLDER)
    by_keyboard(stranger, HOLDER)
    expect(page.get_by_role("heading", name=HOLDER, level=1)).to_be_visible()
    assert "/register/holder/" in page.url
    stranger.sees("Silver")
    assert stranger.troubles == []


def by_keyboard(someone: Someone, name: str) -> None:
    """Come to the link by Tab alone and follow it."""
    page = someone.page
    link = page.locator("main").get_by_role("link", name=name).first
    link.wait_for()
    before = page.url
    for _press in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            page.keyboard.press("Enter")
            page.wait_for_url(lambda now: now != before)
            return
    raise someone.told(f"never comes to {name!r} by Tab")


@BOTH
def test_a_dropped_certificate_is_judged_in_plain_words(
    come: Come, address: Address, certificate: Path, javascript: bool
) -> None:
    stranger = come("", javascript=javascript)
    page = stranger.page
    page.goto(address("verify"))
    drop(page.locator("input[type=file]"), certificate)
    stranger.press("Check a certificate")
    verdict = page.locator("#verdict")
    expect(verdict).to_have_text("The certificate is genuine and valid.")
    told = page.get_by_role("status").filter(has=verdict)
    expect(told).to_contain_text(HOLDER)
    expect(told).to_contain_text("Silver")
    drop(page.locator("input[type=file]"), tampered(certificate))
    stranger.press("Check a certificate")
    expect(verdict).to_have_text("This is not a genuine certificate, or it was changed.")
    expect(told.locator(".badge--bad")).not_to_have_count(0)


def tampered(certificate: Path) -> Path:
    """The same certificate with one byte in its middle changed."""
    data = bytearray(certificate.read_bytes())
    data[len(data) // 2] ^= 1
    path = certificate.with_name("tampered.pdf")
    path.write_bytes(data)
    return path
