"""Statistics against small registers counted by hand, and against a slow count over random ones."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import use_language
from clustermark.register.entries import Certificate, read_register
from clustermark.register.holdings import Participation, held_on, prove_membership
from clustermark.register.places import continent_of, country_of, place_name
from clustermark.register.rows import Scope
from clustermark.register.statistics import (
    Statistic,
    awarded,
    holders,
    in_force,
    ordinal,
    renewals,
    time_in_process,
)
from tests.register.material import act, certificate, register

DAY = date(2018, 6, 1)


def sample(
    number: str, on: date, country: str = "DE", level: str = "silver", **changes: object
) -> Certificate:
    end = date(on.year + 2, 12, 31)
    stated: dict[str, Any] = {
        "decided_on": on,
        "valid_from": on,
        "valid_until": end,
        "country": country,
        "level": level,
    }
    return certificate(number, **stated | changes)


EUROPE = register(
    sample("A", date(2010, 3, 1), "DE", applied_on=date(2010, 1, 1)),
    sample("B", date(2012, 3, 1), "FR", applied_on=date(2012, 2, 1)),
    sample("C", date(2012, 3, 1), "DK"),
    sample("D", date(2014, 3, 1), "MX"),
    sample("E", date(2015, 3, 1), "DE", sector="ict"),
    sample("F", date(2016, 3, 1), "DE", level="gold"),
    sample("G", date(2016, 4, 1), "PL", holder_id="holder-B"),
    sample("H", date(2016, 5, 1), "NO"),
    sample("I", date(2017, 11, 15), "RU", applied_on=date(2017, 6, 28)),
    acts=[act("void", date(2018, 1, 10), "H"), act("withdraw", date(2018, 2, 1), "F")],
)
HEALTH = Scope(level="silver", sector="health", continent="150")


def value(statistic: Statistic) -> Decimal | None:
    return statistic.value


def test_counts_are_those_of_the_day() -> None:
    assert value(awarded(EUROPE, as_of=date(2017, 12, 31))) == 9
    assert value(awarded(EUROPE, as_of=DAY)) == 8
    force = in_force(EUROPE, as_of=DAY, by="country")
    assert [(group.title, group.value, group.numbers) for group in force.groups] == [
        ("Poland", 1, ["G"]),
        ("Russia", 1, ["I"]),
    ]
    assert [group.key for group in awarded(EUROPE, as_of=DAY, by="year").groups] == [
        "2010", "2012", "2014", "2015", "2016", "2017",
    ]  # fmt: skip
    assert value(holders(EUROPE, as_of=DAY)) == 7
    by_continent = holders(EUROPE, as_of=DAY, by="continent").groups
    assert [(group.title, group.value) for group in by_continent] == [("Europe", 6), ("Americas", 1)]
    period = Scope(country="DE", first=date(2015, 1, 1), last=date(2016, 12, 31))
    assert [row.number for row in awarded(EUROPE, as_of=DAY, scope=period).rows] == ["E", "F"]


def test_the_place_of_an_award_counts_holders_once_and_passes_over_void_ones() -> None:
    place = ordinal(EUROPE, "I", as_of=DAY, scope=HEALTH)
    assert value(place) == 4
    assert [row.number for row in place.rows] == ["A", "B", "C", "I"]
    assert value(ordinal(EUROPE, "I", as_of=date(2017, 12, 1), scope=HEALTH)) == 5  # H was not void yet
    assert value(ordinal(EUROPE, "I", as_of=DAY, scope=Scope(level="silver", country="RU"))) == 1


def test_the_same_day_shares_a_place() -> None:
    for number, other in (("B", "C"), ("C", "B")):
        place = ordinal(EUROPE, number, as_of=DAY, scope=HEALTH)
        assert (value(place), [row.number for row in place.tied]) == (2, [other])


def test_awards_without_a_day_are_told_where_they_could_matter() -> None:
    undated: dict[str, Any] = {"decided_on": None, "valid_from": None, "valid_until": None}
    gaps = register(
        *EUROPE.certificates,
        sample("J", date(2010, 1, 1), **undated, year=2011),
        sample("K", date(2010, 1, 1), **undated, year=2017),
        sample("L", date(2010, 1, 1), **undated, year=2018),
        sample("M", date(2010, 1, 1), **undated),
        acts=list(EUROPE.acts),
    )
    place = ordinal(gaps, "I", as_of=DAY, scope=HEALTH)
    assert value(place) == 5
    assert [row.number for row in place.uncertain] == ["K", "M"]
    assert value(ordinal(gaps, "M", as_of=DAY, scope=HEALTH)) is None


def test_renewals_and_lapses() -> None:
    lives = register(
        sample("A", date(2010, 3, 1)),
        sample("B", date(2012, 3, 1)),
        sample("C", date(2014, 3, 1)),
        sample("D", date(2015, 3, 1)),
        sample("E", date(2015, 12, 1), holder_id="holder-D", previous="D"),
        acts=[
            act("renew", date(2012, 11, 1), "A", starts=date(2013, 1, 1), until=date(2015, 12, 31)),
            act("withdraw", date(2013, 1, 1), "B"),
        ],
    )
    found = renewals(lives, as_of=DAY, grace_months=12)
    assert [(group.key, group.numbers) for group in found.groups] == [
        ("renewed", ["A", "D"]),
        ("open", ["E"]),
        ("lapsed", ["A", "C"]),
    ]
    assert value(found) == 2


def test_time_in_process_is_the_median_of_what_is_known() -> None:
    found = time_in_process(EUROPE, as_of=DAY)
    assert [(row.number, row.days) for row in found.rows] == [("B", 29), ("A", 59), ("I", 140)]
    assert found.value == 59
    assert time_in_process(EUROPE, as_of=date(2012, 12, 1)).value == 44
    assert time_in_process(EUROPE, as_of=date(2009, 12, 1)).value is None


def test_a_certificate_that_is_not_there_has_no_place() -> None:
    with pytest.raises(ProblemsError):
        ordinal(EUROPE, "I", as_of=date(2017, 11, 14), scope=HEALTH)
    for number, scope in (("I", Scope(country="DE")), ("H", HEALTH)):
        with pytest.raises(ProblemsError) as error:
            ordinal(EUROPE, number, as_of=DAY, scope=scope)
        assert error.value.problems[0].code == "not-placed"


@given(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from("ABCDE"), st.booleans()), min_size=1, max_size=15),
    st.data(),
)
def test_places_agree_with_a_slow_count(items: list[tuple[int, str, bool]], data: st.DataObject) -> None:
    listed = [
        sample(f"N-{n}", date(2015, 1, 1) + timedelta(days=days), holder_id=holder)
        for n, (days, holder, _void) in enumerate(items)
    ]
    acts = [act("void", date(2016, 1, 1), f"N-{n}") for n, item in enumerate(items) if item[2]]
    lasting = [n for n, item in enumerate(items) if not item[2]]
    if not lasting:
        return
    mine = data.draw(st.sampled_from(lasting))
    first: dict[str, int] = {}
    for n in lasting:
        days, holder, _void = items[n]
        first[holder] = min(days, first.get(holder, 99))
    own = first[items[mine][1]]
    place = ordinal(register(*listed, acts=acts), f"N-{mine}", as_of=DAY, scope=Scope(level="silver"))
    assert place.value == 1 + sum(days < own for days in first.values())
    assert len(place.tied) == sum(days == own for days in first.values()) - 1


def test_who_held_what_is_told_as_known_then_and_as_known_now() -> None:
    day = date(2017, 12, 1)
    assert [row.number for row in held_on(EUROPE, day)] == ["E", "F", "G", "H", "I"]
    assert [row.number for row in held_on(EUROPE, day, known_on=DAY)] == ["E", "F", "G", "I"]
    assert [row.number for row in held_on(EUROPE, day, holder_id="holder-B")] == ["G"]


MEMBER = Participation(
    participant_id="p1", participant="Vitapharm", cluster_id="holder-I", cluster="Cluster I", joined_on=date(2014, 5, 1),
    left_on=date(2018, 5, 1), cluster_confirmed_on=date(2018, 1, 10), participant_confirmed_on=date(2018, 1, 12),
)  # fmt: skip


def test_a_confirmed_participation_is_stated_with_what_the_cluster_held() -> None:
    stated = prove_membership(MEMBER, on=date(2017, 12, 31), stated_on=DAY, register=EUROPE)
    assert stated.certificates == ["I"]


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (date(2014, 4, 30), ["not-yet-participant"]),
        (date(2018, 1, 11), ["cluster-unconfirmed"]),
        (date(2018, 5, 1), ["participant-left", "cluster-unconfirmed", "participant-unconfirmed"]),
        (
            date(2019, 5, 1),
            ["day-to-come", "participant-left", "cluster-unconfirmed", "participant-unconfirmed"],
        ),
    ],
)
def test_what_is_not_confirmed_is_not_stated(on: date, codes: list[str]) -> None:
    with pytest.raises(ProblemsError) as error:
        prove_membership(MEMBER, on=on, stated_on=DAY)
    assert [problem.code for problem in error.value.problems] == codes


def test_countries_have_names_and_continents() -> None:
    assert [continent_of(code) for code in ("RU", "TR", "CY", "XK", "BR", None, "??")] == [
        "150", "142", "142", "150", "019", None, None,
    ]  # fmt: skip
    with use_language("ru"):
        assert place_name("150") == "Европа"
    named = ["Czechia", "Czech Republic", "germany", "Россия", "Österreich", "gb", "Atlantis"]
    assert [country_of(name) for name in named] == ["CZ", "CZ", "DE", "RU", "AT", "GB", None]


def test_a_register_comes_back_from_its_file() -> None:
    assert read_register(EUROPE.to_json(), file="r.json") == EUROPE


def test_problems_of_a_register_stand_at_their_place() -> None:
    twice = EUROPE.model_copy(update={"certificates": [EUROPE.certificates[0], *EUROPE.certificates[:8]]})
    with pytest.raises(ProblemsError) as error:
        read_register(twice.to_json(), file="r.json")
    assert [(problem.code, str(problem.place)) for problem in error.value.problems] == [
        ("number-twice", "r.json, certificates.1")
    ]
    with pytest.raises(ProblemsError) as error:
        read_register(EUROPE.to_json().replace('"on": "2018-02-01"', '"on": "soon"'), file="r.json")
    (problem,) = error.value.problems
    assert str(problem.place) == "r.json, acts.1.on"
    with pytest.raises(ProblemsError) as error:
        read_register(EUROPE.to_json().replace('"certificate": "H"', '"certificate": "Z"'), file="r.json")
    assert error.value.problems[0].code == "certificate-unknown"


def test_an_earlier_day_does_not_know_later_acts_whatever_was_asked_before() -> None:
    whole = read_register(EUROPE.to_json(), file="r.json")
    assert [one.kind for one in whole.acts_of("F")] == ["withdraw"]
    assert whole.known_on(date(2018, 1, 31)).acts_of("F") == []
    assert in_force(whole, as_of=date(2018, 1, 31)).value == 3
