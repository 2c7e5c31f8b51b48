"""Peers on the decision page: what one year tells stays, whoever is decided on meanwhile."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clustermark.analysis.disclosure import Ledger
from clustermark.ground.problems import Place
from clustermark.web.cases.domain import telling
from clustermark.web.cases.models import Case, PeerEdition
from clustermark.web.cases.queries import peers
from clustermark.web.cases.queries.scorecards import consensus_card
from tests.web.cases.site import Site

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What other tests remembered belongs to rows that are gone."""
    forget()


def forget() -> None:
    peers._reports.clear()
    telling._told.clear()


def decided(site: Site, count: int, *, since: int = 0) -> None:
    for number in range(since, since + count):
        site.case("decided", name=f"Cluster {number}")


def read(case: Case) -> peers.Benchmark:
    return peers.benchmark_of(case, consensus_card(case))


def test_what_a_year_tells_stays_until_the_next_one(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    case = site.case("deciding")
    decided(site, 5)
    assert read(case).why.startswith("Clusters decided on under this scheme so far: 5. Figures")
    assert PeerEdition.objects.count() == 0
    decided(site, 1, since=5)
    first = read(case).report
    assert first is not None
    assert first.edition == timezone.localdate().year
    assert {item.peers.n for item in first.comparisons if item.peers.n} == {6}
    decided(site, 7, since=6)
    forget()
    assert read(case).report == first
    kept = PeerEdition.objects.get()
    assert len(kept.records) == 6
    ledger = Ledger.of_text(kept.ledger, Place("ledger"))
    assert len(ledger.clusters()) == 6
    later = date(timezone.localdate().year + 1, 2, 1)
    monkeypatch.setattr(telling, "today", lambda: later)
    second = read(case).report
    assert second is not None
    assert second.edition == later.year
    assert {item.peers.n for item in second.comparisons if item.peers.n} == {13}
    assert len(Ledger.of_text(PeerEdition.objects.get(year=later.year).ledger, Place("ledger")).releases) == 2


def test_nothing_is_shown_where_the_ledger_cannot_be_read(site: Site) -> None:
    case = site.case("deciding")
    decided(site, 7)
    assert read(case).report is not None
    kept = PeerEdition.objects.get()
    kept.ledger = kept.ledger[:-40]
    kept.save()
    forget()
    assert read(case) == peers.Benchmark(None, "The disclosure ledger cannot be read, so nothing is shown.")


def test_a_scheme_has_one_edition_a_year(site: Site) -> None:
    case = site.case("deciding")
    decided(site, 6)
    assert read(case).report is not None
    kept = PeerEdition.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        PeerEdition.objects.create(
            scheme=kept.scheme, year=kept.year, told_at=kept.told_at, records=[], ledger=kept.ledger
        )
