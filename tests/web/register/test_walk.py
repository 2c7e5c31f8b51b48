"""A life walked through the pages, as the secretariat and the holder see it at each step."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case, Item
from clustermark.web.register.models import Award, IssuerKeys
from clustermark.web.seeding import Sample
from tests.web.conftest import SignIn

STATES = ("decided",)


def test_a_conditional_award_a_change_a_suspension_and_a_void_certificate(
    sample: Sample, decided: Case, keys: IssuerKeys, sign_in: SignIn
) -> None:
    office, holder = sign_in(sample.people["secretariat"]), sign_in(sample.people["manager"])
    Item.objects.create(
        case=decided,
        kind=Item.Kind.CONDITION,
        text="Show the signed agreement with the region.",
        due_on=today() + timedelta(days=60),
        stated_by=sample.people["decider"],
    )
    office.post(
        f"/office/register/issue/{decided.reference}/",
        {"languages": ["en"], "conditional": "on", "immediately": "on", "reason": "The cluster waived it."},
    )
    award = Award.objects.get()
    mine, theirs = f"/certificates/{award.number}/", f"/office/register/{award.number}/"

    def seen(client: Client, place: str) -> str:
        return client.get(place).content.decode()

    # under a condition: both see which
    assert "valid under a condition" in seen(holder, mine)
    assert "Show the signed agreement with the region." in seen(holder, mine)
    assert "Show the signed agreement with the region." in seen(office, theirs)
    assert award.valid_until is not None
    until = award.valid_until + timedelta(days=30)
    said = {"until": until.isoformat(), "reason": "The agreement was shown."}
    assert office.post(f"{theirs}extend/", said).status_code == 302
    assert "<strong>valid</strong>" in seen(holder, mine)
    assert "Conditions of the award" not in seen(holder, mine)
    assert office.post(f"{theirs}extend/", said).status_code == 422

    # a change that asks for a review, and one that does not
    assert "Merger or split (the secretariat reviews it)" in seen(holder, mine)
    assert "Seat or address</option>" in seen(holder, mine)
    for change in ("merger", "address"):
        assert holder.post(mine, {"change": change, "reason": f"See the {change}."}).status_code == 302
    page = seen(holder, mine)
    assert page.count("under review") == 1
    assert page.count(">noted<") == 1
    page = seen(office, theirs)
    assert "<strong>Merger or split</strong>" in page
    assert "<strong>change reported</strong> (Seat or address)" in page
    assert "Merger or split" in seen(office, f"{theirs}surveillance_done/")
    assert office.post(f"{theirs}surveillance_done/", {"reason": "Papers seen."}).status_code == 302
    assert "under review" not in seen(holder, mine)
    assert "Reported and to be reviewed" not in seen(office, theirs)

    # suspended: the holder is told why, the public is not
    term = {"until": (today() + timedelta(days=30)).isoformat(), "reason": "Accounts are missing."}
    assert office.post(f"{theirs}suspend/", term).status_code == 302
    assert "Accounts are missing." in seen(holder, mine)
    assert "Accounts are missing." not in seen(Client(), f"/register/{award.number}/")
    assert office.post(f"{theirs}reinstate/", {"reason": "They came."}).status_code == 302
    assert "Accounts are missing." not in seen(holder, mine)

    # void from the start: on every day
    assert "also before today" in seen(office, f"{theirs}void/")
    assert office.post(f"{theirs}void/", {"reason": "The papers were forged."}).status_code == 302
    assert "declared void from the start" in seen(holder, mine)
    assert "The papers were forged." in seen(holder, mine)
    for day in (award.valid_from, until):
        shown = seen(Client(), f"/register/{award.number}/?on={day}")
        assert "<strong>void from the start</strong>" in shown
    assert office.post(f"{theirs}suspend/", term).status_code == 422
