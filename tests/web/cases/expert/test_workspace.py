"""The workspace: drafts with versions, both versions shown in a conflict, who may open it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from clustermark.web.cases.domain.rating import submit_ratings
from clustermark.web.cases.models import Case, Rating
from clustermark.web.cases.queries.sealed import latest
from clustermark.web.seeding import Sample, rate_all
from tests.web.cases.site import Site

STATES = ("rating",)

RATED, MEASURED = "4.2", "3.1"


@pytest.fixture
def case(site: Site) -> Case:
    return site.case("rating")


def url(case: Case, code: str) -> str:
    return f"/cases/{case.reference}/ratings/{code}/"


def test_the_page_shows_claim_value_required_and_evidence(site: Site, case: Case) -> None:
    page = site.client("expert-a").get(url(case, MEASURED)).content.decode()
    assert '<span class="figure__value">14</span>' in page
    assert '<span class="figure__value">12</span>' in page
    assert (
        "Corrected to 14 by the claim. Band 2 of 5 (from 12 months). Required value 12 months: met." in page
    )
    assert f'data="/cases/{case.reference}/dossier/evidence/E14/file/' in page
    assert "Indicator 15 of 31" in page
    # the evidence of the indicator stands first among what can be ticked
    ticks = re.findall(r'<input type="checkbox" name="evidence" value="(E\d\d)"', page)
    assert (ticks[0], len(ticks)) == ("E14", 22)


def test_a_rating_is_saved_and_goes_on(site: Site, case: Case, sample: Sample) -> None:
    client = site.client("expert-a")
    data = {
        "rating": "4", "reason": "Two goals.", "recommendation": "Go on.", "evidence": ["E01"], "version": "0", "go": "next",
    }  # fmt: skip
    response = client.post(url(case, RATED), data)
    assert response.headers["Location"] == url(case, "4.3")
    row = Rating.objects.get(seat__expert=sample.people["expert-a"], indicator=RATED)
    assert (row.rating, row.reason, row.recommendation, row.evidence, row.version) == (
        4, "Two goals.", "Go on.", ["E01"], 1,
    )  # fmt: skip


def test_a_measured_indicator_follows_or_corrects(site: Site, case: Case) -> None:
    client = site.client("expert-a")
    client.post(
        url(case, MEASURED), {"answer": "corrected", "value": "11.5", "reason": "Late.", "version": "0"}
    )
    assert Rating.objects.get(indicator=MEASURED, reason="Late.").value == Decimal("11.5")
    client.post(url(case, MEASURED), {"answer": "follows", "version": "1"})
    row = Rating.objects.get(indicator=MEASURED, seat__expert__name="Anna Keller")
    assert (row.follows_records, row.value, row.version) == (True, None, 2)
    for data, words in (
        ({"answer": "corrected", "version": "2"}, "Write the value that is right."),
        ({"answer": "follows", "value": "3", "version": "2"}, "Either the records are followed"),
    ):
        response = client.post(url(case, MEASURED), data)
        assert response.status_code == 422
        assert words in response.content.decode()


@pytest.mark.parametrize("data", [{"rating": "6"}, {"rating": "-1"}, {"rating": "x"}, {"evidence": ["E99"]}])
def test_what_the_indicator_cannot_have_is_refused(site: Site, case: Case, data: dict[str, object]) -> None:
    response = site.client("expert-a").post(url(case, RATED), {"version": "0", "reason": "kept text", **data})
    assert response.status_code == 422
    assert "kept text" in response.content.decode()
    assert not Rating.objects.filter(seat__case=case).exists()


def test_a_second_edit_is_shown_both_versions(site: Site, case: Case) -> None:
    client = site.client("expert-a")
    client.post(url(case, RATED), {"rating": "4", "reason": "First.", "version": "0"})
    stale = {"rating": "2", "reason": "From the other tab.", "version": "0"}
    response = client.post(url(case, RATED), stale)
    page = response.content.decode()
    assert response.status_code == 409
    assert "First." in page
    assert "From the other tab." in page
    assert Rating.objects.get(seat__case=case).rating == 4
    # the same said twice is no conflict: a draft that saved itself, then the button
    again = client.post(url(case, RATED), {"rating": "4", "reason": "First.", "version": "0"})
    assert again.status_code == 302
    client.post(url(case, RATED), {**stale, "version": "1"})
    assert Rating.objects.get(seat__case=case).rating == 2


def test_autosave_answers_with_a_fragment(site: Site, case: Case) -> None:
    client = site.client("expert-a")
    htmx = {"HX-Request": "true"}
    saved = client.post(url(case, RATED), {"rating": "4", "version": "0"}, headers=htmx).content.decode()
    assert 'name="version" id="id_version" value="1" hx-swap-oob="true"' in saved
    assert "<html" not in saved
    lost = client.post(url(case, RATED), {"rating": "1", "version": "0"}, headers=htmx).content.decode()
    assert "a newer version was saved elsewhere" in lost


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("expert-c", 404),
        ("manager", 403),
        ("team", 403),
        ("secretariat", 403),
        ("decider", 404),
        ("agency", 404),
    ],
)
def test_nobody_else_opens_ratings(site: Site, case: Case, login: str, status: int) -> None:
    client = site.client(login)
    for part in (f"ratings/{RATED}/", "ratings/", "offline/", "offline/package.zip"):
        assert client.get(f"/cases/{case.reference}/{part}").status_code == status, part


def test_a_decider_never_opens_ratings(site: Site) -> None:
    case = site.case("deciding")
    client = site.client("decider")
    assert client.get(f"/cases/{case.reference}/ratings/").status_code == 403
    assert client.get(f"/cases/{case.reference}/consensus/").status_code == 200


def test_after_submission_all_is_read_only_with_its_seal(site: Site, case: Case, sample: Sample) -> None:
    rate_all(sample, case, "expert-a", 0)
    client = site.client("expert-a")
    before = client.get(f"/cases/{case.reference}/ratings/").content.decode()
    assert "Everything is rated, each with its reason." in before
    submit_ratings(case=case, by=sample.by("expert-a"))
    page = client.get(f"/cases/{case.reference}/ratings/").content.decode()
    seal = latest(case, "ratings", seat=case.seats.get(expert=sample.people["expert-a"]))
    assert seal is not None
    assert seal.digest in page
    assert "The consensus opens when all have submitted." in page
    assert "Jan Novák" not in page
    assert client.post(url(case, RATED), {"rating": "1", "version": "1"}).status_code == 403
    assert client.get(f"/cases/{case.reference}/consensus/").status_code == 403


def test_what_is_missing_is_told(site: Site, case: Case, sample: Sample) -> None:
    rate_all(sample, case, "expert-a", 0)
    Rating.objects.filter(seat__case=case, indicator="2.3").delete()
    Rating.objects.filter(seat__case=case, indicator=RATED).update(reason="")
    page = site.client("expert-a").get(f"/cases/{case.reference}/ratings/").content.decode()
    assert "29 of 31 rated" in page
    assert "Not yet rated: 2.3." in page
    assert f"Rated without a reason: {RATED}." in page


def test_pages_ask_a_fixed_number_of_queries(
    site: Site, case: Case, sample: Sample, django_assert_num_queries: Callable[..., object]
) -> None:
    client = site.client("expert-a")
    counts = []
    for _turn in range(2):
        for part in (f"ratings/{RATED}/", "ratings/", "questions/", "offline/"):
            with django_assert_num_queries(15, exact=False) as asked:  # type: ignore[attr-defined] # pytest-django's
                client.get(f"/cases/{case.reference}/{part}")
            counts.append(len(asked))
        rate_all(sample, case, "expert-a", 0)
    assert counts[:4] == counts[4:]


def test_evidence_opens_in_the_page_or_downloads(site: Site, case: Case) -> None:
    client = site.client("expert-a")
    pdf = client.get(f"/cases/{case.reference}/dossier/evidence/E14/file/")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "frame-ancestors 'self'" in pdf.headers["Content-Security-Policy"]
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined] # it streams
    assert client.get(f"/cases/{case.reference}/dossier/evidence/E99/file/").status_code == 404
    assert (
        site.client("expert-c").get(f"/cases/{case.reference}/dossier/evidence/E14/file/").status_code == 404
    )
