"""Menus and folding parts by keyboard; every page as a whole is walked over in `test_every_page.py`."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Address, Come

pytestmark = pytest.mark.slow

HEADER = "header :is(a[href], button, summary, input:not([type=hidden]), select)"
SHOWN = "all => all.filter(one => one.checkVisibility({ visibilityProperty: true })).map(one => one.innerText || one.name)"
NOW = """
() => {
  const one = document.activeElement, look = getComputedStyle(one);
  return [one.innerText || one.name, look.outlineStyle !== "none" || look.boxShadow !== "none"];
}
"""


@pytest.mark.parametrize("login", ["", "manager", "expert-a", "secretariat", "decider", "agency", "admin"])
def test_the_navigation_and_its_menus_work_by_keyboard(come: Come, address: Address, login: str) -> None:
    page = come(login).page
    page.goto("/" if login else address("register"))
    wanted = page.locator(HEADER).evaluate_all(SHOWN)
    page.keyboard.press("Tab")
    reached = []
    for _one in wanted:
        page.keyboard.press("Tab")
        words, outlined = page.evaluate(NOW)
        assert outlined, f"no focus is seen on {words!r}"
        reached.append(words)
    assert reached == wanted
    menus = page.locator("header details.menu")
    for at in range(menus.count()):
        menu, summary = menus.nth(at), menus.nth(at).locator("summary")
        summary.focus()
        page.keyboard.press("Enter")
        assert menu.evaluate("one => one.open")
        page.keyboard.press("Tab")
        assert menu.evaluate("one => one.contains(document.activeElement) && one !== document.activeElement")
        page.keyboard.press("Escape")
        assert not menu.evaluate("one => one.open")
        assert summary.evaluate("one => one === document.activeElement")


def test_folding_parts_open_and_close_by_enter_and_lead_to_what_is_in_them(
    come: Come, address: Address
) -> None:
    page = come("manager").page
    page.goto(address("evidence draft manager"))
    fold = page.locator("#add details.fold")
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert fold.evaluate("one => one.open")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert fold.locator("input").first.is_checked()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert not fold.evaluate("one => one.open")
