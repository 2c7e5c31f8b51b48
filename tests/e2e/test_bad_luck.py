"""What goes wrong for people at a browser: a session ends, two tabs, a double press, the back button; no JavaScript."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Address, Come
from tests.e2e.serving import Site
from tests.e2e.test_founding_story import RATED, rate_offline

pytestmark = pytest.mark.slow


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
    address: Address,
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


def test_the_second_of_two_tabs_is_shown_both_versions(come: Come, address: Address) -> None:
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


def test_a_button_pressed_twice_sends_once(come: Come, address: Address) -> None:
    manager = come("manager")
    manager.page.goto(address("report hearing manager"))
    before = manager.page.get_by_text("Only said once.").count()
    manager.page.get_by_label("Text", exact=True).fill("Only said once.")
    manager.page.get_by_role("button", name="Send the comment").dblclick()
    manager.sees("Your comment was sent.")
    manager.page.goto(address("report hearing manager"))
    assert (before, manager.page.get_by_text("Only said once.").count()) == (0, 1)


def test_what_was_done_is_not_done_again_after_going_back(come: Come, address: Address) -> None:
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


def test_the_keyboard_alone_leads_to_the_main_act(come: Come, address: Address) -> None:
    """Every press of Tab shows where it is; the skip link leads over the navigation; Enter does what a press does.

    The document beside the rubric is left out of the walk: the browser's viewer keeps the keyboard to itself, and the
    link below it opens the document alone.
    """
    expert = come("expert-a")
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


def test_every_page_works_without_javascript(come: Come, site_with_cases: Site) -> None:
    by_person = sorted(site_with_cases.pages, key=lambda page: page[1])
    for login, pages in groupby(by_person, key=lambda page: page[1]):
        someone = come(login, javascript=False)
        # each kind of page once: the first word of a name is the route
        for name, _login, where in {page[0].split()[0]: page for page in pages}.values():
            response = someone.page.goto(where)
            assert response is not None
            assert response.status == 200, name
            assert someone.page.locator("h1").count() == 1, name


def test_experts_rate_offline_and_submit_without_javascript(
    come: Come, address: Address, tmp_path: Path
) -> None:
    expert = come("expert-b", javascript=False)
    case = address("case rating expert-a")
    rate_offline(expert, case, {}, tmp_path)
    expert.page.goto(f"{case}ratings/{RATED}/")
    expert.page.locator("input[name=rating][value='2']").check()
    expert.page.locator("textarea[name=reason]").fill("Seen again.")
    expert.press("Save, next")
    expert.sees(f"Saved: {RATED}.")
    expert.act(case, "Submit my ratings")
    expert.page.goto(f"{case}ratings/{RATED}/")
    expert.sees("Your ratings are submitted and sealed.")


def test_the_secretariat_proposes_a_panel_without_javascript(come: Come, address: Address) -> None:
    office = come("secretariat", javascript=False)
    office.page.goto(address("panel admitted secretariat"))
    for name in ("Anna Keller", "Jan Novák"):
        office.page.get_by_label(name).check()
    office.press("Propose the panel")
    expect(
        office.page.locator("section", has=office.page.get_by_role("heading", name="The panel"))
    ).to_contain_text("Jan Novák")


def test_the_committee_decides_without_javascript(come: Come, address: Address) -> None:
    decider = come("decider", javascript=False)
    page = decider.page
    page.goto(address("decision deciding decider"))
    page.locator("input[name=decide-outcome][value=award]").check()
    page.locator("select[name=decide-level]").select_option("silver")
    page.locator("textarea[name=decide-reason]").fill("The committee follows the panel.")
    decider.press("Decide and seal")
    decider.sees("The decision was made and sealed.")
