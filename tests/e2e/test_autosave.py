"""What is typed saves itself: without a connection it is kept and said so, and of two people the second sees both."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Address, Come

pytestmark = pytest.mark.slow

DOSSIER, WORKSPACE = "dossier draft manager", "work rating expert-a"


def says(page: Page, words: str) -> None:
    """The line beside the button of saving says these words."""
    expect(page.locator(".saved-state")).to_contain_text(words)


def reason(page: Page) -> str:
    """What stands in the field of the reason."""
    return page.locator("textarea[name=reason]").input_value()


@pytest.mark.parametrize(
    ("login", "shown", "way"), [("manager", DOSSIER, "indicators/"), ("expert-a", WORKSPACE, "")]
)
def test_without_a_connection_it_says_so_and_saves_when_there_is_one_again(
    come: Come, address: Address, login: str, shown: str, way: str
) -> None:
    someone = come(login)
    page = someone.page
    page.goto(address(shown) + way + "4.3/")
    someone.context.set_offline(True)
    page.locator("textarea[name=reason]").fill("Typed in the tunnel.")
    says(page, "Not saved: no connection.")
    someone.context.set_offline(False)
    says(page, "Saved ")
    page.reload()
    assert reason(page) == "Typed in the tunnel."


def test_what_was_typed_offline_is_offered_when_the_page_is_opened_again(
    come: Come, address: Address
) -> None:
    manager = come("manager")
    where = address(DOSSIER) + "indicators/4.4/"
    manager.page.goto(where)
    manager.context.set_offline(True)
    manager.page.locator("textarea[name=reason]").fill("Typed before the battery was empty.")
    says(manager.page, "Not saved: no connection.")
    manager.page.close()
    manager.context.set_offline(False)
    page = manager.new_page()
    page.goto(where)
    assert reason(page) != "Typed before the battery was empty."
    page.get_by_role("button", name="Put it back into the form").click()
    says(page, "Saved ")
    page.reload()
    assert reason(page) == "Typed before the battery was empty."
    assert page.locator("[data-kept]").is_hidden()


def test_the_second_of_two_people_is_shown_both_versions(come: Come, address: Address) -> None:
    manager, colleague = come("manager"), come("team")
    where = address(DOSSIER) + "indicators/4.5/"
    for one in (manager, colleague):
        one.page.goto(where)
    colleague.page.locator("textarea[name=reason]").fill("Said by the colleague.")
    says(colleague.page, "Saved ")
    manager.page.locator("textarea[name=reason]").fill("Said by the manager.")
    says(manager.page, "Somebody else saved meanwhile.")
    manager.press("Save")
    manager.sees("Both versions stand side by side.")
    differing = manager.page.locator("tr.is-changed", has_text="Reason").locator("td")
    assert differing.all_inner_texts() == ["Said by the colleague.", "Said by the manager."]
    assert "Pavel Orlov" in manager.page.locator("section[aria-labelledby=conflict] thead").inner_text()
    assert reason(manager.page) == "Said by the manager."
    manager.page.locator("textarea[name=reason]").fill("Said by both.")
    manager.press("Save")
    manager.sees("Saved at")
    colleague.page.reload()
    assert reason(colleague.page) == "Said by both."
    # the colleague's text was saved and the manager's is out of date: neither browser offers an old copy
    assert colleague.page.locator("[data-kept]").is_hidden()
    assert manager.page.locator("[data-kept]").is_hidden()
