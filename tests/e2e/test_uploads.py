"""Evidence by drag and drop: progress, refusals with their reason, a lost connection, files larger than the memory."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.e2e.conftest import Address, Come
from tests.e2e.dropping import drop
from tests.e2e.serving import LARGEST, Site
from tests.e2e.wire import wire_to

pytestmark = pytest.mark.slow

ZONE = "[data-dropzone]"
PAGE = "evidence draft manager"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
WEB_PAGE = b"<!doctype html><title>Signed out</title>"
BUFFERED = 16 << 20
"""Bytes that no buffer between browser and site takes in whole."""
IN_THE_MIDDLE = """
() => { const bar = document.querySelectorAll("[data-files] progress")[1]; return bar.value > 0 && bar.value < 1; }
"""
STEPS = """
() => {
  window.steps = [];
  new MutationObserver(changes => changes.forEach(one => window.steps.push(one.target.value)))
    .observe(document.querySelector("[data-files]"), { subtree: true, attributeFilter: ["value"] });
}
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Two good files and two that are refused, by their names."""
    content = {"minutes.pdf": PDF, "plan.pdf": PDF + b"%" * (1 << 20), "saved.pdf": WEB_PAGE}
    for name, data in content.items():
        (tmp_path / name).write_bytes(data)
    with (tmp_path / "huge.pdf").open("wb") as huge:
        huge.truncate(LARGEST + 1)
    return {path.name: path for path in tmp_path.iterdir() if path.is_file()}


def written(folder: Path, *names: str, large: str) -> None:
    """Files that differ, one of them too large for what lies between browser and site."""
    for name in names:
        with (folder / name).open("wb") as file:
            file.write(PDF + name.encode())
            file.truncate(BUFFERED if name == large else 1024)


def line(page: Page, name: str) -> str:
    """What is said beside the file."""
    return page.locator("[data-files] li", has_text=name).inner_text()


def filed(page: Page, name: str) -> int:
    """How often a file stands in the list of evidence."""
    return page.locator("#filed tbody th .small", has_text=re.compile(rf"^{re.escape(name)} ")).count()


def ended(page: Page, words: str) -> None:
    """Everything was sent, and this is said of it."""
    expect(page.locator("[data-files-state]")).to_contain_text(words)


def test_dropped_files_are_sent_with_progress_and_the_refused_are_told_why(
    come: Come, address: Address, files: dict[str, Path]
) -> None:
    manager = come("manager")
    page = manager.page
    page.goto(address(PAGE))
    drop(page.locator(ZONE), *(files[name] for name in ("minutes.pdf", "plan.pdf", "saved.pdf", "huge.pdf")))
    expect(page.locator("[data-files] progress")).to_have_count(4)
    page.get_by_label("Title").fill("Of the board")
    page.evaluate(STEPS)
    manager.press("Add")
    ended(page, "Not everything was added: read the reason beside each file.")
    assert "kept" in line(page, "minutes.pdf")
    assert "kept" in line(page, "plan.pdf")
    assert "saved.pdf: By its name this is a document, but it is a web page." in line(page, "saved.pdf")
    assert f"huge.pdf: The file is larger than {LARGEST >> 20} megabytes." in line(page, "huge.pdf")
    bars = page.locator("[data-files] progress")
    assert [bars.nth(at).evaluate("one => one.value") for at in range(4)] == [1, 1, 0, 0]
    assert max(page.evaluate("window.steps")) == 1
    # several files under one title keep their names apart; the refused are not chosen any more
    expect(page.locator("#filed tbody tr", has_text="Of the board: plan.pdf")).to_have_count(1)
    assert (filed(page, "minutes.pdf"), filed(page, "saved.pdf"), filed(page, "huge.pdf")) == (1, 0, 0)
    assert page.locator("input[type=file]").evaluate("one => one.files.length") == 0
    page.reload()
    assert (filed(page, "minutes.pdf"), filed(page, "plan.pdf")) == (1, 1)
    # a refusal of the server is an answer that the browser notes; nothing else was complained of
    assert [one for one in manager.troubles if "422" not in one] == []


def test_a_connection_lost_in_the_middle_loses_nothing_and_goes_on(
    come: Come, address: Address, site_with_cases: Site, tmp_path: Path
) -> None:
    manager = come("manager")
    page = manager.page
    names = ("first.pdf", "second.pdf", "third.pdf")
    written(tmp_path, *names, large="second.pdf")
    with wire_to(site_with_cases.url) as wire:
        page.goto(wire.url + address(PAGE))
        drop(page.locator(ZONE), *(tmp_path / name for name in names))
        page.get_by_label("Title").fill("Before the tunnel")
        wire.hold_after(64 << 10)
        manager.press("Add")
        page.wait_for_function(IN_THE_MIDDLE)
        # pressing again while files are on their way sends nothing twice
        manager.press("Add")
        wire.cut()
        ended(page, "press Add to go on")
        assert "kept" in line(page, "first.pdf")
        assert "the connection was lost" in line(page, "second.pdf")
        assert "the connection was lost" in line(page, "third.pdf")
        assert page.get_by_label("Title").input_value() == "Before the tunnel"
        wire.mend()
        # now the answer to the third is lost: sent once more, it still is one piece of evidence
        page.route("**/dossier/evidence/", lose_the_answer_to_the_second())
        manager.press("Add")
        ended(page, "press Add to go on")
        assert "kept" in line(page, "second.pdf")
        page.unroute_all()
        manager.press("Add")
        ended(page, "Everything is added.")
        page.reload()
        assert [filed(page, name) for name in names] == [1, 1, 1]


def test_a_connection_that_falls_silent_is_taken_for_lost(
    come: Come, address: Address, site_with_cases: Site, tmp_path: Path
) -> None:
    manager = come("manager")
    page = manager.page
    names = ("stuck.pdf", "small.pdf")
    written(tmp_path, *names, large="stuck.pdf")
    with wire_to(site_with_cases.url) as wire:
        page.goto(wire.url + address(PAGE))
        drop(page.locator(ZONE), *(tmp_path / name for name in names))
        wire.hold_after(64 << 10)
        page.locator("[data-patience]").evaluate("one => { one.dataset.patience = 3; }")
        manager.press("Add")
        ended(page, "press Add to go on")
        assert "the connection was lost" in line(page, "stuck.pdf")
        assert "kept" in line(page, "small.pdf")
        wire.cut()
        wire.mend()
        page.locator("[data-patience]").evaluate("one => { one.dataset.patience = 60; }")
        manager.press("Add")
        ended(page, "Everything is added.")
        assert [filed(page, name) for name in names] == [1, 1]


def lose_the_answer_to_the_second() -> Callable[[Route], None]:
    """The second form that is sent arrives, but the browser never hears so."""
    sent = itertools.count(1)

    def handle(route: Route) -> None:
        if route.request.method == "POST" and next(sent) == 2:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    return handle


def test_the_end_of_the_session_keeps_the_files_chosen(come: Come, address: Address) -> None:
    manager = come("manager")
    page = manager.page
    page.goto(address(PAGE))
    page.locator("input[type=file]").set_input_files([FilePayload(name="late.pdf", mimeType="", buffer=PDF)])
    cookies = manager.context.cookies()
    manager.context.clear_cookies(name="sessionid")
    manager.press("Add")
    ended(page, "Sign in again in another tab.")
    assert "your session has ended" in line(page, "late.pdf")
    manager.context.add_cookies(cookies)  # type: ignore[arg-type] # what cookies() gave
    manager.press("Add")
    ended(page, "Everything is added.")
    assert filed(page, "late.pdf") == 1


def test_without_javascript_the_form_does_the_same(
    come: Come, address: Address, files: dict[str, Path], tmp_path: Path
) -> None:
    manager = come("manager", javascript=False)
    page = manager.page
    page.goto(address(PAGE))
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "plain.pdf").write_bytes(PDF)
    chosen = [tmp_path / "plain.pdf", tmp_path / "empty.pdf", files["saved.pdf"], files["huge.pdf"]]
    page.locator("input[type=file]").set_input_files(chosen)
    manager.press("Add")
    manager.sees("1 file added.")
    text = page.locator(".error-summary").inner_text()
    assert "empty.pdf: The file is empty." in text
    assert "saved.pdf: By its name this is a document, but it is a web page." in text
    assert f"huge.pdf: The file is larger than {LARGEST >> 20} megabytes." in text
    assert filed(page, "plain.pdf") == 1


def test_a_file_of_60_megabytes_does_not_pass_through_memory(
    come: Come, address: Address, site_with_cases: Site, tmp_path: Path
) -> None:
    """Sent to disk and hashed on the way: the most memory that the server ever held grows by less than a third of it."""
    status = Path(f"/proc/{site_with_cases.process}/status")
    if not status.exists():
        pytest.skip("the memory of a process is read from /proc, which this system does not have")
    manager = come("manager")
    for name, size in (("warm.pdf", 3 << 20), ("large.pdf", 60 << 20)):
        before = most_memory(status)
        path = tmp_path / name
        with path.open("wb") as file:
            file.write(PDF)
            file.truncate(size)
        manager.page.goto(address(PAGE))
        manager.page.locator("input[type=file]").set_input_files(path)
        manager.press("Add")
        ended(manager.page, "Everything is added.")
        assert filed(manager.page, name) == 1
    assert most_memory(status) - before < 20 << 20


def most_memory(status: Path) -> int:
    """Bytes that the process held at most until now (VmHWM of proc(5))."""
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
    assert found is not None
    return int(found.group(1)) * 1024
