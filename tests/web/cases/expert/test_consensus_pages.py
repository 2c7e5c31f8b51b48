"""The consensus: differences first, edited by both, points live, agreed by each, then sealed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from clustermark.web.cases.domain.consensus import record_consensus
from clustermark.web.cases.models import Case, Consensus
from clustermark.web.cases.queries.scorecards import consensus_card, submitted_seats
from clustermark.web.cases.queries.side_by_side import agreement_of_case, largest_first, sides_of
from clustermark.web.seeding import Sample
from tests.web.cases.site import Site

STATES = ("consensus",)

DIFFER = ["2.4", "4.1.1", "4.1.3", "4.1.4", "4.2"]


@pytest.fixture
def case(site: Site) -> Case:
    return site.case("consensus")


def url(case: Case, code: str = "") -> str:
    return f"/cases/{case.reference}/consensus/" + (f"{code}/" if code else "")


def test_differences_stand_first(site: Site, case: Case) -> None:
    page = site.client("expert-a").get(url(case)).content.decode()
    codes = re.findall(rf'href="{url(case)}([^/"]+)/"', page)
    assert codes[:5] == DIFFER
    assert len(codes) == 31
    only = site.client("expert-a").get(url(case) + "?show=differs").content.decode()
    assert re.findall(rf'href="{url(case)}([^/"]+)/"', only) == DIFFER
    card = consensus_card(case)
    assert card is not None
    assert f'<span class="figure__value">{card.points}</span>' in page
    assert "2.4, 4.1.1, 4.1.3, 4.1.4" in page
    assert "The experts gave 1 of 6 indicators the same rating; they stand furthest apart, by 1 step" in page


def test_sides_are_ordered_by_how_far_apart(case: Case) -> None:
    seats = submitted_seats(case)
    sides = sides_of(case, seats, list(case.consensus.all()))
    assert [side.code for side in largest_first(sides) if side.differs] == DIFFER
    assert {side.apart for side in sides if side.differs} == {1}
    agreed = agreement_of_case(case, seats)
    assert agreed is not None
    assert [row.apart for row in agreed.panel.indicators].count(1) == 5
    assert round(agreed.coefficients[0].estimate.value or 0, 4) == 0.1667


def test_what_no_expert_said_needs_a_reason(site: Site, case: Case) -> None:
    client = site.client("expert-a")
    client.post(url(case, "4.2"), {"rating": "5", "version": "0"})
    row = Consensus.objects.get(case=case, indicator="4.2")
    assert (row.rating, row.edited_by) == (5, case.seats.get(expert__name="Anna Keller").expert)
    assert "needs a reason" in client.get(url(case, "4.2")).content.decode()
    assert "Differs from both ratings without a reason: 4.2." in client.get(url(case)).content.decode()
    client.post(url(case, "4.2"), {"rating": "5", "reason": "Seen together.", "version": "1"})
    assert "Differs from both" not in client.get(url(case)).content.decode()


def test_recommendations_are_put_together(site: Site, case: Case) -> None:
    for seat in case.seats.all():
        seat.ratings.filter(indicator="4.2").update(recommendation=f"Seat {seat.expert.name}.")
    page = site.client("expert-a").get(url(case, "4.2")).content.decode()
    assert "Seat Anna Keller.\nSeat Jan Novák." in page


def test_the_second_editor_is_shown_both(site: Site, case: Case, sample: Sample) -> None:
    record_consensus(
        case=case, indicator="4.2", by=sample.by("expert-b"), rating=3, reason="Theirs.", version=0
    )
    response = site.client("expert-a").post(
        url(case, "4.2"), {"rating": "2", "reason": "Mine.", "version": "0"}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "Theirs." in page
    assert "Mine." in page
    assert "Jan Novák" in page
    assert Consensus.objects.get(case=case, indicator="4.2").rating == 3


def test_a_row_is_edited_in_place(site: Site, case: Case) -> None:
    client = site.client("expert-a")
    htmx = {"HX-Request": "true"}
    form = client.get(url(case, "4.2"), headers=htmx).content.decode()
    assert form.startswith('<tr id="row-4-2e-2">')
    saved = client.post(
        url(case, "4.2"), {"rating": "3", "reason": "So.", "version": "0"}, headers=htmx
    ).content.decode()
    assert '<tr id="row-4-2e-2"' in saved
    assert 'id="standing" hx-swap-oob="true"' in saved
    assert "27 / 31" in saved


def test_both_agree_and_it_is_sealed(site: Site, case: Case, sample: Sample) -> None:
    client = site.client("expert-a")
    agree = f"/cases/{case.reference}/acts/agree_consensus/"
    assert client.post(agree).status_code == 422
    for code in DIFFER:
        record_consensus(case=case, indicator=code, by=sample.by("expert-a"), rating=3, reason="Agreed.")
    client.post(agree)
    page = site.client("expert-b").get(url(case)).content.decode()
    assert page.count('<span class="badge badge--good">agreed</span>') == 1
    # any later edit undoes an agreement
    record_consensus(case=case, indicator="4.2", by=sample.by("expert-b"), rating=2, reason="No, 2.")
    assert '<span class="badge badge--good">agreed</span>' not in client.get(url(case)).content.decode()
    client.post(agree)
    site.client("expert-b").post(agree)
    case.refresh_from_db()
    assert case.state == "reporting"
    assert client.post(url(case, "4.2"), {"rating": "1", "version": "2"}).status_code == 403


@pytest.mark.parametrize(
    ("login", "status"), [("manager", 403), ("expert-c", 404), ("decider", 404), ("secretariat", 200)]
)
def test_who_sees_the_consensus(site: Site, case: Case, login: str, status: int) -> None:
    response = site.client(login).get(url(case))
    assert response.status_code == status
    # the secretariat sees what is agreed, not who said what
    assert "Anna Keller" not in response.content.decode()


def test_the_page_asks_a_fixed_number_of_queries(
    site: Site, case: Case, django_assert_num_queries: Callable[..., object]
) -> None:
    client = site.client("expert-a")
    counts = []
    for code in ("", "4.2"):
        with django_assert_num_queries(18, exact=False) as asked:  # type: ignore[attr-defined] # pytest-django's
            client.get(url(case, code))
        counts.append(len(asked))
    assert max(counts) <= 15, counts
