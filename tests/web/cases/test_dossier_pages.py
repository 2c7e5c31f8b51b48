"""The applicant's pages: who gets them, what they cost, what they say, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clustermark.web.accounts.models import Grant, Organisation
from clustermark.web.accounts.people import today
from clustermark.web.cases.domain.admission import return_case
from clustermark.web.cases.domain.claiming import record_claim
from clustermark.web.cases.domain.starting import start_case
from clustermark.web.cases.domain.submitting import submit_dossier
from clustermark.web.cases.domain.tables import replace_table
from clustermark.web.cases.models import Case, SealedRecord
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.seeding import Sample
from tests.web.cases.site import Site
from tests.web.conftest import SignIn

STATES = ("draft",)

PAGES = ("dossier", "dossier-problems", "dossier-seals", "tables", "evidence", "dossier-exchange")
RATED = "4.1.1"


def _addresses(case: Case) -> list[str]:
    return [
        *[reverse(name, args=[case.reference]) for name in PAGES],
        *[
            reverse("indicator", args=[case.reference, one.code])
            for one in scheme_of(case.edition).document.indicators
        ],
        reverse("indicator-records", args=[case.reference, "2.5"]),
        reverse("table", args=[case.reference, "participants"]),
        reverse("evidence-open", args=[case.reference, "E01"]),
        reverse("dossier-xlsx", args=[case.reference]),
        reverse("evidence-file", args=[case.reference, "E01"]),
    ]


def _editing(case: Case) -> list[str]:
    return [
        reverse("row", args=[case.reference, "participants", 0]),
        reverse("row-new", args=[case.reference, "participants"]),
        reverse("evidence-edit", args=[case.reference, "E01"]),
    ]


def _status(client: Client, address: str) -> int:
    answer = client.get(address)
    _read(answer)
    return answer.status_code


def _read(answer: Any) -> None:
    """Read a streamed file to its end, which closes it as a server would."""
    if answer.streaming:
        assert b"".join(answer.streaming_content)


@pytest.fixture
def case(site: Site) -> Case:
    return site.case("draft")


@pytest.fixture
def client(sample: Sample, sign_in: SignIn) -> Client:
    return sign_in(sample.people["manager"])


def test_every_page_of_a_draft_opens_with_few_queries(
    case: Case, client: Client, sample: Sample, queries: Callable[[int], Any]
) -> None:
    for address in [*_addresses(case), *_editing(case), reverse("cluster", args=[sample.cluster.reference])]:
        with queries(15):
            assert _status(client, address) == 200, address


def test_the_home_of_a_cluster_costs_the_same_with_one_case_and_with_three(
    case: Case, client: Client, sample: Sample, django_assert_num_queries: Any
) -> None:
    home = reverse("cluster", args=[sample.cluster.reference])
    client.get(home)
    with CaptureQueriesContext(connection) as one:
        client.get(home)
    for _more in range(2):
        start_case(cluster=sample.cluster, edition=case.edition, by=sample.by("manager"))
    with django_assert_num_queries(len(one)):
        assert len(client.get(home).context["drafts"]) == 3


def test_who_may_not_see_a_case_learns_nothing_of_it(
    case: Case, sample: Sample, sign_in: SignIn, make_person: Any
) -> None:
    other = Organisation.objects.create(kind="cluster", name="Karst Table", country="SI")
    neighbour = make_person("neighbour", "manager", organisation=other)
    for user in (
        neighbour,
        *[sample.people[login] for login in ("expert-a", "secretariat", "decider", "agency")],
    ):
        client = sign_in(user)
        for address in (*_addresses(case), *_editing(case)):
            assert _status(client, address) == 404, (user, address)
    assert sign_in(neighbour).get(reverse("cluster", args=[sample.cluster.reference])).status_code == 404


def test_an_expert_sees_the_dossier_after_declaring_and_not_before(
    site: Site, sample: Sample, sign_in: SignIn
) -> None:
    client = sign_in(sample.people["expert-a"])
    declaring = site.case("declaring")
    assert {_status(client, address) for address in _addresses(declaring)} == {403}
    working = site.case("desk_review")
    assert {_status(client, address) for address in _addresses(working)} == {200}
    assert {client.get(address).status_code for address in _editing(working)} == {403}


def test_the_task_list_says_where_each_indicator_stands(case: Case, client: Client) -> None:
    case.evidence.exclude(evidence_id="E09").update(indicators=[])
    case.claims.filter(indicator=RATED).delete()
    page = client.get(reverse("dossier", args=[case.reference]))
    lines = {line.indicator.code: line for group in page.context["groups"] for line in group.lines}
    assert (page.context["claimed"], page.context["evidenced"], page.context["count"]) == (30, 1, 31)
    assert (lines[RATED].state, lines["2.5"].state, lines["2.6"].state) == ("empty", "evidenced", "claimed")
    assert (lines["2.5"].score.value, lines["2.5"].score.band, lines["2.5"].score.points) == (65, 4, 4)
    # the rated one earned 5 points of 118, and without it a minimum is missed
    assert (page.context["card"].points, page.context["card"].minimums_missed) == (113, [RATED])


def test_the_page_of_an_indicator_shows_the_road_of_its_value(case: Case, client: Client) -> None:
    text = client.get(reverse("indicator", args=[case.reference, "2.5"])).content.decode()
    for words in (
        "65 %",
        "35 %",
        "100 × 39 ÷ 60",
        "Band 5 needs 80 %: 15 more than now.",
        "Contact log",
        "E09",
    ):
        assert words in text, words
    assert "example value, not the owner" in text


def test_every_problem_leads_to_where_it_is_mended(case: Case, client: Client, sample: Sample) -> None:
    table = case.tables.get(name="participants")
    rows = [list(row) for row in table.rows]
    rows[5][table.header.index("joined_on")] = "12.3.2024"
    replace_table(case=case, table="participants", header=table.header, rows=rows, by=sample.by("team"))
    case.claims.filter(indicator=RATED).update(rating=9)
    page = client.get(reverse("dossier-problems", args=[case.reference]))
    told = {problem.code: (problem.place.row, href) for problem, _where, href in page.context["lines"]}
    row = reverse("row", args=[case.reference, "participants", 5])
    assert told["date-unreadable"] == (7, f"{row}#id_joined_on")
    assert told["number-out-of-range"][1] == reverse("indicator", args=[case.reference, RATED])
    text = client.get(f"{reverse('table', args=[case.reference, 'participants'])}?row=7").content.decode()
    assert "This is not a date in the form of the dossier." in text
    assert 'value="12.3.2024"' in client.get(row).content.decode()


def _claim(**more: str) -> dict[str, str]:
    return {"rating": "4", "reason": "Two workshops.", "comment": "", "version": "1", **more}


def test_a_claim_is_saved_by_the_button_and_while_it_is_typed(case: Case, client: Client) -> None:
    address = reverse("indicator", args=[case.reference, RATED])
    assert client.post(address, _claim()).status_code == 302
    assert case.claims.get(indicator=RATED).reason == "Two workshops."
    answer = client.post(
        address, _claim(reason="Three.", version="2"), headers={"accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["version"]) == (200, 3)
    assert answer.json()["saved"].startswith("Saved ")
    late = client.post(address, _claim(reason="Four.", version="2"), headers={"accept": "application/json"})
    assert (late.status_code, late.json()) == (409, {"version": 3})
    wrong = client.post(address, _claim(rating="7"), headers={"accept": "application/json"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["rating"])
    assert case.claims.get(indicator=RATED).reason == "Three."


def test_the_second_editor_sees_both_versions_and_decides(case: Case, client: Client, sample: Sample) -> None:
    record_claim(case=case, indicator=RATED, by=sample.by("team"), rating=3, reason="Theirs.", version=1)
    address = reverse("indicator", args=[case.reference, RATED])
    page = client.post(address, _claim(reason="Mine."))
    assert page.status_code == 409
    rows = {one["label"]: (one["typed"], one["saved"]) for one in page.context["conflict"]}
    assert rows == {"Rating": ("4", "3"), "Reason": ("Mine.", "Theirs."), "Comment": ("", "")}
    assert page.context["form"]["version"].value() == "2"
    assert "Pavel Orlov" in page.content.decode()
    assert client.post(address, _claim(reason="Mine and theirs.", version="2")).status_code == 302
    assert case.claims.get(indicator=RATED).reason == "Mine and theirs."


def test_a_wrong_form_comes_back_with_all_that_was_typed(case: Case, client: Client) -> None:
    page = client.post(
        reverse("indicator", args=[case.reference, "2.5"]), _claim(value="1.23456", reason="Kept.")
    )
    assert page.status_code == 422
    assert {"1.23456", "Kept."} <= set(page.context["form"].data.values())
    row = client.post(
        reverse("row-new", args=[case.reference, "participants"]),
        {"participant_id": "P1", "name": "Typed", "joined_on": "x"},
    )
    assert row.status_code == 422
    assert set(row.context["form"].errors) == {"type", "joined_on", "commitment"}
    assert 'value="Typed"' in row.content.decode()


def test_a_row_that_somebody_changed_is_shown_beside_what_was_typed(case: Case, client: Client) -> None:
    address = reverse("row", args=[case.reference, "bodies", 0])
    page = client.get(address)
    typed = {**page.context["form"].initial, "name": "Mine", "was": page.context["was"]}
    assert client.post(address, {**typed, "name": "Theirs"}).status_code == 302
    conflict = client.post(address, typed)
    assert conflict.status_code == 409
    name = next(one for one in conflict.context["conflict"] if one["label"] == "Name of the body")
    assert (name["typed"], name["saved"]) == ("Mine", "Theirs")
    assert client.post(address, {**typed, "was": conflict.context["was"]}).status_code == 302
    table = case.tables.get(name="bodies")
    assert table.rows[0][table.header.index("name")] == "Mine"


def test_what_is_typed_in_an_ended_session_survives_the_sign_in(case: Case, sample: Sample) -> None:
    address = reverse("indicator", args=[case.reference, RATED])
    browser = Client()
    sent = browser.post(address, _claim(reason="Typed for an hour.", rating="3"))
    assert (sent.status_code, sent.headers["Location"]) == (302, f"{reverse('account_login')}?next={address}")
    assert browser.post(address, _claim(), headers={"accept": "application/json"}).status_code == 401
    browser.force_login(sample.people["manager"])
    page = browser.get(address)
    assert "Typed for an hour." in page.content.decode()
    assert case.claims.get(indicator=RATED).reason != "Typed for an hour."
    assert "Typed for an hour." not in browser.get(address).content.decode()


def test_several_files_are_added_at_once_and_served_safely(case: Case, client: Client) -> None:
    address = reverse("evidence", args=[case.reference])
    about = {"kind": "report", "own_date": "2026-01-31", "page": "p. 2", "indicators": ["2.5", "2.6"]}
    files = [
        SimpleUploadedFile("page.html", b"<!doctype html><script>alert(1)</script>", "text/html"),
        SimpleUploadedFile(
            "drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"
        ),
        SimpleUploadedFile("scan.png", b"\x89PNG\r\n\x1a\n rest", "text/html"),
    ]
    assert client.post(address, {**about, "upload": files}).status_code == 302
    added = list(case.evidence.order_by("pk"))[-3:]
    assert [(one.evidence_id, one.title, one.page) for one in added] == [
        ("E23", "page", "p. 2"),
        ("E24", "drawing", "p. 2"),
        ("E25", "scan", "p. 2"),
    ]
    assert {tuple(one.indicators) for one in added} == {("2.5", "2.6")}
    for one, kind, shown in zip(
        added,
        ("application/octet-stream", "application/octet-stream", "image/png"),
        (False, False, True),
        strict=True,
    ):
        served = client.get(reverse("evidence-file", args=[case.reference, one.evidence_id]))
        assert served.headers["Content-Type"] == kind
        assert served.headers["Content-Disposition"].startswith("inline" if shown else "attachment")
        _read(served)
        assert served.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in served.headers["Content-Security-Policy"]
        assert client.get(reverse("evidence-open", args=[case.reference, one.evidence_id])).status_code == 200


def test_a_refused_file_is_named_and_the_others_are_kept(case: Case, client: Client) -> None:
    scanner_test = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    files = [SimpleUploadedFile("good.txt", b"well"), SimpleUploadedFile("bad.txt", scanner_test)]
    answer = client.post(
        reverse("evidence", args=[case.reference]),
        {"kind": "report", "upload": files},
        headers={"accept": "application/json"},
    )
    assert (answer.status_code, answer.json()) == (
        422,
        {"added": 1, "errors": ["bad.txt: The scanner refused this file."]},
    )
    assert list(case.evidence.filter(evidence_id__gt="E22").values_list("name", flat=True)) == ["good.txt"]


def test_a_submitted_dossier_is_read_only_and_shows_its_seal(
    case: Case, client: Client, sample: Sample
) -> None:
    submit_dossier(case=case, by=sample.by("manager"))
    seal = SealedRecord.objects.get(case=case, kind="dossier")
    page = client.get(reverse("dossier", args=[case.reference]))
    assert seal.digest in page.content.decode()
    assert "Olga Sokolova" in page.content.decode()
    indicator = client.get(reverse("indicator", args=[case.reference, RATED])).content.decode()
    assert "<textarea" not in indicator
    assert client.post(reverse("indicator", args=[case.reference, RATED]), _claim()).status_code == 403
    assert {client.get(address).status_code for address in _editing(case)} == {403}


def test_a_returned_dossier_is_corrected_and_handed_in_as_its_second_version(
    case: Case, client: Client, sample: Sample, sign_in: SignIn
) -> None:
    submit_dossier(case=case, by=sample.by("manager"))
    return_case(case=case, by=sample.by("secretariat"), reason="The strategy is missing.")
    address = reverse("indicator", args=[case.reference, RATED])
    assert client.post(address, _claim(rating="2", reason="Corrected.")).status_code == 302
    # until it is handed in again, others see what was sealed
    office = sign_in(sample.people["secretariat"])
    assert "Corrected." in client.get(address).content.decode()
    assert "Corrected." not in office.get(address).content.decode()
    assert office.get(reverse("indicator", args=[case.reference, RATED])).context["score"].value == 5
    case.refresh_from_db()
    submit_dossier(case=case, by=sample.by("manager"), reason="Strategy added.")
    assert office.get(address).context["score"].value == 2
    seals = client.get(reverse("dossier-seals", args=[case.reference])).context["seals"]
    assert [(seal.version, seal.reason) for seal in seals] == [(2, "Strategy added."), (1, "")]


def test_a_renewal_starts_from_the_last_case_and_shows_what_changed(
    site: Site, client: Client, sample: Sample, queries: Callable[[int], Any]
) -> None:
    before = site.case("decided")
    home = reverse("cluster", args=[sample.cluster.reference])
    started = client.post(
        home,
        {
            "aim": f"{before.edition.pk}:silver",
            "previous": str(before.reference),
            "visit_form": "video",
            "language": "de",
        },
    )
    case = Case.objects.get(previous=before)
    assert started.headers["Location"] == reverse("dossier", args=[case.reference])
    assert (case.kind, case.level, case.visit_form, case.language) == ("renewal", "silver", "video", "de")
    address = reverse("dossier-changes", args=[case.reference])
    assert client.get(address).context["changes"].count == 0
    record_claim(case=case, indicator=RATED, by=sample.by("team"), rating=3, reason="Less than before.")
    table = case.tables.get(name="press")
    replace_table(case=case, table="press", header=table.header, rows=table.rows[1:], by=sample.by("team"))
    with queries(15):
        page = client.get(address)
    moved = {one.score.code: (one.before, one.score.value) for one in page.context["moved"]}
    assert moved[RATED] == (5, 3)
    assert [(one.table, [row.kind for row in one.rows]) for one in page.context["changes"].tables] == [
        ("press", ["removed"])
    ]


def test_somebody_of_two_clusters_gets_a_list(
    client: Client, case: Case, sample: Sample, sign_in: SignIn
) -> None:
    assert client.get(reverse("clusters")).headers["Location"] == reverse(
        "cluster", args=[sample.cluster.reference]
    )
    second = Organisation.objects.create(kind="cluster", name="Karst Table", country="SI")
    second.clusters.create(name="Karst Table", country="SI", sector="food")
    Grant.objects.create(
        user=sample.people["manager"], role="manager", organisation=second, starts_on=today()
    )
    page = client.get(reverse("clusters"))
    assert [(one.name, one.drafts) for one in page.context["clusters"]] == [
        ("Karst Table", 0),
        ("Oka Valley Pharma Cluster", 1),
    ]


def test_a_renewal_never_starts_from_another_clusters_case(
    client: Client, case: Case, sample: Sample
) -> None:
    home = reverse("cluster", args=[sample.cluster.reference])
    data = {"aim": f"{case.edition.pk}:platinum", "visit_form": "video", "language": "en"}
    assert client.post(home, data).status_code == 422
    assert Case.objects.count() == 1
