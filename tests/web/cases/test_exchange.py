"""A dossier goes out as a file and comes in again: the preview is exact, and nothing is taken before it is confirmed."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from clustermark.ground.exact import digest
from clustermark.web.cases.domain.claiming import record_claim
from clustermark.web.cases.domain.importing import as_taken
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.changes import CellChange, changes_between
from clustermark.web.cases.queries.dossiers import working_content
from clustermark.web.seeding import Sample
from tests.web.cases.site import Site
from tests.web.conftest import SignIn

STATES = ("draft",)

HEADING = 3
"""Row of the heading in a sheet of the workbook."""


@pytest.fixture
def case(site: Site) -> Case:
    return site.case("draft")


@pytest.fixture
def client(sample: Sample, sign_in: SignIn) -> Client:
    return sign_in(sample.people["manager"])


def _out(client: Client, case: Case, form: str) -> bytes:
    answer = client.get(reverse(f"dossier-{form}", args=[case.reference]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined] # a file is streamed


def _in(client: Client, case: Case, data: bytes, name: str) -> Any:
    return client.post(
        reverse("dossier-exchange", args=[case.reference]),
        {"file": SimpleUploadedFile(name, data)},
        follow=True,
    )


@pytest.mark.parametrize("form", ["xlsx", "zip"])
def test_what_goes_out_comes_in_without_a_change(client: Client, case: Case, form: str) -> None:
    page = _in(client, case, _out(client, case, form), f"dossier.{form}")
    assert page.redirect_chain == [(reverse("dossier-preview", args=[case.reference]), 302)]
    assert page.context["changes"].count == 0
    assert [one for one in page.context["upload"].problems if one["severity"] == "error"] == []


def test_the_preview_of_a_workbook_names_exactly_what_was_changed(
    client: Client, case: Case, sample: Sample
) -> None:
    book = load_workbook(io.BytesIO(_out(client, case, "xlsx")))
    sheet = book["participants"]
    names = [cell.value for cell in sheet[HEADING]]
    first = sheet.cell(HEADING + 1, names.index("participant_id") + 1).value
    old = sheet.cell(HEADING + 1, names.index("name") + 1).value
    sheet.cell(HEADING + 1, names.index("name") + 1).value = "Renamed & Co"
    claims = book["ratings"]
    columns = [cell.value for cell in claims[HEADING]]
    at = next(row for row in range(HEADING + 1, 60) if claims.cell(row, 1).value == "4.1.1")
    claims.cell(at, columns.index("rating") + 1).value = 3
    data = io.BytesIO()
    book.save(data)
    before = working_content(case)

    page = _in(client, case, data.getvalue(), "dossier.xlsx")

    told = {
        (table.table, row.kind, row.key): row.cells
        for table in page.context["changes"].tables
        for row in table.rows
    }
    assert told == {
        ("participants", "changed", first): (CellChange("name", old, "Renamed & Co"),),
        ("ratings", "changed", "4.1.1 · claim"): (CellChange("rating", "5", "3"),),
    }
    assert page.context["changes"].files == ()
    assert "Renamed &amp; Co" in page.content.decode()
    assert digest(working_content(case)) == digest(before)

    record_claim(
        case=case, indicator="4.1.2", by=sample.by("team"), rating=5, reason="As before.", comment="Ours."
    )
    preview = reverse("dossier-preview", args=[case.reference])
    stale = client.post(preview, {"over": page.context["over"]}, follow=True)
    # somebody saved meanwhile: the changes are shown anew, the claim among them
    assert ("ratings", "4.1.2 · claim") in {
        (table.table, row.key) for table in stale.context["changes"].tables for row in table.rows
    }
    done = client.post(preview, {"over": stale.context["over"]})
    assert done.headers["Location"] == reverse("dossier", args=[case.reference])
    case = Case.objects.get(pk=case.pk)
    assert not changes_between(working_content(case), page.context["upload"].content)
    claim = case.claims.get(indicator="4.1.1")
    assert (claim.rating, claim.version) == (3, 2)
    assert case.claims.get(indicator="4.1.2").comment == "Ours."
    # what was taken is gone from the session
    assert client.get(preview).status_code == 404


def test_a_zip_with_one_table_and_a_new_file_leaves_the_rest_alone(client: Client, case: Case) -> None:
    before = working_content(case)
    evidence = before["tables"]["evidence"]
    lines = [
        evidence["header"],
        *evidence["rows"][1:],
        ["E90", "Letter", "report", "letter.txt", "", "", "", "2.1", ""],
    ]
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("evidence.csv", "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines))
        archive.writestr("evidence/letter.txt", "Dear secretariat")
    page = _in(client, case, data.getvalue(), "part.zip")
    changes = page.context["changes"]
    assert [(one.kind, one.name) for one in changes.files] == [
        ("added", "letter.txt"),
        ("removed", evidence["rows"][0][3]),
    ]
    assert {(table.table, row.kind, row.key) for table in changes.tables for row in table.rows} == {
        ("evidence", "added", "E90"),
        ("evidence", "removed", "E01"),
    }
    # the sheet has no hash for the new file: told with its place in the file
    assert [problem["place"] for problem in page.context["upload"].problems] == [
        "evidence.csv, row 23, column sha256"
    ]
    client.post(reverse("dossier-preview", args=[case.reference]), {"over": page.context["over"]})
    case = Case.objects.get(pk=case.pk)
    assert case.evidence.get(evidence_id="E90").file.media_type == "text/plain"
    assert not case.evidence.filter(evidence_id="E01").exists()


def test_what_cannot_be_read_is_told_with_its_place_and_nothing_waits(client: Client, case: Case) -> None:
    book = load_workbook(io.BytesIO(_out(client, case, "xlsx")))
    book["participants"].cell(HEADING + 1, 2).value = "=1+1"
    data = io.BytesIO()
    book.save(data)
    page = _in(client, case, data.getvalue(), "dossier.xlsx")
    assert page.status_code == 422
    assert [(problem.code, problem.place.row) for problem in page.context["page"].problems] == [
        ("formula", 4)
    ]
    assert client.get(reverse("dossier-preview", args=[case.reference])).status_code == 404
    assert _in(client, case, b"no zip", "dossier.zip").status_code == 422


def test_an_upload_is_dropped_on_request(client: Client, case: Case) -> None:
    _in(client, case, _out(client, case, "xlsx"), "dossier.xlsx")
    preview = reverse("dossier-preview", args=[case.reference])
    client.post(preview, {"drop": "yes"})
    assert client.get(preview).status_code == 404


def test_nobody_else_takes_an_upload(site: Site, sample: Sample, sign_in: SignIn) -> None:
    case = site.case("submitted")
    office = sign_in(sample.people["secretariat"])
    assert _in(office, case, b"x", "dossier.zip").status_code == 403
    assert office.get(reverse("dossier-preview", args=[case.reference])).status_code == 403


def test_content_as_taken_is_what_the_case_states_then(case: Case) -> None:
    content = working_content(case)
    assert not changes_between(content, as_taken(content))


def test_cells_that_look_like_formulas_stay_texts(client: Client, case: Case) -> None:
    table = case.tables.get(name="participants")
    table.rows[0][table.header.index("name")] = '=HYPERLINK("https://evil.example")'
    table.save()
    book = load_workbook(io.BytesIO(_out(client, case, "xlsx")))
    cell = book["participants"].cell(HEADING + 1, 2)
    assert (cell.value, cell.data_type) == ('=HYPERLINK("https://evil.example")', "s")
