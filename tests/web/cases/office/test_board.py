"""The secretariat's board: filters, search, paging, export, and what must not be on it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.test import Client

from clustermark.web.accounts.people import today
from clustermark.web.cases.domain.submitting import withdraw_case
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.board import CARDS, board, cases_of_office, filtered
from clustermark.web.cases.sheets import csv_file, defused, excel_file
from clustermark.web.seeding import Sample, sample_case
from tests.web.cases.site import Site


def names(**wanted: str) -> set[str]:
    return {case.cluster.name for case in filtered(cases_of_office(), wanted)}


def test_filters_and_search(site: Site, db: None) -> None:
    site.case("submitted", "Danube Mobility")
    site.case("submitted", "Нижегородский ИТ-кластер", country="RU", sector="ict", city="Нижний Новгород")
    site.case("admitted", "Alpine Photonics", country="CH", sector="photonics")
    assert names(country="CH") == {"Alpine Photonics"}
    assert names(state="submitted", sector="mobility") == {"Danube Mobility"}
    assert names(q="danube") == {"Danube Mobility"}
    assert names(q="нижегородский") == {"Нижегородский ИТ-кластер"}
    assert names(q="новгород") == {"Нижегородский ИТ-кластер"}
    assert names(q="danube photonics") == set()
    assert names(scheme="ecei-bronze-2019") == set()
    assert names(level="silver", q="alp") == {"Alpine Photonics"}


def test_late_and_soon(site: Site, db: None) -> None:
    case = site.case("submitted", "Danube Mobility")
    for days, due in ((-1, "late"), (0, "soon"), (7, "soon"), (8, None)):
        Case.objects.filter(pk=case.pk).update(due_on=today() + timedelta(days=days))
        assert ("Danube Mobility" in names(due="late")) is (due == "late"), days
        assert ("Danube Mobility" in names(due="soon")) is (due == "soon"), days


def test_what_was_never_submitted_is_not_there(site: Site, sample: Sample) -> None:
    site.case("submitted", "Danube Mobility")
    draft = sample_case(sample, to="draft")
    given_up = sample_case(sample, to="draft")
    withdraw_case(case=given_up, by=site.by("manager"), reason="Another year.")
    office = site.client("secretariat")
    for url in ("/office/", "/office/?view=list", "/office/cases.csv"):
        page = office.get(url).content.decode()
        assert "Danube Mobility" in page
        assert "Oka Valley Pharma" not in page
    for case in (draft, given_up):
        assert office.get(f"/cases/{case.reference}/").status_code == 404


def test_a_self_assessment_that_was_taken_back_stays_the_clusters_own(site: Site) -> None:
    case = site.case("draft")
    withdraw_case(case=case, by=site.by("manager"), reason="Not this year.")
    page = f"/clusters/{case.cluster.reference}/"
    assert "Earlier cases" in site.client("manager").get(page).content.decode()
    for login in ("secretariat", "agency"):
        shown = site.client(login).get(page)
        assert shown.status_code == 200
        assert "Earlier cases" not in shown.content.decode()


def test_columns_hold_the_most_urgent_and_the_count(site: Site, db: None) -> None:
    for n in range(3):
        case = site.case("submitted", f"Cluster {n}")
        Case.objects.filter(pk=case.pk).update(due_on=today() + timedelta(days=3 - n))
    last = site.case("admitted", "Alpine Photonics", country="CH", sector="photonics")
    columns = board(
        cases_of_office().filter(cluster__name__startswith="Cluster ") | cases_of_office().filter(pk=last.pk)
    )
    assert [(column.state, column.count) for column in columns] == [("submitted", 3), ("admitted", 1)]
    assert [case.cluster.name for case in columns[0].cases] == ["Cluster 2", "Cluster 1", "Cluster 0"]
    assert CARDS >= 3
    assert columns[0].more == 0


def test_only_the_secretariat(site: Site) -> None:
    for login in ("manager", "expert-a", "decider", "agency", "admin"):
        for url in (
            "/office/",
            "/office/cases.csv",
            "/office/calendar/",
            "/office/fees/",
            "/office/experts/",
        ):
            assert site.client(login).get(url).status_code == 403, (login, url)
    assert Client().get("/office/").status_code == 302


def test_queries_do_not_grow(site: Site, asked: Callable[[Client, str], int]) -> None:
    urls = ("/office/", "/office/?view=list", "/office/cases.csv", "/office/calendar/")
    site.case("submitted", "Danube Mobility")
    office = site.client("secretariat")
    before = {url: asked(office, url) for url in urls}
    site.case("site_visit", "Tagus Blue", country="PT", sector="maritime")
    site.case("admitted", "Alpine Photonics", country="CH", sector="photonics")
    assert {url: asked(office, url) for url in urls} == before
    assert max(before.values()) <= 15


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_acts_as_a_formula(text: str) -> None:
    assert defused(text) == f"'{text}"
    rows = list(csv.reader(StringIO(csv_file(["a"], [[text]]).decode("utf-8-sig"), newline="")))
    assert rows[1] == [f"'{text}"]
    sheet = openpyxl.load_workbook(BytesIO(excel_file("s", ["a"], [[text]]))).active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"


def test_plain_texts_and_days_stay(db: None) -> None:
    assert defused("Oka-Valley = x") == "Oka-Valley = x"
    day = today()
    assert csv_file(["a", "b"], [[day, None]]).decode("utf-8-sig") == f"a,b\r\n{day.isoformat()},\r\n"
    sheet = openpyxl.load_workbook(BytesIO(excel_file("s", ["a", "b"], [[day, 3]]))).active
    assert sheet is not None
    assert [cell.value.date() if cell.is_date else cell.value for cell in sheet[2]] == [day, 3]


def test_exports_hold_what_the_filters_leave(site: Site) -> None:
    case = site.case("submitted", "Danube Mobility")
    site.case("admitted", "Alpine Photonics", country="CH", sector="photonics")
    case.cluster.name = '=HYPERLINK("http://x.example")'
    case.cluster.save()
    text = site.client("secretariat").get("/office/cases.csv?country=AT").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["Cluster"] for row in rows if row["Number"] == case.number] == [
        '\'=HYPERLINK("http://x.example")'
    ]
    assert {row["Country"] for row in rows} == {"AT"}
    book = openpyxl.load_workbook(
        BytesIO(site.client("secretariat").get("/office/cases.xlsx?country=CH").content)
    )
    assert book.active is not None
    assert [row[1].value for row in book.active.iter_rows(min_row=2)] == ["Alpine Photonics"]
