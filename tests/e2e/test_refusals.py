"""Pages of refusal as strangers and people meet them: accessible in both themes, whole on a phone, in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.people import Someone
from tests.e2e.serving import serving
from tests.e2e.test_every_page import troubles
from tests.e2e.walking import WATCH

pytestmark = pytest.mark.slow

REAL = {
    "CLUSTERMARK_DEBUG": "0",
    "CLUSTERMARK_SECRET_KEY": "of this test only " * 4,
    "CLUSTERMARK_TLS_REDIRECT": "0",
}
HEADINGS = {
    "en": ("Page not found", "Too many attempts"),
    "ru": ("Страница не найдена", "Слишком много попыток"),
    "de": ("Seite nicht gefunden", "Zu viele Versuche"),
}
MOST_RESETS = 5


def test_refusals_are_pages_of_the_site(browser: Browser, tmp_path: Path) -> None:
    """As on a real site, not a developer's: no traceback, and the way back by the keyboard."""
    found = []
    with serving(tmp_path, "people", more=REAL) as site:
        for language, (missing, too_many) in HEADINGS.items():
            someone = Someone(browser, site.url, "")
            cookie = {"name": "django_language", "value": language, "url": site.url}
            someone.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dict
            page = someone.page
            page.add_init_script(WATCH)
            answer = page.goto("/nowhere/")
            assert answer is not None
            assert (answer.status, page.locator("h1").inner_text()) == (404, missing)
            found += [f"404 {language} {trouble}" for trouble in troubles(page)]
            assert follows_back_by_keyboard(page)
            for _attempt in range(MOST_RESETS + 1):
                page.goto("/account/password/reset/")
                page.locator("input[type=email]").fill(f"{language}@example.org")
                with page.expect_navigation():
                    page.locator("main form button").click()
            assert page.locator("h1").inner_text() == too_many
            found += [f"429 {language} {trouble}" for trouble in troubles(page)]
            someone.context.close()
    assert found == [], "\n".join(found)


def follows_back_by_keyboard(page: Page) -> bool:
    """Whether Tab alone comes to the button of the page and Enter follows it."""
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('main a.button')"):
            page.keyboard.press("Enter")
            page.wait_for_url("**/account/login/**")
            return True
    return False
