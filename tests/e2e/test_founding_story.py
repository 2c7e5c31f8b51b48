"""The founding story, in a browser: a pharmaceutical cluster asks for a silver label and is awarded it.

Five people in five browsers of their own, from sign-in with password and authenticator to the decision. Only people and
schemes are there before; all else is done through pages.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, FilePayload

from clustermark.web.accounts.people import today
from clustermark.web.cases.domain.importing import content_of_raw
from clustermark.web.cases.offline.sheet import COLUMNS, FILE, HEADER, SHEET
from clustermark.web.cases.queries.stated import rows_of
from clustermark.web.seeding import address
from tests.e2e.moved import opened, write_moved
from tests.e2e.people import Someone
from tests.e2e.serving import OKA, Site

pytestmark = pytest.mark.slow

RATED, MEASURED = "4.2", "3.1"
PROOF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Story:
    """The five people, and the case once it is there."""

    site: Site
    manager: Someone
    expert_a: Someone
    expert_b: Someone
    secretariat: Someone
    decider: Someone
    folder: Path
    case: str = ""

    @property
    def experts(self) -> tuple[Someone, Someone]:
        return self.expert_a, self.expert_b


@pytest.fixture
def story(browser: Browser, site_of_people: Site, tmp_path: Path) -> Iterator[Story]:
    """Everybody at a browser of their own; at the end none of the browsers may have complained."""
    with ExitStack() as leaving:
        people = []
        for login in ("manager", "expert-a", "expert-b", "secretariat", "decider"):
            one = Someone(browser, site_of_people.url, login)
            leaving.callback(one.close)
            people.append(one)
        manager, expert_a, expert_b, secretariat, decider = people
        yield Story(site_of_people, manager, expert_a, expert_b, secretariat, decider, tmp_path)


def test_the_founding_story(story: Story) -> None:
    for one in (story.manager, *story.experts, story.secretariat, story.decider):
        one.sign_in()
    apply_for_silver(story)
    prepare_the_dossier(story)
    submit_and_admit(story)
    seat_the_panel(story)
    review_at_the_desk(story)
    visit_for_three_days(story)
    rate_everything(story)
    agree_on_a_consensus(story)
    report_and_hear(story)
    decide(story)
    figures_of_the_announcement_hold(story)
    everything_is_on_record(story)


def apply_for_silver(story: Story) -> None:
    manager = story.manager
    manager.follow("My clusters", within=manager.page.locator("nav").first)
    manager.page.get_by_label("Scheme and level").select_option(label="Silver")
    with manager.page.expect_navigation():
        manager.press("Start a self-assessment")
    found = re.search(r"/cases/[0-9a-f-]{36}/", manager.page.url)
    assert found is not None, manager.page.url
    story.case = found.group()


def prepare_the_dossier(story: Story) -> None:
    manager, page = story.manager, story.manager.page
    write_moved(OKA, story.folder / "dossier.zip")
    page.goto(f"{story.case}dossier/files/")
    page.get_by_label("Workbook or zip").set_input_files(story.folder / "dossier.zip")
    manager.press("Show the changes")
    manager.sees("Nothing is taken until you confirm.")
    manager.press("Take these changes")
    manager.sees("The dossier was taken over from dossier.zip.")

    page.goto(f"{story.case}dossier/indicators/{RATED}/")
    manager.sees("required")
    manager.follow("Add evidence")
    proof = FilePayload(name="focus.pdf", mimeType="application/pdf", buffer=PROOF)
    page.get_by_label("Files").set_input_files([proof])
    page.get_by_label("Title").fill("Minutes on the focus of the cluster")
    manager.press("Add")
    manager.sees("Minutes on the focus of the cluster")
    page.goto(f"{story.case}dossier/indicators/{RATED}/")
    manager.sees("Minutes on the focus of the cluster")


def submit_and_admit(story: Story) -> None:
    story.manager.act(story.case, "Submit the dossier")
    office = story.secretariat
    office.page.goto("/office/")
    office.sees("Oka Valley")
    office.page.goto(f"{story.case}eligibility/")
    assert office.page.get_by_text("not met").count() == 0
    office.follow("Admit")
    office.press("Admit")
    office.done("Admit")


def seat_the_panel(story: Story) -> None:
    office = story.secretariat
    office.page.goto(f"{story.case}panel/")
    for name in ("Anna Keller", "Jan Novák"):
        office.page.get_by_label(name).check()
    office.press("Propose the panel")
    office.sees("Jan Novák")
    story.manager.page.goto(f"{story.case}panel/")
    story.manager.follow("Agree to the panel")
    story.manager.press("Agree to the panel")
    story.manager.done("Agree to the panel")
    for expert in story.experts:
        expert.follow("My cases", within=expert.page.locator("nav").first)
        expert.page.locator("main .tasks a").first.click()
        expert.page.get_by_label("I have no interest in this cluster.").check()
        expert.press("Declare")
        expert.sees("Your declaration is on record.")
    office.act(story.case, "Open the desk review")


def review_at_the_desk(story: Story) -> None:
    expert, manager = story.expert_a, story.manager
    expert.page.goto(f"{story.case}ratings/{RATED}/")
    expert.page.get_by_label("Question to the cluster").fill("Which goals does the focus serve?")
    expert.press("Ask the cluster")
    manager.page.goto(f"{story.case}questions/")
    manager.follow("Open this question", exact=False)
    manager.sees("Which goals does the focus serve?")
    manager.page.get_by_label("Answer").fill("All four of the strategy; see page 3.")
    manager.press("Answer the question")
    expert.page.goto(f"{story.case}questions/")
    expert.follow("Open this question", exact=False)
    expert.sees("All four of the strategy; see page 3.")
    expert.press("Close the question")
    expert.sees("closed")


def visit_for_three_days(story: Story) -> None:
    office, page = story.secretariat, story.secretariat.page
    first = today() - timedelta(days=2)
    page.goto(f"{story.case}visit/plan/")
    page.get_by_label("First day").fill(first.isoformat())
    page.get_by_label("Last day").fill(today().isoformat())
    page.get_by_label("Address, or link of the video call").fill("Oka Valley, Innovation Street 1")
    subjects = ("Opening and strategy", "Interviews with members", "Finances and closing talk")
    for number, subject in enumerate(subjects):
        slot = page.locator("fieldset.agenda-row").nth(number)
        slot.get_by_label("Day", exact=True).fill((first + timedelta(days=number)).isoformat())
        slot.get_by_label("From").fill("09:00")
        slot.get_by_label("Until").fill("12:00")
        slot.get_by_label("Subject").fill(subject)
    office.press("Save the plan")
    for subject in subjects:
        office.sees(subject)
    office.act(story.case, "Finish the desk review")

    met = story.expert_a
    met.page.goto(f"{story.case}visit/people/")
    people = (("Olga Sokolova", "Cluster manager"), ("Dmitri Volkov", "Director of Volkov Labs"))
    for number, (name, function) in enumerate(people):
        row = met.page.locator("fieldset.agenda-row").nth(number)
        row.get_by_label("Name").fill(name)
        row.get_by_label("Function").fill(function)
    met.press("Save")
    met.sees("Dmitri Volkov")
    office.act(story.case, "Finish the visit")


def rate_everything(story: Story) -> None:
    """Each expert says what the sample's expert said: A through the pages, B in the file taken along."""
    rows = [row for row in rows_of(content_of_raw(opened(OKA)), "ratings") if row["view"] == "expert"]
    first, second = dict.fromkeys(row["rater"] for row in rows)
    said_by = {
        rater: {row["indicator"]: row for row in rows if row["rater"] == rater} for rater in (first, second)
    }
    rate_through_pages(story.expert_a, story.case, said_by[first])
    rate_offline(story.expert_b, story.case, said_by[second], story.folder)
    for expert in story.experts:
        expert.page.goto(f"{story.case}ratings/")
        expert.sees("Everything is rated, each with its reason.")
        expert.follow("Submit my ratings")
        expert.press("Submit my ratings")
        expert.done("Submit my ratings")


def rate_offline(expert: Someone, case: str, said: dict[str, dict[str, str]], folder: Path) -> None:
    page = expert.page
    page.goto(f"{case}ratings/")
    expert.follow("Work offline")
    package = expert.download("Download the package", folder)
    with zipfile.ZipFile(package) as packed:
        packed.extract(FILE, folder)
    fill_in(folder / FILE, said)
    page.get_by_label("Rating sheet", exact=False).set_input_files(folder / FILE)
    expert.press("Show the changes")
    expert.sees("ratings would change.")
    expert.press("Take these changes")
    expert.sees("Everything is rated, each with its reason.")


def fill_in(path: Path, said: dict[str, dict[str, str]]) -> None:
    """Fill in the rating sheet as an expert does in a spreadsheet program."""
    book = load_workbook(path)
    sheet = book[SHEET]
    place = {name: column for column, name in enumerate(COLUMNS, start=1)}
    for number in range(HEADER + 2, sheet.max_row + 1):
        row = said.get(str(sheet.cell(number, place["indicator"]).value), {})
        if sheet.cell(number, place["rubric"]).value:
            sheet.cell(number, place["rating"]).value = int(row.get("rating") or 3)
            sheet.cell(number, place["reason"]).value = row.get("reason") or "As seen on site."
        else:
            sheet.cell(number, place["records_right"]).value = "yes"
    book.save(path)


def rate_through_pages(expert: Someone, case: str, said: dict[str, dict[str, str]]) -> None:
    page = expert.page
    page.goto(f"{case}ratings/")
    with page.expect_navigation():
        expert.follow("Go on with the next not rated")
    for _number in range(100):
        found = re.search(r"/ratings/([^/]+)/", page.url)
        if found is None:
            return
        row = said.get(found.group(1), {})
        if page.locator("input[name=rating]").count():
            page.locator(f"input[name=rating][value='{row.get('rating') or 3}']").check()
            page.locator("textarea[name=reason]").fill(row.get("reason") or "As seen on site.")
        else:
            page.get_by_label("The records are right").check()
        onwards = page.get_by_role("button", name="Save, next not rated")
        if onwards.count() == 0:
            expert.press("Save")
            expert.sees("Saved")
            return
        with page.expect_navigation():
            onwards.click()
    raise AssertionError("the workspace never ended")


def agree_on_a_consensus(story: Story) -> None:
    expert, page = story.expert_a, story.expert_a.page
    rows = rows_of(content_of_raw(opened(OKA)), "ratings")
    agreed = {row["indicator"]: row for row in rows if row["view"] == "consensus"}
    page.goto(f"{story.case}consensus/?show=open")
    while page.locator("main tbody th a").count():
        href = page.locator("main tbody th a").first.get_attribute("href")
        assert href is not None
        page.goto(href)
        settle(expert, agreed.get(href.rstrip("/").rpartition("/")[2], {}))
        page.goto(f"{story.case}consensus/?show=open")
    for one in story.experts:
        one.page.goto(f"{story.case}consensus/")
        one.follow("Agree to the consensus")
        one.press("Agree to the consensus")
        one.done("Agree to the consensus")


def settle(expert: Someone, agreed: dict[str, str]) -> None:
    """What the sample's experts agreed on, with a reason."""
    page = expert.page
    if page.locator("input[name=rating]").count():
        page.locator(f"input[name=rating][value='{agreed.get('rating') or 3}']").check()
    else:
        page.get_by_label("The records are right").check()
    page.locator("textarea[name=reason]").fill(agreed.get("reason") or "Agreed after the visit.")
    with page.expect_navigation():
        expert.press("Save")


def report_and_hear(story: Story) -> None:
    expert, other, manager = story.expert_a, story.expert_b, story.manager
    expert.page.goto(f"{story.case}report/")
    expert.page.get_by_label("Summary").fill("The cluster is well led; its management system is in order.")
    expert.page.get_by_label("Strengths").fill("Close contact with members; a clear strategy.")
    expert.page.get_by_label("What to improve").fill("Broaden private funding.")
    expert.press("Save the report")
    expert.sees("The report was saved.")
    expert.act(story.case, "Send the draft report")

    manager.page.goto(f"{story.case}report/")
    manager.sees("Close contact with members; a clear strategy.")
    manager.page.get_by_label("Text").fill("The second workshop was in May, not in June.")
    manager.press("Send the comment")
    manager.sees("Your comment was sent.")
    manager.press("No further comments")
    manager.sees("The hearing is finished; the experts go on.")

    other.page.goto(f"{story.case}report/")
    other.page.get_by_label("Answer").fill("Corrected.")
    other.press("Answer the comment")
    other.sees("The answer was saved.")
    other.page.locator("select[name=outcome]").select_option("award")
    other.page.locator("select[name=level]").select_option("silver")
    other.page.locator("textarea[name=recommendation]").fill("All minimums are met.")
    other.press("Save the report")
    other.sees("The report was saved.")
    other.act(story.case, "Send the recommendation")


def decide(story: Story) -> None:
    decider = story.decider
    decider.page.goto(f"{story.case}decision/")
    decider.sees("Close contact with members; a clear strategy.")
    decider.page.locator("input[name=decide-outcome][value=award]").check()
    decider.page.locator("select[name=decide-level]").select_option("silver")
    decider.page.locator("textarea[name=decide-reason]").fill(
        "The committee follows the panel's recommendation."
    )
    decider.press("Decide and seal")
    decider.sees("The decision was made and sealed.")


def figures_of_the_announcement_hold(story: Story) -> None:
    """What the cluster sees: the level, and over 70 % of the indicators significantly above the required values."""
    manager = story.manager
    manager.page.goto(f"{story.case}decision/")
    text = manager.page.locator("main").inner_text()
    assert "Silver" in text
    above = re.search(r"(\d+)\s*(?:/|of)\s*30", text)
    assert above is not None, text
    assert int(above.group(1)) / 30 > 0.7


def everything_is_on_record(story: Story) -> None:
    site = story.site
    assert "holds" in site.run("log", "verify")
    site.run("worker", "--until-empty")
    mails = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in (site.home / "mail").iterdir()
    ]
    told = {str(mail["To"]) for mail in mails}
    assert {address(login) for login in ("manager", "expert-a", "expert-b", "decider")} <= told
