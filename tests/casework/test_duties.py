"""Separation of duties to the day, against a slow reference that walks day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clustermark.casework.duties import (
    OVERRIDABLE,
    AccreditedFor,
    Candidate,
    TieTo,
    last_administrator,
    why_not_seated,
)
from clustermark.schemes.document import Panel
from clustermark.schemes.scheme import Scheme

DAY = timedelta(days=1)
TODAY = date(2026, 6, 1)
SHIPPED = Scheme.load("ecei-silver-2017").document.panel
assert SHIPPED is not None
PANEL = SHIPPED.model_copy(update={"cooling_off_years": 3, "same_country_allowed": False})
VALID = AccreditedFor("silver", date(2025, 1, 1), date(2027, 1, 1))


def refusals(candidate: Candidate, *, panel: Panel = PANEL, today: date = TODAY) -> list[str]:
    found = why_not_seated(candidate, panel=panel, scheme="silver", cluster_country="RU", today=today)
    return [one.code for one in found]


def candidate(**changes: object) -> Candidate:
    fields: dict[str, object] = {"user": 1, "country": "DE", "accreditations": (VALID,), **changes}
    return Candidate(**fields)  # type: ignore[arg-type] # each test names fields of a candidate


def test_a_free_expert_may_sit() -> None:
    assert refusals(candidate()) == []


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"is_expert": False}, ["not-expert"]),
        ({"acts_for_cluster": True}, ["works-for"]),
        ({"ties": (TieTo("employed"),)}, ["works-for"]),
        ({"ties": (TieTo("advised"),)}, ["advises"]),
        ({"ties": (TieTo("interest"),)}, ["interest"]),
        ({"ties": (TieTo("interest", None, TODAY),)}, ["interest"]),
        ({"ties": (TieTo("interest", None, TODAY - DAY),)}, []),
        ({"ties": (TieTo("interest", TODAY + DAY),)}, []),
        ({"ties": (TieTo("employed", TODAY + DAY),)}, []),
        ({"country": "RU"}, ["same-country"]),
        ({"accreditations": ()}, ["not-accredited"]),
        (
            {"accreditations": (AccreditedFor("gold", date(2025, 1, 1), date(2027, 1, 1)),)},
            ["not-accredited"],
        ),
        ({"decides": True}, ["decides"]),
        (
            {"country": "RU", "acts_for_cluster": True, "decides": True},
            ["works-for", "same-country", "decides"],
        ),
    ],
)
def test_every_rule(changes: dict[str, object], codes: list[str]) -> None:
    assert refusals(candidate(**changes)) == codes


def test_the_same_country_where_the_scheme_allows_it() -> None:
    allowing = PANEL.model_copy(update={"same_country_allowed": True})
    assert refusals(candidate(country="RU"), panel=allowing) == []


def test_an_accreditation_holds_on_its_first_and_last_day() -> None:
    days = [VALID.starts_on - DAY, VALID.starts_on, VALID.ends_on, VALID.ends_on + DAY]
    assert [refusals(candidate(), today=day) for day in days] == [
        ["not-accredited"],
        [],
        [],
        ["not-accredited"],
    ]


def same_day_years_later(day: date, years: int) -> date:
    """The slow reference: the day of this name, or the last day of the month where there is none (29 February)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1) - DAY


@given(
    st.dates(date(2000, 1, 1), date(2040, 12, 31)),
    st.integers(0, 10),
    st.integers(-5, 5),
    st.sampled_from(["employed", "advised"]),
)
@example(date(2024, 2, 29), 3, 0, "employed")
@example(date(2024, 2, 29), 4, 0, "advised")
def test_cooling_off_ends_on_the_day(ended: date, years: int, off: int, kind: str) -> None:
    """Refused from the day after the tie ended until the day before the same day `years` later."""
    panel = PANEL.model_copy(update={"cooling_off_years": years})
    free_from = same_day_years_later(ended, years)
    tie = TieTo(kind, None, ended)  # type: ignore[arg-type] # one of the two kinds
    expert = candidate(ties=(tie,), accreditations=(AccreditedFor("silver", date.min, date.max),))
    day = free_from + off * DAY
    if day <= ended:
        expected = ["works-for" if kind == "employed" else "advises"]
    else:
        expected = ["cooling-off"] if day < free_from else []
    assert refusals(expert, panel=panel, today=day) == expected


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["employed", "advised", "interest"]), st.integers(-2000, 400), st.integers(0, 900)
        )
    )
)
def test_any_ties_against_walking_each_day(raw: list[tuple[str, int, int]]) -> None:
    ties = tuple(
        TieTo(kind, TODAY + start * DAY, TODAY + (start + length) * DAY)  # type: ignore[arg-type] # one of the kinds
        for kind, start, length in raw
    )
    found = set(refusals(candidate(ties=ties)))
    expected = set()
    for kind, start, length in raw:
        days = [TODAY + (start + n) * DAY for n in range(length + 1)]
        if TODAY in days:
            expected.add({"employed": "works-for", "advised": "advises", "interest": "interest"}[kind])
        elif kind != "interest" and days[-1] < TODAY < same_day_years_later(days[-1], 3):
            expected.add("cooling-off")
    assert found == expected


def test_the_refusal_names_the_day() -> None:
    tie = TieTo("advised", None, date(2025, 3, 5))
    found = list(
        why_not_seated(
            candidate(ties=(tie,)), panel=PANEL, scheme="silver", cluster_country="RU", today=TODAY
        )
    )
    assert [one.reason for one in found] == [
        "Worked for or advised the cluster; may sit from 5 March 2028 on."
    ]


def test_only_country_and_cooling_off_can_be_set_aside() -> None:
    assert {"same-country", "cooling-off"} == OVERRIDABLE


def test_the_last_administrator_stays() -> None:
    denied = last_administrator(leaving=1, administrators=frozenset({1}))
    assert denied is not None
    assert denied.code == "last-administrator"
    assert last_administrator(leaving=1, administrators=frozenset({1, 2})) is None
    assert last_administrator(leaving=3, administrators=frozenset({1})) is None
