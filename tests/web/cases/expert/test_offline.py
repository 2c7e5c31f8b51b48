"""Offline: one file out, the sheet back in with a preview; conflicts are chosen, problems are told with their place."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from clustermark.web.cases.domain.rating import record_rating
from clustermark.web.cases.models import Case, Rating
from clustermark.web.cases.offline.sheet import COLUMNS
from clustermark.web.seeding import Sample
from tests.web.cases.site import Site

STATES = ("rating",)

RATED, MEASURED = "4.2", "3.1"


@pytest.fixture
def case(site: Site, sample: Sample) -> Case:
    case = site.case("rating")
    record_rating(case=case, indicator=RATED, by=sample.by("expert-a"), rating=3, reason="Online first.")
    return case


def package(client: Client, case: Case) -> zipfile.ZipFile:
    response = client.get(f"/cases/{case.reference}/offline/package.zip")
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined] # it streams


def edited(client: Client, case: Case, cells: dict[tuple[str, str], Any]) -> bytes:
    """The downloaded sheet with `cells` (indicator, column) filled in by hand."""
    book = load_workbook(io.BytesIO(package(client, case).read("ratings.xlsx")))
    sheet = book["ratings"]
    rows = {sheet.cell(row, 1).value: row for row in range(4, sheet.max_row + 1)}
    for (code, column), value in cells.items():
        sheet.cell(rows[code], COLUMNS.index(column) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring(client: Client, case: Case, data: bytes, name: str = "ratings.xlsx") -> Any:
    return client.post(f"/cases/{case.reference}/offline/", {"file": SimpleUploadedFile(name, data)})


def take(client: Client, case: Case, response: Any, **chosen: str) -> Any:
    sheet = re.search(r'name="sheet" value="([^"]+)"', response.content.decode())
    assert sheet is not None
    return client.post(f"/cases/{case.reference}/offline/", {"sheet": sheet.group(1), **chosen})


def test_the_package_holds_sheet_dossier_and_evidence(site: Site, case: Case) -> None:
    archive = package(site.client("expert-a"), case)
    names = archive.namelist()
    assert {"ratings.xlsx", "dossier.xlsx", "evidence/subsidy-2026.pdf"} <= set(names)
    assert len([name for name in names if name.startswith("evidence/")]) == 22
    sheet = load_workbook(io.BytesIO(archive.read("ratings.xlsx")))["ratings"]
    assert [cell.value for cell in sheet[3]] == list(COLUMNS)
    row = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == RATED)
    assert row[COLUMNS.index("rating")].value == 3
    assert row[COLUMNS.index("rubric")].value.startswith("0: ")
    assert (row[COLUMNS.index("rating")].protection.locked, row[1].protection.locked) == (False, True)
    assert sheet.protection.sheet
    assert sheet.max_row == 34


def test_edits_are_shown_and_then_taken(site: Site, case: Case) -> None:
    client = site.client("expert-a")
    data = edited(
        client,
        case,
        {
            (RATED, "rating"): 5,
            (RATED, "reason"): "=Seen on site",
            (MEASURED, "records_right"): "no",
            (MEASURED, "value"): 11.5,
            (MEASURED, "reason"): "A grant ends.",
            ("2.4", "rating"): "4",
        },
    )
    # openpyxl writes a text with = as a formula, as a hand would; it is told with its place
    refused = bring(client, case, data)
    assert refused.status_code == 422
    assert "row 26, column reason" in refused.content.decode()
    data = edited(
        client, case, {(RATED, "rating"): 5, (MEASURED, "records_right"): "no", (MEASURED, "value"): 11.5}
    )
    preview = bring(client, case, data)
    assert preview.status_code == 200
    assert "2 ratings would change." in preview.content.decode()
    assert Rating.objects.get(seat__case=case, indicator=RATED).rating == 3
    assert take(client, case, preview).headers["Location"].endswith("/ratings/")
    row = Rating.objects.get(seat__case=case, indicator=RATED)
    assert (row.rating, row.reason) == (5, "Online first.")
    assert str(Rating.objects.get(seat__case=case, indicator=MEASURED).value) == "11.5000"


def test_the_zip_itself_comes_back_too(site: Site, case: Case) -> None:
    client = site.client("expert-a")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("visit/ratings.xlsx", edited(client, case, {(RATED, "rating"): 1}))
    assert "1 rating would change." in bring(client, case, out.getvalue(), "2026-0001.zip").content.decode()


def test_an_unedited_sheet_changes_nothing_even_after_online_edits(
    site: Site, case: Case, sample: Sample
) -> None:
    client = site.client("expert-a")
    data = edited(client, case, {})
    record_rating(case=case, indicator=RATED, by=sample.by("expert-a"), rating=0, reason="Online later.")
    page = bring(client, case, data).content.decode()
    assert "The sheet says what is saved here already." in page


def test_what_was_edited_in_both_places_is_chosen(site: Site, case: Case, sample: Sample) -> None:
    client = site.client("expert-a")
    data = edited(client, case, {(RATED, "rating"): 5, ("2.4", "rating"): 4})
    record_rating(case=case, indicator=RATED, by=sample.by("expert-a"), rating=1, reason="Online later.")
    preview = bring(client, case, data)
    page = preview.content.decode()
    assert "1 was edited here since the download: choose." in page
    assert "Online later." in page
    again = take(client, case, preview)
    assert "Choose for each conflict which version stays." in again.content.decode()
    assert not Rating.objects.filter(seat__case=case, indicator="2.4").exists()
    take(client, case, preview, **{f"keep-{RATED}": "here"})
    assert Rating.objects.get(seat__case=case, indicator=RATED).rating == 1
    assert Rating.objects.get(seat__case=case, indicator="2.4").rating == 4
    take(client, case, preview, **{f"keep-{RATED}": "sheet"})
    assert Rating.objects.get(seat__case=case, indicator=RATED).rating == 5


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({(RATED, "rating"): 6}, "sheet ratings, row 26, column rating"),
        ({(RATED, "value"): 3}, "column value"),
        ({(MEASURED, "rating"): 3}, "This indicator is measured"),
        ({(MEASURED, "records_right"): "maybe"}, "This is neither yes nor no."),
        ({(MEASURED, "value"): "twelve"}, "column value"),
        ({(MEASURED, "records_right"): "no"}, "Write the value that is right."),
        ({(MEASURED, "records_right"): "yes", (MEASURED, "value"): 3}, "Either the records are followed"),
        ({(RATED, "evidence"): "E01;E99"}, "There is no such evidence: E99."),
        ({(RATED, "indicator"): "9.9"}, "The scheme has no such indicator."),
        ({(RATED, "indicator"): "1.2"}, "This indicator stands there twice."),
    ],
)
def test_problems_are_told_with_their_place(
    site: Site, case: Case, cells: dict[tuple[str, str], Any], words: str
) -> None:
    client = site.client("expert-a")
    response = bring(client, case, edited(client, case, cells))
    assert response.status_code == 422
    assert words in response.content.decode()


@pytest.mark.parametrize("data", [b"not a workbook", b"PK\x03\x04broken", b""])
def test_other_files_are_refused(site: Site, case: Case, data: bytes) -> None:
    assert bring(site.client("expert-a"), case, data).status_code == 422


def test_a_preview_is_of_one_person_and_one_case(site: Site, case: Case, sample: Sample) -> None:
    client = site.client("expert-a")
    preview = bring(client, case, edited(client, case, {(RATED, "rating"): 5}))
    take(site.client("expert-b"), case, preview)
    assert not Rating.objects.filter(seat__expert=sample.people["expert-b"]).exists()
