"""Claims are drafts with versions: nothing is overwritten unseen, nothing is said that the scheme cannot hear."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clustermark.ground.problems import ProblemsError
from clustermark.web.cases.domain.acting import Refused
from clustermark.web.cases.domain.claiming import record_claim
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.queries.scorecards import claim_card
from clustermark.web.seeding import Sample
from tests.web.cases.site import Site

STATES = ("draft",)

RATED, MEASURED = "4.1.1", "2.5"


def test_a_claim_counts_in_the_next_scorecard(site: Site, sample: Sample) -> None:
    case = site.case("draft")
    before, _problems = claim_card(case)
    assert before is not None
    assert (before.indicator(RATED).value, before.indicator(RATED).points, before.points) == (5, 5, 118)

    row = record_claim(
        case=case, indicator=RATED, by=sample.by("team"), rating=2, reason=" Two workshops. ", version=1
    )

    assert (row.rating, row.reason, row.version, row.edited_by) == (
        2,
        "Two workshops.",
        2,
        sample.people["team"],
    )
    after, _problems = claim_card(case)
    assert after is not None
    assert (after.indicator(RATED).value, after.indicator(RATED).points, after.points) == (2, 2, 115)


def test_a_corrected_value_replaces_the_measured_one(site: Site, sample: Sample) -> None:
    case = site.case("draft")
    record_claim(
        case=case,
        indicator=MEASURED,
        by=sample.by("manager"),
        value=Decimal("49.5"),
        reason="Two are counted twice.",
    )
    card, _problems = claim_card(case)
    assert card is not None
    score = card.indicator(MEASURED)
    # bands begin at 20, 35, 50, 65 and 80
    assert (score.value, score.value_from, score.band) == (Decimal("49.5"), "claim", 2)


def test_the_second_of_two_editors_is_told(site: Site, sample: Sample) -> None:
    case = site.case("draft")
    record_claim(case=case, indicator=RATED, by=sample.by("manager"), rating=4, reason="Mine.", version=1)
    with pytest.raises(Conflict) as conflict:
        record_claim(case=case, indicator=RATED, by=sample.by("team"), rating=3, reason="Other.", version=1)
    assert (conflict.value.saved.rating, conflict.value.saved.reason) == (4, "Mine.")
    assert case.claims.get(indicator=RATED).rating == 4


def test_two_who_save_the_same_do_not_conflict(site: Site, sample: Sample) -> None:
    case = site.case("draft")
    for login in ("manager", "team"):
        record_claim(case=case, indicator=RATED, by=sample.by(login), rating=4, reason="Same.", version=1)
    assert case.claims.get(indicator=RATED).version == 2


@pytest.mark.parametrize(
    ("indicator", "said", "code"),
    [
        (RATED, {"rating": 6}, "rating-range"),
        (RATED, {"value": Decimal(3)}, "rating-kind"),
        (MEASURED, {"rating": 3}, "rating-kind"),
        (MEASURED, {"value": Decimal("1.00001")}, "value-unfit"),
        (MEASURED, {"value": Decimal("NaN")}, "value-unfit"),
    ],
)
def test_what_the_indicator_cannot_be_is_refused(
    site: Site, sample: Sample, indicator: str, said: dict[str, Decimal | int], code: str
) -> None:
    case = site.case("draft")
    before = list(case.claims.values_list("indicator", "rating", "value", "version"))
    with pytest.raises(ProblemsError) as error:
        record_claim(case=case, indicator=indicator, by=sample.by("manager"), **said)  # type: ignore[arg-type] # one of two
    assert [problem.code for problem in error.value.problems] == [code]
    assert list(case.claims.values_list("indicator", "rating", "value", "version")) == before


def test_a_sealed_dossier_takes_no_claim(site: Site, sample: Sample) -> None:
    case = site.case("submitted")
    with pytest.raises(Refused) as refused:
        record_claim(case=case, indicator=RATED, by=sample.by("manager"), rating=1)
    assert refused.value.denied.code == "wrong-state"


@pytest.mark.parametrize("login", ["expert-a", "secretariat", "decider", "admin", "agency"])
def test_only_the_cluster_claims(site: Site, sample: Sample, login: str) -> None:
    case = site.case("draft")
    with pytest.raises(Refused):
        record_claim(case=case, indicator=RATED, by=sample.by(login), rating=1)
