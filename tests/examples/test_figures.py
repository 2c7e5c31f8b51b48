"""What the three samples are for: exact figures under the shipped schemes, by every voice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from clustermark import Dossier, Scheme, Scorecard, assess
from tests.builders import AS_OF, ROOT

EXPERTS = ("expert:Anna Keller", "expert:Luca Ferrero")


@cache
def card(folder: str, scheme: str, view: str = "consensus") -> Scorecard:
    return assess(Dossier.open(ROOT / "examples" / folder), Scheme.load(scheme), view=view, as_of=AS_OF)


@pytest.mark.parametrize(
    ("folder", "scheme", "level", "points", "missed", "count", "share"),
    [
        ("oka-valley", "ecei-silver-2017", "silver", 109, [], 23, "76.7"),
        ("oka-valley", "ecei-gold-2013", None, 109, [], 23, "76.7"),
        ("amber-coast", "ecei-silver-2017", None, 131, ["4.1.5"], 29, "96.7"),
        ("amber-coast", "ecei-gold-2013", None, 131, ["4.1.5"], 29, "96.7"),
        (
            "karst-table",
            "ecei-silver-2017",
            None,
            38,
            ["2.1", "2.4", "2.7", "4.1.1", "4.1.2", "4.1.3", "4.1.4", "4.1.5", "4.1.6", "4.3", "4.4"],
            7,
            "23.3",
        ),
    ],
)
def test_level_points_minimums_and_margin(
    folder: str, scheme: str, level: str | None, points: int, missed: list[str], count: int, share: str
) -> None:
    found = card(folder, scheme)
    assert (found.level, found.points, found.max_points) == (level, points, 150)
    assert found.minimums_missed == missed
    statistic = found.significantly_above
    assert (statistic.count, statistic.of, statistic.share) == (count, 30, Decimal(share))


@pytest.mark.parametrize(
    ("folder", "level"), [("oka-valley", "bronze"), ("amber-coast", "bronze"), ("karst-table", "bronze")]
)
def test_all_three_are_eligible_for_bronze(folder: str, level: str) -> None:
    assert card(folder, "ecei-bronze-2019").level == level


@pytest.mark.parametrize("folder", ["oka-valley", "amber-coast", "karst-table"])
def test_the_latest_rating_is_the_reference_date(folder: str) -> None:
    found = assess(Dossier.open(ROOT / "examples" / folder), Scheme.load("ecei-bronze-2019"))
    assert found.as_of == AS_OF


def test_gold_is_missed_for_points_alone_at_oka_and_for_one_minimum_alone_at_amber() -> None:
    oka = card("oka-valley", "ecei-gold-2013").levels[0]
    amber = card("amber-coast", "ecei-gold-2013").levels[0]
    assert [condition.rule for condition in oka.missed] == ["points >= 120"]
    assert [condition.rule for condition in amber.missed] == ["minimums_met"]
    assert [condition.rule for condition in amber.met] == ["points >= 120"]


def test_silver_at_oka_is_valid_for_two_years_to_the_end_of_the_month() -> None:
    assert card("oka-valley", "ecei-silver-2017").valid_until == date(2027, 10, 31)


@pytest.mark.parametrize(
    ("view", "points", "count", "missed", "level"),
    [
        ("claim", 118, 27, [], "silver"),
        (EXPERTS[0], 110, 24, [], "silver"),
        (EXPERTS[1], 105, 23, ["4.1.3"], None),
        ("consensus", 109, 23, [], "silver"),
    ],
)
def test_the_voices_differ_on_oka_valley(
    view: str, points: int, count: int, missed: list[str], level: str | None
) -> None:
    found = card("oka-valley", "ecei-silver-2017", view)
    assert (found.points, found.significantly_above.count) == (points, count)
    assert (found.minimums_missed, found.level) == (missed, level)


BANDS = {
    "1.1.0": ("95.2381", 0),
    "1.1.1": ("6", 5),
    "1.1.2": ("60", 4),
    "1.2": ("78.3333", 4),
    "2.1": ("13", 5),
    "2.2.1": ("12", 5),
    "2.2.2": ("70", 4),
    "2.2.3": ("2.4", 2),
    "2.2.4": ("86", 5),
    "2.3": ("8.8235", 2),
    "2.4": ("4", 4),
    "2.5": ("65", 4),
    "2.6": ("55", 4),
    "2.7": ("8", 4),
    "3.1": ("11", 1),
    "3.2": ("30", 3),
    "4.1.1": ("4", 4),
    "4.1.2": ("4", 4),
    "4.1.3": ("3", 3),
    "4.1.4": ("4", 4),
    "4.1.5": ("8", 5),
    "4.1.6": ("10", 4),
    "4.2": ("2", 2),
    "4.3": ("7", 5),
    "4.4": ("83.3333", 3),
    "4.5": ("18.3333", 1),
    "4.6.1": ("7", 4),
    "4.6.2": ("9", 4),
    "5.1": ("10", 2),
    "5.2": ("28", 4),
    "5.3": ("76.4953", 4),
}


def test_every_value_and_its_points_at_oka_valley() -> None:
    found = card("oka-valley", "ecei-gold-2013")
    assert {item.code: (item.value, item.points) for item in found.indicators} == {
        code: (Decimal(value), points) for code, (value, points) in BANDS.items()
    }


def test_the_young_cluster_claims_little() -> None:
    assert card("karst-table", "ecei-silver-2017", "claim").points == 48


def test_the_picture_has_every_shade() -> None:
    found = card("oka-valley", "ecei-silver-2017")
    below = [item.code for item in found.indicators if item.required_met is False]
    just = [item.code for item in found.indicators if item.scored and item.margin == 0]
    assert below == ["3.1", "4.5"]
    assert just == ["2.2.3", "2.3", "4.1.3", "4.2", "5.1"]
    assert {item.band for item in found.indicators if item.scored} == {1, 2, 3, 4, 5}


def test_three_values_lie_exactly_on_an_edge_and_one_where_floats_would_fall_short() -> None:
    found = card("oka-valley", "ecei-silver-2017")
    on_edge = [
        item.code
        for item in found.indicators
        if item.scale == "measure"
        and item.direction == "up"
        and "100" in (item.formula or "")
        and item.value in item.bands
    ]
    assert on_edge == ["2.2.2", "2.5", "3.2"]
    year = [row.values for row in Dossier.open(ROOT / "examples/oka-valley").rows("finances")]
    income = [row for row in year if row["year"] == 2024 and row["kind"] == "income"]
    private = [float(str(row["amount"])) for row in income if row["private"]]
    assert 100 * sum(private) / sum(float(str(row["amount"])) for row in income) < 30
    assert found.indicator("3.2").value == 30


def test_delivery_matrix_gives_the_russian_register_a_meaningful_result() -> None:
    found = card("oka-valley", "ru-industrial-cluster-779")
    values = {item.code: item.value for item in found.indicators}
    assert values == {
        "RU-1.1": 35,
        "RU-1.2": 1,
        "RU-2.1": Decimal("68.254"),
        "RU-2.2": Decimal("24.5537"),
        "RU-2.3": Decimal("14.2857"),
    }
    assert (found.level, found.minimums_missed) == (None, ["RU-2.1"])
