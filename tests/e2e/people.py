"""A person at a browser of their own: signs in, goes through pages, and notes everything the browser complains of."""

from __future__ import annotations

import re
import time
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, StorageState
from playwright.sync_api import TimeoutError as NotInTimeError

from clustermark.web.seeding import PASSWORD, address, sample_code

WATCH = """
document.addEventListener("securitypolicyviolation", function (event) {
  console.error("CSP: " + event.violatedDirective + " " + event.blockedURI);
});
"""
PERIOD, ROOM = 30, 4
"""Seconds that a code of an authenticator is good for, and that typing it takes at most."""
TOTP_PAGE = re.compile(r"/2fa/authenticate/")


class Someone:
    """One person in one browser context."""

    def __init__(
        self,
        browser: Browser,
        url: str,
        login: str,
        *,
        javascript: bool = True,
        width: int = 1440,
        signed_in: StorageState | None = None,
    ) -> None:
        self.login, self.url = login, url
        self.context = browser.new_context(
            base_url=url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            locale="en-GB",
            # colours in the middle of a change have no contrast of their own
            reduced_motion="reduce",
            timezone_id="UTC",
            accept_downloads=True,
            storage_state=signed_in,
        )
        self.context.set_default_timeout(60_000)
        self.context.add_init_script(WATCH)
        self.page: Page = self.new_page()

    def new_page(self) -> Page:
        """Another tab of the same browser."""
        page = self.context.new_page()
        self.troubles: list[str] = getattr(self, "troubles", [])
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.troubles.append(f"{message.location.get('url', '')}: {message.text}")

    def sign_in(self) -> Someone:
        """By password, and by the code of the authenticator where the role wants one."""
        self.page.goto("/account/login/")
        return self.fill_in_sign_in()

    def fill_in_sign_in(self) -> Someone:
        """Sign in on the page that asks for it."""
        self.page.get_by_label("Mail address").fill(address(self.login))
        self.page.get_by_label("Password").fill(PASSWORD)
        with self.page.expect_navigation():
            self.press("Sign in")
        if TOTP_PAGE.search(self.page.url):
            left = PERIOD - time.time() % PERIOD
            if left < ROOM:
                time.sleep(left)
            self.page.get_by_label("code", exact=False).first.fill(sample_code())
            with self.page.expect_navigation():
                self.press("Sign in")
        assert "/account/" not in self.page.url, f"{self.login} came to {self.page.url}"
        return self

    def press(self, name: str, *, within: Locator | None = None, exact: bool = True) -> None:
        """Press the button with this text."""
        self._click((within or self.page.locator("main")).get_by_role("button", name=name, exact=exact))

    def follow(self, name: str, *, within: Locator | None = None, exact: bool = True) -> None:
        """Follow the link with this text."""
        self._click((within or self.page.locator("main")).get_by_role("link", name=name, exact=exact))

    def act(self, case: str, title: str, reason: str = "") -> None:
        """Do an act of the case: from its overview to the page of the act, and there."""
        self.page.goto(case)
        self.follow(title)
        if reason:
            self.page.get_by_label("Reason").fill(reason)
        self.press(title)
        self.done(title)

    def done(self, title: str) -> None:
        """The page says that this act was done."""
        self.sees(f"Done: {title}.")

    def sees(self, words: str) -> None:
        """The page shows these words."""
        try:
            self.page.get_by_text(words).first.wait_for()
        except NotInTimeError as error:
            raise self.told(f"does not see {words!r}") from error

    def _click(self, what: Locator) -> None:
        try:
            what.first.click()
        except NotInTimeError as error:
            raise self.told(f"cannot press {what}") from error

    def told(self, what: str) -> AssertionError:
        """What went wrong, with what the page says instead."""
        text = self.page.locator("main").inner_text()[:2000]
        return AssertionError(f"{self.login} at {self.page.url} {what}; the page says:\n{text}")

    def download(self, name: str, folder: Path) -> Path:
        """Follow a link that gives a file."""
        with self.page.expect_download() as waiting:
            self.follow(name)
        target = folder / waiting.value.suggested_filename
        waiting.value.save_as(target)
        return target

    def close(self) -> None:
        """Leave; nothing may have been complained of."""
        self.context.close()
        assert self.troubles == [], self.troubles
