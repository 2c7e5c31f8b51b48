"""What goes wrong for people at a browser: a session ends, two tabs, a double press, the back button; no JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.people import Someone
from tests.e2e.serving import Site

pytestmark = pytest.mark.slow

Come = Callable[..., Someone]


@pytest.fixture
def come(browser: Browser, site_with_cases: Site) -> Iterator[Come]:
    """Somebody signs in at a browser of their own."""
    there: list[Someone] = []

    def sign_in(login: str, *, javascript: bool = True) -> Someone:
        one = Someone(browser, site_with_cases.url, login, javascript=javascript)
        there.append(one)
        return one.sign_in()

    yield sign_in
    for one in there:
        one.context.close()


@pytest.fixture
def address(site_with_cases: Site) -> Callable[[str], str]:
    """Where a page is, by its name in the table of all pages."""
    found = {name: where for name, _login, where in site_with_cases.pages}
    return lambda name: found[name]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize(
    ("login", "page", "field", "button"),
    [
        ("manager", "indicator draft 4.2 manager", "reason", "Save"),
        ("manager", "report hearing manager", "comment-text", "Send the comment"),
    ],
)
def test_nothing_typed_is_lost_when_the_session_ends(
    come: Come,
    address: Callable[[str], str],
    login: str,
    page: str,
    field: str,
    button: str,
    javascript: bool,
) -> None:
    someone = come(login, javascript=javascript)
    someone.page.goto(address(page))
    someone.context.clear_cookies(name="sessionid")
    someone.page.locator(f"textarea[name={field}]").fill("Typed for an hour.")
    someone.press(button)
    someone.page.wait_for_url("**/account/login/**")
    someone.sees("what you typed is kept")
    someone.fill_in_sign_in()
    kept = [box.input_value() for box in someone.page.locator("textarea").all()]
    assert "Typed for an hour." in kept


def test_the_second_of_two_tabs_is_shown_both_versions(come: Come, address: Callable[[str], str]) -> None:
    manager = come("manager", javascript=False)
    first, second = manager.page, manager.new_page()
    for tab in (first, second):
        tab.goto(address("indicator draft 4.2 manager"))
    first.locator("textarea[name=reason]").fill("Said in the first tab.")
    first.get_by_role("button", name="Save", exact=True).click()
    first.get_by_text("Said in the first tab.").first.wait_for()
    second.locator("textarea[name=reason]").fill("Said in the second tab.")
    second.get_by_role("button", name="Save", exact=True).click()
    second.get_by_text("Somebody else saved meanwhile").wait_for()
    text = second.locator("main").inner_text()
    assert "Said in the first tab." in text
    assert second.locator("textarea[name=reason]").input_value() == "Said in the second tab."


def test_a_button_pressed_twice_sends_once(come: Come, address: Callable[[str], str]) -> None:
    manager = come("manager")
    manager.page.goto(address("report hearing manager"))
    before = manager.page.get_by_text("Only said once.").count()
    manager.page.get_by_label("Text", exact=True).fill("Only said once.")
    manager.page.get_by_role("button", name="Send the comment").dblclick()
    manager.sees("Your comment was sent.")
    manager.page.goto(address("report hearing manager"))
    assert (before, manager.page.get_by_text("Only said once.").count()) == (0, 1)


def test_what_was_done_is_not_done_again_after_going_back(come: Come, address: Callable[[str], str]) -> None:
    office = come("secretariat")
    office.page.goto(address("act submitted return secretariat"))
    office.page.get_by_label("Reason").fill("The accounts are missing.")
    office.press("Return with reasons")
    office.done("Return with reasons")
    office.page.go_back()
    again = office.page.get_by_role("button", name="Return with reasons")
    if again.is_enabled():
        again.click()
    office.sees("The case is not at the stage where this is done.")


def test_the_keyboard_alone_leads_to_the_main_act(come: Come, address: Callable[[str], str]) -> None:
    """Every press of Tab shows where it is; the skip link leads over the navigation; Enter does what a press does.

    The document beside the rubric is left out of the walk: the browser's viewer keeps the keyboard to itself, and the
    link below it opens the document alone.
    """
    expert = come("expert-b")
    page = expert.page
    page.goto(address("work-indicator rating 3.1 expert-a"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    reached = []
    for _press in range(80):
        page.keyboard.press("Tab")
        words, outlined, tag = page.evaluate(
            """() => {
              const one = document.activeElement, look = getComputedStyle(one);
              return [one.innerText || one.value || one.name || "", look.outlineStyle !== "none" || look.boxShadow !== "none", one.tagName];
            }"""
        )
        if tag == "BODY":
            break
        assert outlined, f"no focus is seen on {tag} {words!r}"
        reached.append(words)
        if words == "Save":
            break
    assert reached[-1] == "Save", reached
    page.keyboard.press("Enter")
    expert.sees("Saved")


def test_main_pages_work_without_javascript(come: Come, site_with_cases: Site) -> None:
    manager = come("manager", javascript=False)
    for name, login, where in site_with_cases.pages:
        if login != "manager":
            continue
        response = manager.page.goto(where)
        assert response is not None
        assert response.status == 200, name
        assert manager.page.locator("h1").count() == 1, name
