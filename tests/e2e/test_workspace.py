"""The expert's workspace by keyboard, pictures in the page, and the sheet taken offline with what changed meanwhile."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, Page, expect

from clustermark.web.cases.offline.sheet import COLUMNS, FILE, HEADER, SHEET
from tests.e2e.conftest import Address, Come

pytestmark = pytest.mark.slow

WORK, CASE = "work rating expert-a", "case rating expert-a"
BY_KEYS, OFFLINE, PICTURED = "4.1.1", "4.1.2", "4.1.3"


def code_shown(page: Page) -> str:
    """The code of the indicator that stands open."""
    return page.locator("main h2").first.inner_text().split()[0]


def rated(page: Page) -> int:
    """How many indicators the expert's own progress counts as rated."""
    found = re.search(r"(\d+) of \d+ rated", page.locator(".meter").first.inner_text())
    assert found is not None
    return int(found.group(1))


def test_keys_lead_through_all_indicators_and_rate(come: Come, address: Address) -> None:
    expert = come("expert-a")
    page = expert.page
    page.goto(address(WORK))
    links = page.locator("main tbody th a")
    codes = [words.split()[0] for words in links.all_inner_texts()]
    before = rated(page)
    links.first.click()
    page.wait_for_url("**/ratings/*/")
    for code, following in zip(codes, [*codes[1:], ""], strict=True):
        assert code_shown(page) == code
        if following:
            page.keyboard.press("j")
            page.wait_for_url(f"**/ratings/{following}/")
    page.keyboard.press("k")
    page.wait_for_url(f"**/ratings/{codes[-2]}/")

    page.goto(address(WORK) + f"{BY_KEYS}/")
    step = "2" if page.locator("input[name=rating][value='3']").is_checked() else "3"
    page.keyboard.press(step)
    assert page.locator(f"input[name=rating][value='{step}']").is_checked()
    page.keyboard.press("r")
    page.keyboard.type("Written by keyboard; j and k are letters here.")
    page.keyboard.press("Tab")
    page.keyboard.type("Name who joins the working group.")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.id") == "evidence"
    page.keyboard.press("s")
    expert.sees(f"Saved: {BY_KEYS}.")
    assert page.locator("textarea[name=reason]").input_value().startswith("Written by keyboard")
    assert page.locator("textarea[name=recommendation]").input_value() == "Name who joins the working group."
    page.goto(address(WORK))
    assert rated(page) == before + 1
    assert [one for one in expert.troubles if "favicon" not in one] == []


def test_documents_and_pictures_open_in_the_page(come: Come, address: Address) -> None:
    manager, expert = come("manager"), come("expert-a")
    manager.page.goto(f"{address(CASE)}dossier/evidence/?indicator={PICTURED}")
    picture = FilePayload(name="workshop.png", mimeType="", buffer=png(8, 6))
    manager.page.locator("input[type=file]").set_input_files([picture])
    manager.press("Add")
    expect(manager.page.locator("[data-files-state]")).to_contain_text("Everything is added.")
    page = expert.page
    page.goto(f"{address(WORK)}{PICTURED}/")
    expert.follow("workshop")
    shown = page.locator("#evidence img.viewer")
    expect(shown).to_have_attribute("alt", "workshop")
    page.wait_for_function("() => document.querySelector('#evidence img.viewer').naturalWidth === 8")
    page.locator("#evidence summary", has_text="All other evidence").click()
    expert.follow("Statutes, English extract")
    expect(page.locator("#evidence object.viewer")).to_have_attribute("type", "application/pdf")
    assert expert.troubles == []


def png(width: int, height: int) -> bytes:
    """A white picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\x00" + b"\xff" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_what_changed_here_and_offline_is_shown_and_chosen(
    come: Come, address: Address, tmp_path: Path
) -> None:
    expert = come("expert-a")
    page = expert.page
    page.goto(address(WORK))
    expert.follow("Work offline")
    with zipfile.ZipFile(expert.download("Download the package", tmp_path)) as packed:
        assert "dossier.xlsx" in packed.namelist()
        packed.extract(FILE, tmp_path)
    rate_in(tmp_path / FILE, {OFFLINE: "Written on the train.", "4.1.4": "Only on the train."})
    # meanwhile the same indicator is rated here
    page.goto(f"{address(WORK)}{OFFLINE}/")
    page.locator("input[name=rating][value='1']").check()
    page.locator("textarea[name=reason]").fill("Written at the desk.")
    expert.press("Save")
    expert.sees(f"Saved: {OFFLINE}.")

    page.goto(address("offline rating expert-a"))
    page.get_by_label("Rating sheet", exact=False).set_input_files(tmp_path / FILE)
    expert.press("Show the changes")
    expert.sees("2 ratings would change. 1 was edited here since the download: choose.")
    conflict = page.locator("section.card", has_text="edited in both places")
    expect(conflict).to_have_count(1)
    for words in (OFFLINE, "Written at the desk.", "Written on the train."):
        expect(conflict).to_contain_text(words)
    conflict.get_by_label("What the sheet says").check()
    expert.press("Take these changes")
    for code, words in ((OFFLINE, "Written on the train."), ("4.1.4", "Only on the train.")):
        page.goto(f"{address(WORK)}{code}/")
        assert page.locator("textarea[name=reason]").input_value() == words
        assert page.locator("input[name=rating][value='4']").is_checked()


def rate_in(path: Path, reasons: dict[str, str]) -> None:
    """Rate these indicators 4 in the sheet, with their reasons."""
    book = load_workbook(path)
    sheet = book[SHEET]
    place = {name: column for column, name in enumerate(COLUMNS, start=1)}
    for number in range(HEADER + 2, sheet.max_row + 1):
        code = str(sheet.cell(number, place["indicator"]).value)
        if code in reasons:
            sheet.cell(number, place["rating"]).value = 4
            sheet.cell(number, place["reason"]).value = reasons[code]
    book.save(path)
