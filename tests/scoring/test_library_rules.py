"""The rules of the shipped schemes on small dossiers: what counts, what does not, and every limit at its edge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clustermark.dossiers.dossier import Dossier, Row
from tests.builders import contact, dossier, participant, rows
from tests.scoring.library_cases import card, gates, level, many, with_profile

Tables = dict[str, tuple[Row, ...]]


# --- the platform profile, and Bronze which builds on it ------------------------------------------------------

PLATFORM = "eu-platform-profile"


def platform(
    *,
    fte: str = "0.5",
    members: int = 15,
    second: str = "research",
    agreement: bool = True,
    english: bool = True,
    news: date = date(2025, 9, 1),
    **profile: Any,
) -> Dossier:
    """Exactly at every limit of the profile, without a public body as member."""
    people = [*many(members - 1), *many(1, 900, type=second)]
    partner = {
        "agreement_id": "G1",
        "partner": "City",
        "partner_type": "public_body",
        "country": "DE",
        "signed_on": date(2024, 1, 1),
    }
    one = dossier(
        participants=rows(*people),
        team=rows(
            {
                "person_id": "T1",
                "name": "A",
                "role": "manager",
                "fte": Decimal(fte),
                "started_on": date(2020, 1, 1),
            }
        ),
        agreements=rows(*([partner] if agreement else [])),
        checks=rows(
            {"item": "web_english", "holds": english}, {"item": "web_news", "holds": True, "last_on": news}
        ),
    )
    return with_profile(one, **{"recognised_by_programme": False, "social_economy": False, **profile})


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({}, None),
        ({"fte": "0.49"}, "staff"),
        ({"members": 14}, "members"),
        ({"second": "company"}, "member_types"),
        ({"agreement": False}, "member_types"),
        ({"agreement": False, "second": "public_body"}, None),
        ({"english": False}, "english_website"),
        ({"news": date(2025, 4, 27)}, None),
        ({"news": date(2025, 4, 26)}, "english_website"),
    ],
)
def test_platform_profile_at_its_limits(change: dict[str, Any], missed: str | None) -> None:
    found = gates(PLATFORM, platform(**change))
    assert [gate for gate, met in found.items() if not met and gate != "waiver"] == [missed] * (
        missed is not None
    )
    assert level(PLATFORM, platform(**change)) == ("published_profile" if missed is None else None)


@pytest.mark.parametrize("waiver", ["recognised_by_programme", "social_economy"])
def test_the_waiver_stands_for_all_four_conditions(waiver: str) -> None:
    weak: dict[str, Any] = {"fte": "0.1", "members": 2, "agreement": False, "english": False}
    assert level(PLATFORM, platform(**weak)) is None
    assert level(PLATFORM, with_profile(platform(**weak), **{waiver: True})) == "published_profile"


@pytest.mark.parametrize(
    ("interview", "expected"),
    [
        (date(2025, 10, 26), "bronze"),
        (date(2024, 10, 27), "bronze"),
        (date(2024, 10, 26), None),
        (date(2025, 10, 27), None),
        (None, None),
    ],
)
def test_bronze_needs_an_interview_of_the_last_twelve_months(
    interview: date | None, expected: str | None
) -> None:
    held = [{"document_id": "D1", "kind": "interview", "title": "Interview", "dated_on": interview}]
    one = with_profile(platform(), legal_name="Test e. V.", legal_form="association")
    tables: Tables = {**one.tables, "documents": rows(*(held if interview else []))}
    assert level("ecei-bronze-2019", Dossier(source="test", tables=tables)) == expected


def test_the_waiver_of_bronze_does_not_replace_the_interview() -> None:
    one = with_profile(
        platform(members=1, recognised_by_programme=True), legal_name="Test", legal_form="association"
    )
    assert gates("ecei-bronze-2019", one)["eligible"] is True
    assert level("ecei-bronze-2019", one) is None


# --- Silver ---------------------------------------------------------------------------------------------------


def labels(*days: date, scheme: str = "ecei-bronze-2019") -> tuple[Row, ...]:
    return rows(
        *(
            {"label_id": f"L{i}", "scheme": scheme, "level": "bronze", "assessed_on": day}
            for i, day in enumerate(days)
        )
    )


@pytest.mark.parametrize(
    ("days", "held", "second"),
    [
        ((), False, False),
        ((date(2024, 1, 10),), True, False),
        ((date(2023, 6, 10), date(2024, 12, 9)), True, False),  # 17 full months
        ((date(2023, 6, 10), date(2024, 12, 10)), True, True),  # 18
        ((date(2023, 6, 10), date(2025, 7, 9)), True, True),  # 24
        ((date(2023, 6, 10), date(2025, 7, 10)), True, False),  # 25
        ((date(2016, 1, 1), date(2023, 6, 10), date(2025, 3, 1)), True, True),  # the last two count
        ((date(2025, 3, 1), date(2023, 6, 10)), True, True),  # in any order
        ((date(2024, 4, 1), date(2025, 10, 27)), True, False),  # the second lies after the reference date
    ],
)
def test_silver_asks_for_a_second_benchmarking_18_to_24_months_later(
    days: tuple[date, ...], held: bool, second: bool
) -> None:
    found = gates("ecei-silver-2017", dossier(labels=labels(*days)))
    assert (found["bronze_held"], found["second_benchmarking"]) == (held, second)


def test_a_bronze_of_another_scheme_is_no_bronze() -> None:
    one = dossier(labels=labels(date(2023, 6, 10), date(2025, 3, 1), scheme="other"))
    assert gates("ecei-silver-2017", one)["bronze_held"] is False


@pytest.mark.parametrize(
    ("codes", "validated", "met"),
    [("2.5 4.1.6 4.6.2", 3, True), ("2.5 4.1.6 4.6.2", 2, False), ("2.5 2.5 4.6.2", 3, False)],
)
def test_silver_asks_for_three_validated_improvements_of_three_indicators(
    codes: str, validated: int, met: bool
) -> None:
    named = [
        {"improvement_id": f"I{i}", "indicator": code, "title": "Better", "validated": i < validated}
        for i, code in enumerate(codes.split())
    ]
    assert gates("ecei-silver-2017", dossier(improvements=rows(*named)))["three_improvements"] is met


# --- Spain ----------------------------------------------------------------------------------------------------


def grouping(
    *,
    turnover: str = "300",
    companies: int = 5,
    votes: tuple[bool, ...] = (True, True),
    knowledge: tuple[bool, ...] = (True, True),
) -> Dossier:
    """`companies` of 100, with `turnover` of 1,000 together; one body for each entry of `votes`."""
    people = many(companies, turnover=Decimal(0))
    people[0]["turnover"] = Decimal(turnover)
    university = participant("U1", type="research", knowledge_provider=True)
    bodies = [
        {"body_id": f"B{i}", "name": f"Body {i}", "kind": "board", "governing": True}
        for i in range(len(votes))
    ]
    bodies.append({"body_id": "B9", "name": "Advisers", "kind": "advisory", "governing": False})
    seats = [
        {
            "seat_id": f"S{i}",
            "body_id": f"B{i}",
            "participant_id": "U1" if knowledge[i] else "P000",
            "voting": vote,
        }
        for i, vote in enumerate(votes)
    ]
    one = dossier(participants=rows(*people, university), bodies=rows(*bodies), seats=rows(*seats))
    return with_profile(one, sector_turnover=Decimal(1000), sector_companies=100)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "registered"),
        ({"turnover": "299.99"}, None),
        ({"turnover": "1", "companies": 10}, "registered"),
        ({"turnover": "1", "companies": 9}, None),
        ({"votes": (True, False)}, None),
        ({"knowledge": (True, False)}, None),
        ({"votes": (), "knowledge": ()}, None),
    ],
)
def test_spain_asks_for_any_share_and_every_body(change: Mapping[str, Any], expected: str | None) -> None:
    assert level("es-innovative-groupings", grouping(**change)) == expected


# --- Russia ---------------------------------------------------------------------------------------------------


def industrial(
    *,
    producers: int = 10,
    idle: int = 0,
    delivered: str = "200",
    listed: int = 0,
    unbound: int = 0,
    outsider: bool = False,
) -> Dossier:
    """A chain of deliveries: all of `delivered` from the first, token ones further on; output 1,000 in all."""
    people = many(producers, industrial=True, output=Decimal(1))
    people[0]["output"] = Decimal(1000 - (producers - 1))
    people += many(idle, 500, industrial=True, output=Decimal(0))
    people += many(unbound, 700, industrial=False)
    for one in people[:listed]:
        one["listed_territory"] = True
    names = [one["participant_id"] for one in people if not one["participant_id"].startswith("P7")]
    deliveries = [
        {
            "supplier_id": names[0],
            "buyer_id": buyer,
            "amount": Decimal(delivered) if i == 0 else Decimal(0),
        }
        for i, buyer in enumerate(names[1:])
    ]
    if outsider:
        people.append(participant("X1", left_on=date(2024, 1, 1)))
        deliveries.append({"supplier_id": names[0], "buyer_id": "X1", "amount": Decimal(900)})
    return dossier(participants=rows(*people), deliveries=rows(*deliveries))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "registered"),
        ({"delivered": "199.99"}, None),
        ({"delivered": "199.99", "outsider": True}, None),
        ({"delivered": "100", "listed": 3}, "registered"),
        ({"delivered": "99.99", "listed": 3}, None),
        ({"delivered": "100", "listed": 2}, None),
        ({"producers": 9}, None),
        ({"idle": 3}, "registered"),
        ({"idle": 4}, None),
        ({"unbound": 1}, None),
    ],
)
def test_russian_limits_at_their_edges(change: Mapping[str, Any], expected: str | None) -> None:
    assert level("ru-industrial-cluster-779", industrial(**change)) == expected


# --- Gold: what counts ----------------------------------------------------------------------------------------


def value(code: str, one: Dossier) -> Decimal | None:
    return card("ecei-gold-2013", one).indicator(code).value


def person(key: str, **values: Any) -> dict[str, Any]:
    base = {"person_id": key, "name": key, "role": "manager", "fte": Decimal(1)}
    return {**base, "started_on": date(2020, 1, 1), **values}


@pytest.mark.parametrize(
    ("form", "documented", "counted"),
    [("visit", True, 1), ("office", True, 1), ("video", True, 1), ("phone", True, 0), ("visit", False, 0)],
)
def test_a_direct_contact_is_a_documented_meeting(form: str, documented: bool, counted: int) -> None:
    met = contact("C1", "P000", form=form, documented=documented)
    one = dossier(participants=rows(*many(4)), contacts=rows(met))
    assert value("2.5", one) == 25 * counted


def test_left_counts_of_those_listed_a_year_ago() -> None:
    people = [
        *many(8),
        *many(2, 20, left_on=date(2025, 3, 1)),
        *many(1, 30, left_on=date(2024, 10, 26)),  # had left before the twelve months
        *many(1, 40, joined_on=date(2024, 12, 1), left_on=date(2025, 6, 1)),  # came and went
        *many(3, 50, joined_on=date(2025, 1, 1)),
    ]
    assert value("2.3", dossier(participants=rows(*people))) == 20


def test_the_team_is_measured_in_full_time_equivalents() -> None:
    team = [
        person("T1", degree=True, experience_years=Decimal(5), training_days=Decimal(3)),
        person("T2", fte=Decimal("0.5"), degree=True, experience_years=Decimal("4.9")),
        person("T3", fte=Decimal("0.5"), started_on=date(2023, 10, 27), training_days=Decimal(1)),
        person("T4", ended_on=date(2025, 10, 26), degree=True, experience_years=Decimal(20)),
    ]
    one = dossier(participants=rows(*many(30)), team=rows(*team))
    assert {code: value(code, one) for code in ("2.2.1", "2.2.2", "2.2.3", "2.2.4")} == {
        "2.2.1": 15,
        "2.2.2": 50,
        "2.2.3": 2,
        "2.2.4": 75,
    }


@pytest.mark.parametrize(("abroad", "expected"), [(0, 3), (1, 4), (3, 4)])
def test_one_agreement_abroad_counts_twice(abroad: int, expected: int) -> None:
    signed = [
        {
            "agreement_id": f"G{i}",
            "partner": "X",
            "partner_type": "cluster",
            "country": "AT" if i < abroad else "DE",
            "signed_on": date(2024, 1, 1),
        }
        for i in range(3)
    ]
    ended = {**signed[0], "agreement_id": "G8", "ends_on": date(2025, 10, 26)}
    bank = {**signed[0], "agreement_id": "G9", "partner_type": "finance"}
    assert value("2.7", dossier(agreements=rows(*signed, ended, bank))) == expected


@pytest.mark.parametrize(
    ("until", "amount", "months"),
    [
        (date(2028, 1, 1), "180", "18"),
        (date(2026, 4, 26), "180", "6"),  # much money, but only usable for six months
        (date(2025, 10, 26), "180", "0"),
    ],
)
def test_the_budget_is_secured_no_longer_than_its_last_funds_run(
    until: date, amount: str, months: str
) -> None:
    secured = {"funding_id": "F1", "source": "X", "amount": Decimal(amount), "secured_until": until}
    one = with_profile(dossier(secured_funding=rows(secured)), annual_budget=Decimal(120))
    assert value("3.1", one) == Decimal(months)


def test_private_income_of_the_last_closed_year() -> None:
    def line(year: int, amount: int, *, closed: bool = True, private: bool | None = None) -> dict[str, Any]:
        base = {"year": year, "kind": "income", "source": "other", "amount": Decimal(amount)}
        return {**base, "closed": closed, "private": private}

    lines = [
        line(2023, 100, private=True),
        line(2024, 30, private=True),
        line(2024, 50, private=False),
        line(2024, 20),  # not marked: public
        line(2025, 500, closed=False, private=True),
    ]
    assert value("3.2", dossier(finances=rows(*lines))) == 30


def story(key: str, each: int | None, *, consent: bool = True) -> dict[str, Any]:
    criteria = ("contribution", "cooperation", "result", "proof")
    return {
        "story_id": key,
        "title": key,
        "consent": consent,
        **{f"credits_{name}": each for name in criteria},
    }


@pytest.mark.parametrize(
    ("stories", "expected"),
    [
        ([story("a", 3), story("b", 2)], "20"),
        ([story("a", 3), story("b", 2), story("c", 1)], "24"),
        ([story("a", 3), story("b", 3), story("c", 3), story("d", 1)], "30"),  # three times the mean
        ([story("a", 3), story("b", 3, consent=False), story("c", None)], "12"),
        ([story("a", 3, consent=False)], None),
    ],
)
def test_success_stories_give_credits(stories: list[dict[str, Any]], expected: str | None) -> None:
    found = value("5.2", dossier(success_stories=rows(*stories)))
    assert found == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("held_on", "invited", "expected"),
    [
        (date(2023, 10, 26), 8, 70),
        (date(2023, 10, 25), 8, None),  # older than 24 months
        (date(2025, 6, 1), 9, None),  # 2 of 9 is less than a quarter
    ],
)
def test_a_survey_must_be_recent_and_answered_by_a_quarter(
    held_on: date, invited: int, expected: int | None
) -> None:
    survey = {"survey_id": "Q", "kind": "both", "held_on": held_on, "invited": invited}
    answers = [
        {"survey_id": "Q", "respondent": who, "question": question, "score": Decimal(score)}
        for who, question, score in (("1", "a", 80), ("1", "b", 100), ("2", "a", 30))
    ]
    item = card("ecei-gold-2013", dossier(surveys=rows(survey), survey_answers=rows(*answers))).indicator(
        "5.3"
    )
    assert item.value == expected
    assert (item.band, item.evidenced) == ((3, True) if expected else (0, False))


@pytest.mark.parametrize(("last_on", "holds"), [(date(2025, 7, 27), True), (date(2025, 7, 26), False)])
def test_news_count_for_three_months(last_on: date, holds: bool) -> None:
    news = {"item": "web_news", "holds": True, "last_on": last_on}
    item = card("ecei-gold-2013", dossier(checks=rows(news))).indicator("4.6.2")
    points = {point.item: point.holds for point in item.checklist}
    assert points["news"] is holds
    assert points["team"] is None
