"""When a pair of status lists is full, the next is begun; every certificate stays where it was placed."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from clustermark.certificates import jws
from clustermark.certificates.online import verify_online
from clustermark.certificates.status import MIN_BITS, Purpose, StatusList, read_status_list
from clustermark.web.accounts.people import today
from clustermark.web.files.store import BlobStore
from clustermark.web.register.domain.allotting import MOST_IN_A_LIST, free_place, take_place
from clustermark.web.register.domain.issuing import issue_certificate
from clustermark.web.register.domain.living import reinstate_award, suspend_award, withdraw_award
from clustermark.web.register.models import Award, StatusPlace
from clustermark.web.register.queries.checking import check
from clustermark.web.register.queries.signing import key_document, list_address, list_numbers, signed_list
from clustermark.web.register.queries.whole import head
from clustermark.web.seeding import Sample, sample_case
from tests.web.register.test_pages import synthetic

__all__ = ["synthetic"]

STATES = ("decided",)


def published(purpose: Purpose, number: int) -> StatusList:
    """The list as anyone fetches it."""
    address = list_address(purpose, number)
    answer = Client().get(urlsplit(address).path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/vc+jwt")
    found = read_status_list(jws.read(answer.content.decode()).payload)
    assert (found.address, found.purpose, found.length) == (address, purpose, MIN_BITS)
    return found


def test_places_roll_to_the_next_list_when_one_is_full(synthetic: None) -> None:
    awards = list(Award.objects.order_by("pk")[:12])
    for award in awards[:5]:
        take_place(award, free_place(most=5))
    before = list(StatusPlace.objects.order_by("pk").values())
    for award in awards[5:]:
        take_place(award, free_place(most=5))
    places = StatusPlace.objects.order_by("pk")
    assert Counter(place.list_number for place in places) == {1: 5, 2: 5, 3: 2}
    assert len({(place.list_number, place.index) for place in places}) == 12
    assert all(0 <= place.index < MIN_BITS for place in places)
    assert list(places.values())[:5] == before
    assert list_numbers() == [1, 2, 3]
    assert MOST_IN_A_LIST == 65_536


def test_a_place_is_given_once(synthetic: None) -> None:
    first, second = Award.objects.order_by("pk")[:2]
    taken = take_place(first, free_place())
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusPlace.objects.create(award=second, list_number=taken.list_number, index=taken.index)
    # the same index of another list is another place
    StatusPlace.objects.create(award=second, list_number=2, index=taken.index)


def test_every_list_is_served_signed_and_marks_its_own(award: Award, sample: Sample, synthetic: None) -> None:
    old_token = award.files.get().token
    by = sample.by("secretariat")
    # the first list is full with one; what is issued from now on has its place in the second
    take_place(Award.objects.exclude(pk=award.pk).earliest("pk"), free_place(most=1))
    later = issue_certificate(
        case=sample_case(sample, to="decided"),
        by=by,
        languages=("en",),
        immediately=True,
        reason="The cluster waived its right to appeal.",
    )
    assert (award.status_place.list_number, later.status_place.list_number) == (1, 2)
    entries = jws.read(later.files.get().token).payload["credentialStatus"]
    assert [entry["statusListCredential"] for entry in entries] == [
        list_address("revocation", 2),
        list_address("suspension", 2),
    ]
    assert award.files.get().token == old_token
    assert list_address("revocation", 1).endswith("/status/revocation")

    standings(award, later, "valid", "valid")
    suspend_award(award=later, by=by, until=today() + timedelta(days=60), reason="Papers are missing.")
    assert published("suspension", 2).marked == {later.status_place.index}
    standings(award, later, "valid", "suspended")
    reinstate_award(award=later, by=by, reason="They came.")
    withdraw_award(award=later, by=by, reason="It was obtained with false papers.")
    standings(award, later, "valid", "revoked")
    assert published("revocation", 2).marked == {later.status_place.index}
    assert published("suspension", 2).marked == set()
    withdraw_award(award=award, by=by, reason="It was obtained with false papers.")
    standings(award, later, "revoked", "revoked")
    assert published("revocation", 1).marked == {award.status_place.index}
    assert published("revocation", 2).marked == {later.status_place.index}


def standings(first: Award, second: Award, *wanted: str) -> None:
    """What this site says of both PDFs, and what somebody far away finds with nothing but the key document."""
    document = key_document()
    assert document is not None
    now = datetime.now(UTC)

    def get(address: str) -> bytes:
        answer = Client().get(urlsplit(address).path)
        assert answer.status_code == 200
        return answer.content

    for award, standing in zip((first, second), wanted, strict=True):
        with BlobStore().open(award.files.get().pdf_id) as kept:
            data = kept.read()
        assert check(data, now=now).standing == standing
        assert verify_online(data, documents=[document], now=now, get=get).standing == standing


def test_a_signed_list_is_kept_and_lists_that_are_not_there_are_not_found(award: Award) -> None:
    take_place(
        Award.objects.create(number="X-1", holder="x", holder_id="x", level="bronze", mark="synthetic"),
        free_place(most=1),
    )
    now, at = datetime.now(UTC), head()
    for number in (1, 2):
        assert signed_list("revocation", number, at=at, now=now) is signed_list(
            "revocation", number, at=at, now=now
        )
        published("revocation", number)
        published("suspension", number)
    assert signed_list("revocation", 1, at=at, now=now) != signed_list("revocation", 2, at=at, now=now)
    for place in (
        "revocation/3",
        "revocation/0",
        "revocation/1",
        "suspension/99999999999",
        "other",
        "other/2",
    ):
        assert Client().get(f"/status/{place}").status_code == 404, place
