"""The national schemes on small dossiers: each condition just met, and just missed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clustermark.dossiers.dossier import Dossier, Row
from tests.builders import AS_OF, dossier, participant, rows
from tests.scoring.library_cases import card, gates, level, loaded, many, with_profile


def person(key: str, **values: Any) -> dict[str, Any]:
    base = {"person_id": key, "name": key, "role": "manager", "fte": Decimal(1), "manager": True}
    return {**base, "started_on": date(2020, 1, 1), **values}


def held(**values: Any) -> dict[str, Any]:
    """Bronze, valid on the reference date."""
    base = {"label_id": "L1", "scheme": "ecei-bronze-2019", "level": "bronze"}
    return {**base, "assessed_on": date(2024, 10, 12), "valid_until": date(2026, 10, 31), **values}


def agreed(values: Mapping[str, Any], *, rating: bool = False) -> tuple[Row, ...]:
    """A consensus on each code: a rating, or a corrected value."""
    field = "rating" if rating else "value"
    return rows(
        *(
            {"indicator": code, "view": "consensus", field: value, "rated_on": AS_OF}
            for code, value in values.items()
        )
    )


# --- Denmark --------------------------------------------------------------------------------------------------


def danish(fte: str = "1", companies: int = 20, **label: Any) -> Dossier:
    return dossier(
        participants=rows(*many(companies), *many(3, 500, type="research")),
        team=rows(person("T1", fte=Decimal(fte))),
        labels=rows(held(**label)),
    )


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({}, []),
        ({"fte": "0.99"}, ["staff"]),
        ({"companies": 19}, ["companies"]),
        ({"valid_until": AS_OF}, []),
        ({"valid_until": date(2025, 10, 25)}, ["label_held"]),
        ({"valid_until": None}, ["label_held"]),  # until when it is valid must be stated
        ({"assessed_on": date(2025, 10, 27)}, ["label_held"]),
        ({"scheme": "ecei-gold-2013", "level": "gold"}, []),
        ({"scheme": "another-label"}, ["label_held"]),
    ],
)
def test_denmark_at_its_limits(change: dict[str, Any], missed: list[str]) -> None:
    one = danish(**change)
    assert [gate for gate, met in gates("dk-national", one).items() if not met] == missed
    assert level("dk-national", one) == (None if missed else "national_cluster")


# --- Catalonia ------------------------------------------------------------------------------------------------


def catalan(
    *,
    companies: int = 20,
    turnover: str = "100000000",
    currency: str | None = "EUR",
    plan: tuple[date, date] = (date(2023, 1, 1), date(2025, 12, 31)),
    manager: Mapping[str, Any] | None = None,
    votes: tuple[int, int] = (2, 1),
    bronze: bool = True,
) -> Dossier:
    """Exactly at every limit; `votes` of companies and of others on the board."""
    people = many(companies, turnover=Decimal(0))
    people[0]["turnover"] = Decimal(turnover)
    people.append(participant("U1", type="education", turnover=Decimal(10**9)))
    holders = ["P000"] * votes[0] + ["U1"] * votes[1]
    seats = [
        {"seat_id": f"S{i}", "body_id": "B1", "participant_id": holder, "voting": True}
        for i, holder in enumerate(holders)
    ]
    seats.append({"seat_id": "S9", "body_id": "B1", "participant_id": "U1", "voting": False})
    strategy = {"document_id": "D1", "kind": "strategy", "title": "S", "dated_on": plan[0]}
    one = dossier(
        participants=rows(*people),
        team=rows(person("T1", **{"independent": True, **(manager or {})})),
        documents=rows({**strategy, "valid_until": plan[1]}),
        bodies=rows({"body_id": "B1", "name": "Board", "kind": "board", "governing": True}),
        seats=rows(*seats),
        labels=rows(*([held()] if bronze else [])),
    )
    return with_profile(one, currency=currency)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "accredited"),
        ({"companies": 19}, None),
        ({"turnover": "99999999.99"}, None),
        ({"currency": "PLN"}, None),  # a hundred million of another currency
        ({"currency": None}, None),
        ({"plan": (date(2023, 1, 1), date(2025, 12, 30))}, None),
        ({"plan": (date(2022, 1, 1), date(2025, 10, 25))}, None),  # has run out
        ({"manager": {"fte": Decimal("0.9")}}, None),
        ({"manager": {"independent": False}}, None),
        ({"manager": {"independent": None}}, None),
        ({"manager": {"manager": False}}, None),
        ({"votes": (2, 2)}, None),
        ({"bronze": False}, None),
    ],
)
def test_catalonia_at_its_limits(change: dict[str, Any], expected: str | None) -> None:
    assert level("es-ct-catalonia", catalan(**change)) == expected


# --- Portugal -------------------------------------------------------------------------------------------------


def portuguese(
    exports: str | None,
    turnover: str,
    added: str | None,
    *,
    currency: str = "EUR",
    second: Mapping[str, Any] | None = None,
) -> Dossier:
    """One firm with these sums, the turnover of four years being four times that of one; and a second."""
    firm = {
        "exports": None if exports is None else Decimal(exports),
        "turnover": Decimal(turnover),
        "turnover_4_years": 4 * Decimal(turnover),
        "value_added_4_years": None if added is None else Decimal(added),
    }
    one = dossier(participants=rows(participant("P1", **firm), participant("P2", **(second or {}))))
    return with_profile(one, currency=currency)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (portuguese("350000000", "500000000", "345000000"), "consolidated"),
        (portuguese("349999999.99", "500000000", "345000000"), "emerging"),
        (portuguese("350000000", "500000000", "344990000"), "emerging"),
        (portuguese("350000000", "500000000", None), "emerging"),
        (portuguese("350000000", "500000000", "345000000", currency="PLN"), "emerging"),
        (portuguese("50", "500", "1"), "emerging"),
        (portuguese("49.99", "500", "1"), None),
        (portuguese(None, "500", "345"), None),
        # exports of ten per cent of everything, but not where a firm hides what it sells
        (portuguese("40", "500", "1", second={"exports": Decimal(60)}), None),
        (portuguese("40", "500", "1", second={"exports": Decimal(60), "turnover": Decimal(500)}), "emerging"),
        # consolidated without a tenth exported
        (portuguese("350000000", "4000000000", "2800000000"), "consolidated"),
    ],
)
def test_portugal_has_two_tracks(one: Dossier, expected: str | None) -> None:
    assert level("pt-clusters-2015", one) == expected


def test_a_loss_lowers_the_value_added_of_all() -> None:
    second = {"turnover_4_years": Decimal(400), "value_added_4_years": Decimal(-40)}
    one = portuguese("1", "100", "80", second=second)
    assert card("pt-clusters-2015", one).indicator("PT-1.2").value == 5


# --- Türkiye --------------------------------------------------------------------------------------------------


def turkish(
    *,
    chamber: str = "industry",
    exists: bool | None = None,
    university: Mapping[str, Any] | None = None,
    firms: int = 20,
) -> Dossier:
    people = [
        *many(firms, core_activity=True),
        *many(9, 500),  # of which it is not stated
        participant("C1", type="association", chamber=chamber, commitment="none"),
        participant("U1", **{"type": "education", "knowledge_provider": True, **(university or {})}),
    ]
    return with_profile(dossier(participants=rows(*people)), industry_chamber_in_area=exists)


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({}, []),
        ({"chamber": "commerce_and_industry", "exists": False}, []),
        ({"chamber": "commerce_and_industry", "exists": True}, ["chamber"]),
        ({"chamber": "commerce_and_industry"}, ["chamber"]),
        ({"chamber": "commerce", "exists": False}, ["chamber"]),
        ({"university": {"knowledge_provider": False}}, ["university"]),
        ({"university": {"left_on": date(2025, 10, 26)}}, ["university"]),
        ({"firms": 19}, ["firms"]),
    ],
)
def test_turkiye_at_its_limits(change: dict[str, Any], missed: list[str]) -> None:
    one = turkish(**change)
    assert [gate for gate, met in gates("tr-support", one).items() if not met] == missed
    assert level("tr-support", one) == (None if missed else "partnership")


# --- India ----------------------------------------------------------------------------------------------------


def indian(small: int = 20, listed: int = 0, *, study: date = AS_OF, form: str | None = "company") -> Dossier:
    people = [*many(small, size="small"), *many(listed, 200, size="micro", listed_territory=True)]
    people += many(30, 500, size="medium", listed_territory=True)
    report = {"document_id": "D1", "kind": "diagnostic_study", "title": "Study", "dated_on": study}
    one = dossier(participants=rows(*people), documents=rows(report))
    return with_profile(one, legal_name="Vehicle", legal_form=form)


@pytest.mark.parametrize(
    ("one", "missed"),
    [
        (indian(), []),
        (indian(19), ["enterprises"]),
        (indian(0, 10), []),
        (indian(0, 9), ["enterprises"]),
        (indian(1, 10), ["enterprises"]),
        (indian(10, 10), []),
        (indian(study=date(2025, 10, 27)), ["study"]),
        (indian(form=None), ["vehicle"]),
    ],
)
def test_india_at_its_limits(one: Dossier, missed: list[str]) -> None:
    assert [gate for gate, met in gates("in-mse-cdp", one).items() if not met] == missed
    assert level("in-mse-cdp", one) == (None if missed else "eligible")


# --- Poland ---------------------------------------------------------------------------------------------------


def bands_of(scheme: str, bands: Mapping[str, int]) -> dict[str, Decimal]:
    """For each code the value at the edge of the band; 0 gives none."""
    edges = {item.code: item.bands for item in loaded(scheme).document.indicators}
    return {code: edges[code][band - 1] for code, band in bands.items() if band > 0}


AREAS = [f"PL-{area}.{number}" for area in range(1, 6) for number in (1, 2)]


def polish(members: int = 51, since: date = date(2022, 10, 26), **changed: int) -> Dossier:
    """Every indicator in band 3, which gives 30 points; `changed` names areas and numbers as `a1_1`."""
    bands = dict.fromkeys(AREAS, 3) | {
        f"PL-{key[1:].replace('_', '.')}": band for key, band in changed.items()
    }
    one = dossier(
        participants=rows(*many(members)), ratings=agreed(bands_of("pl-key-cluster", bands)), team=()
    )
    return with_profile(one, established_on=since)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (polish(), "key_cluster"),
        (polish(members=50), None),
        (polish(since=date(2022, 10, 27)), None),
        (polish(a1_1=2), "candidate"),  # 29 points
        (polish(a1_1=2, a2_1=4), "key_cluster"),
        (polish(a1_1=1, a2_1=5), "key_cluster"),  # four points in area 1
        (polish(a1_1=0, a2_1=5, a2_2=5), "candidate"),  # three points in area 1
        (polish(a5_1=2, a5_2=1, a2_1=5, a2_2=5), "candidate"),
    ],
)
def test_poland_scores_five_areas_after_the_formal_stage(one: Dossier, expected: str | None) -> None:
    assert level("pl-key-cluster", one) == expected


# --- Hungary --------------------------------------------------------------------------------------------------

CODES = [f"HU-{group}.{number}" for group in range(1, 5) for number in (1, 2)]


def hungarian(bands: Mapping[str, int], *, closed: bool = True, **profile: Any) -> Dossier:
    accounts = {"year": 2024, "kind": "income", "source": "other", "amount": Decimal(1), "closed": closed}
    one = dossier(
        finances=rows(accounts),
        team=rows(person("T1", ended_on=profile.pop("left", None))),
        ratings=agreed(bands_of("hu-accredited-2016", bands)),
    )
    stated = {"controlled_by_member": False, "managing_since": date(2024, 10, 26), **profile}
    return with_profile(one, **stated)


SIXTY = {"HU-2.1": 5, "HU-2.2": 5, "HU-3.1": 4, "HU-1.1": 4, "HU-1.2": 3}  # 15 + 15 + 12 + 10 + 8 = 60


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (hungarian(SIXTY), "accredited"),
        (hungarian({**SIXTY, "HU-1.2": 2}), None),
        (hungarian(SIXTY, closed=False), None),
        (hungarian(SIXTY, left=AS_OF), None),
        (hungarian(SIXTY, controlled_by_member=True), None),
        (hungarian(SIXTY, controlled_by_member=None), None),  # not stated is not "no"
        (hungarian(SIXTY, managing_since=date(2024, 10, 27)), None),
        (hungarian(SIXTY, managing_since=None), None),
    ],
)
def test_hungary_at_its_limits(one: Dossier, expected: str | None) -> None:
    assert level("hu-accredited-2016", one) == expected


def test_hungarian_points_stop_rising_at_the_cap() -> None:
    items = {item.code: item for item in loaded("hu-accredited-2016").document.indicators}
    beyond = {code: items[code].bands[-1] * 10 for code in CODES}
    one = dossier(ratings=agreed(beyond))
    found = card("hu-accredited-2016", one)
    assert [found.indicator(code).points for code in CODES] == [10, 10, 15, 15, 12, 12, 13, 13]
    assert (found.points, found.max_points) == (100, 100)


# --- level cuts on 1,000 points -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratings", "points", "expected"),
    [
        ((3, 3, 3, 0, 0), 300, None),
        ((3, 3, 3, 1, 0), 320, "above_300"),
        ((5, 5, 0, 0, 0), 400, "above_300"),
        ((5, 5, 1, 0, 0), 420, "above_400"),
        ((3, 3, 3, 3, 3), 500, "above_400"),
        ((3, 3, 3, 3, 4), 550, "above_500"),
        ((4, 4, 4, 4, 0), 600, "above_500"),
        ((4, 4, 4, 4, 1), 620, "above_600"),
        ((5, 5, 4, 4, 0), 700, "above_600"),
        ((5, 5, 4, 4, 1), 720, "above_700"),
        ((5, 5, 5, 5, 5), 1000, "above_700"),
    ],
)
def test_a_cut_is_passed_only_above_it(ratings: tuple[int, ...], points: int, expected: str | None) -> None:
    codes = ("E-1.1", "E-1.2", "E-1.3", "E-2.1", "E-2.2")
    one = dossier(ratings=agreed(dict(zip(codes, ratings, strict=True)), rating=True))
    found = card("efqm-levels", one)
    assert (found.points, found.level) == (points, expected)


# --- Baden-Württemberg ----------------------------------------------------------------------------------------

LABEL = "de-bw-cluster-excellence"


def swabian(lower: int, *, failed: str = "") -> Dossier:
    """Every indicator in band 4 (132 of 165 points), the last `lower` ones in 3; `failed` in band 1."""
    items = [item for item in loaded(LABEL).document.indicators if item.scored]
    bands = {item.code: 4 for item in items}
    bands |= {item.code: 3 for item in items[len(items) - lower :]}
    bands |= {code: 5 for code in ("1.1.2", "1.2", "2.1") if failed}  # the points stay: + 3 − 3
    bands |= {failed: 1} if failed else {}
    values = bands_of(LABEL, bands)
    rated = {item.code for item in items if item.scale == "rubric"}
    agreed_on = [
        *agreed({code: int(value) for code, value in values.items() if code in rated}, rating=True),
        *agreed({"1.1.0": Decimal(60)}),
        *agreed({code: value for code, value in values.items() if code not in rated}),
    ]
    return dossier(ratings=rows(*(row.values for row in agreed_on)))


@pytest.mark.parametrize(
    ("one", "points", "expected"),
    [
        (swabian(0), 132, "label"),
        (swabian(1), 131, None),
        (swabian(0, failed="2.5"), 132, None),  # a missed minimum is not bought by points
        (swabian(0, failed="2.3"), 132, "label"),  # below its required value, which is no minimum
    ],
)
def test_the_label_needs_four_fifths_and_the_minimums(
    one: Dossier, points: int, expected: str | None
) -> None:
    found = card(LABEL, one)
    assert (found.points, found.max_points, found.level) == (points, 165, expected)


def test_the_three_indicators_of_its_own() -> None:
    def line(source: str, amount: int) -> dict[str, Any]:
        return {"year": 2024, "kind": "income", "source": source, "amount": Decimal(amount), "closed": True}

    def service(key: str, held_on: date, field: str = "internationalisation") -> dict[str, Any]:
        return {"service_id": key, "title": key, "field": field, "delivered_on": held_on}

    partner = {"partner": "X", "partner_type": "cluster", "signed_on": date(2024, 1, 1)}
    one = dossier(
        finances=rows(line("membership_fees", 20), line("services", 15), line("sponsorship", 65)),
        services=rows(
            service("V1", date(2024, 10, 27)),
            service("V2", date(2024, 10, 26)),
            service("V3", AS_OF, "training"),
        ),
        agreements=rows(
            {**partner, "agreement_id": "G1", "country": "AT"},
            {**partner, "agreement_id": "G2", "country": "DE"},
        ),
    )
    found = card(LABEL, one)
    assert {code: found.indicator(code).value for code in ("N.1", "N.2", "N.3")} == {
        "N.1": 35,
        "N.2": 1,
        "N.3": 1,
    }
