"""Every page of the site, as the people see it who may: accessible in both themes, by keyboard, and whole on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import Come
from tests.e2e.serving import Site
from tests.e2e.walking import WATCH, walk

pytestmark = pytest.mark.slow

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL_RULES: dict[str, Any] = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
RULES_OF_COLOUR: dict[str, Any] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
}
RULES_OF_COLOUR |= {"resultTypes": ["violations"]}
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SIDEWAYS = """
() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return "";
  const wide = [...document.querySelectorAll("main *")].filter(one => one.getBoundingClientRect().right > room + 1);
  return (wide.pop() || document.body).outerHTML.slice(0, 200);
}
"""
CUT_OFF = """
() => [...document.querySelectorAll("main :is(td, th, dd, .badge)")]
  .filter(one => !one.closest(".visually-hidden") && getComputedStyle(one).display !== "inline")
  .filter(one => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1)
  .map(one => one.innerText.slice(0, 80))
"""


def test_every_page_is_accessible_in_both_themes_and_by_keyboard_and_fits_a_phone(
    come: Come, site_with_cases: Site
) -> None:
    found = []
    by_person = sorted(site_with_cases.pages, key=lambda page: page[1])
    for login, pages in groupby(by_person, key=lambda page: page[1]):
        someone = come(login)
        someone.page.add_init_script(WATCH)
        for name, _login, address in pages:
            response = someone.page.goto(address)
            assert response is not None
            if response.status != 200:
                found.append(f"{name}: {address} answers {response.status}")
                continue
            found += [f"{name} {trouble}" for trouble in troubles(someone.page)]
            someone.page.set_viewport_size(WIDE)  # type: ignore[arg-type] # a plain dict of two numbers
            someone.page.emulate_media(color_scheme="light")
        found += [f"{login} hears {trouble}" for trouble in someone.troubles]
    assert found == [], "\n".join(found)


def troubles(page: Page) -> Iterator[str]:
    """What is wrong with the page that was opened: by Tab, by all rules when light, of colour when dark, and narrow."""
    yield from walk(page)
    yield from violations(page, ALL_RULES, "light")
    page.emulate_media(color_scheme="dark")
    yield from violations(page, RULES_OF_COLOUR, "dark")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type] # a plain dict of two numbers
    yield from violations(page, ALL_RULES, "narrow, dark")
    sideways = page.evaluate(SIDEWAYS)
    if sideways:
        yield f"[narrow] must be scrolled sideways: {sideways}"
    yield from (f"[narrow] is cut off: {words}" for words in page.evaluate(CUT_OFF))


def violations(page: Page, rules: dict[str, Any], how: str) -> Iterator[str]:
    """What axe finds, in a line each."""
    for one in Axe().run(page, options=rules).response["violations"]:
        places = "; ".join(node["html"][:160] + " " + node["failureSummary"] for node in one["nodes"][:3])
        yield f"[{how}] {one['id']}: {places}"
