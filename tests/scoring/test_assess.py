"""The whole road on small dossiers: level, conditions, views, explanation, road, validity."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from clustermark import ProblemsError, assess
from clustermark.dossiers.dossier import Dossier
from clustermark.schemes.document import Validity
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.road import road_of
from clustermark.scoring.scorecard import Scorecard
from clustermark.scoring.validity import add_months, valid_until
from tests.builders import AS_OF, MINI, contact, dossier, met, mini, participant, rows

RATED = MINI.replace("    measure: 100 * contacted / committed\n", "    rubric: [" + ", ".join(f"{{en: step {i}}}" for i in range(6)) + "]\n").replace(
    "[20, 35, 50, 65, 80]\n    required: 35", "[1, 2, 3, 4, 5]\n    required: 3"
)  # fmt: skip


def card(one: Dossier, view: str = "consensus") -> Scorecard:
    return assess(one, mini(), view=view, as_of=AS_OF)


@pytest.mark.parametrize(
    ("contacted", "committed", "value", "band", "level", "missed"),
    [
        (7, 20, "35", 2, None, []),
        (6, 20, "30", 1, None, ["2.5"]),
        (1, 2, "50", 3, "silver", []),
        (1, 3, "33.3333", 1, None, ["2.5"]),
        (2, 3, "66.6667", 4, "silver", []),
        (2, 2, "100", 5, "silver", []),
    ],
)
def test_records_give_value_band_and_level(
    contacted: int, committed: int, value: str, band: int, level: str | None, missed: list[str]
) -> None:
    found = card(met(contacted, committed))
    item = found.indicator("2.5")
    assert (item.value, item.band, found.level, found.minimums_missed) == (
        Decimal(value),
        band,
        level,
        missed,
    )
    assert (found.points, found.max_points) == (band, 5)
    assert item.margin == band - 2
    assert item.significantly_above is (band > 2)


def test_a_high_total_never_buys_a_missed_minimum() -> None:
    scheme = mini(rule="{all: [minimums_met, points >= 1]}")
    found = assess(met(6, 20), scheme, as_of=AS_OF)
    assert found.points == 1
    assert found.level is None
    level = found.levels[0]
    assert [condition.rule for condition in level.met] == ["points >= 1"]
    assert [(condition.rule, condition.explanation) for condition in level.missed] == [
        ("minimums_met", "Missed: 2.5 Direct personal contacts.")
    ]


def test_missing_is_not_evidenced_and_never_zero() -> None:
    found = card(dossier(participants=rows(participant("P1"))))
    item = found.indicator("2.5")
    assert (item.value, item.evidenced, item.band, item.points, item.required_met) == (
        None,
        False,
        0,
        0,
        False,
    )
    assert item.explanation.startswith(
        "Not evidenced: the dossier does not state Committed participants met."
    )
    nobody = card(dossier(participants=(), contacts=()))
    assert "division by zero" in nobody.indicator("2.5").explanation


def test_the_explanation_carries_the_numbers() -> None:
    item = card(met(2, 3)).indicator("2.5")
    assert item.explanation == (
        "100 × 2 ÷ 3 = 66.6667. Band 4 of 5 (from 65 %). Required value 35 %: met, 2 bands above."
    )
    assert [(fact.fact, fact.value) for fact in item.facts] == [("committed", 3), ("contacted", 2)]


def test_the_scorecard_is_exact_json() -> None:
    found = card(met(2, 3))
    data = json.loads(found.to_json(), parse_float=Decimal)
    assert data["indicators"][0]["value"] == Decimal("66.6667")
    assert data["points"] == 4
    assert isinstance(data["points"], int)
    assert data["significantly_above"] == {"count": 1, "of": 1, "share": 100}
    assert Scorecard.model_validate_json(found.to_json()) == found


def statement(view: str, rater: str | None = None, **values: object) -> dict[str, object]:
    return {"indicator": "2.5", "view": view, "rater": rater, "rated_on": AS_OF, **values}


def test_each_view_takes_its_own_ratings_only() -> None:
    scheme = Scheme.from_text(RATED)
    said = rows(
        statement("claim", rating=5),
        statement("expert", "Anna", rating=4, reason="Seen the minutes."),
        statement("expert", "Boris", rating=2),
    )
    one = dossier(participants=rows(participant("P1")), ratings=said)
    values = {
        view: assess(one, scheme, view=view).indicator("2.5").value
        for view in ("claim", "expert:Anna", "expert:Boris", "consensus")
    }
    assert values == {"claim": 5, "expert:Anna": 4, "expert:Boris": 2, "consensus": None}
    anna = assess(one, scheme, view="expert:Anna").indicator("2.5")
    assert (anna.value_from, anna.band_words) == ("expert", "step 4")
    assert [(s.view, s.rater, s.rating) for s in anna.statements] == [
        ("claim", None, 5),
        ("expert", "Anna", 4),
        ("expert", "Boris", 2),
    ]


def test_a_corrected_value_replaces_the_records_in_its_view_only() -> None:
    one = met(2, 2)
    corrected = Dossier("test", {**one.tables, "ratings": rows(statement("consensus", value=Decimal(40)))})
    assert card(corrected).indicator("2.5").value == 40
    assert card(corrected).indicator("2.5").value_from == "consensus"
    assert card(corrected, "claim").indicator("2.5").value == 100


def test_an_unknown_view_names_the_known_ones() -> None:
    one = dossier(ratings=rows(statement("expert", "Anna", rating=3)))
    with pytest.raises(ProblemsError) as caught:
        card(one, "expert:Carla")
    assert caught.value.problems[0].allowed == "claim, consensus, expert:Anna"


def test_the_order_of_rows_changes_nothing() -> None:
    one = met(3, 7)
    turned = Dossier("test", {name: tuple(reversed(table)) for name, table in one.tables.items()})
    assert card(turned).model_copy(update={"dossier_digest": ""}) == card(one).model_copy(
        update={"dossier_digest": ""}
    )


def test_the_road_names_records_that_count_and_why_others_do_not() -> None:
    people = rows(participant("P1"), participant("P2", commitment="none"))
    meetings = rows(
        contact("C1", "P1"),
        contact("C2", "P1"),
        contact("C3", "P2"),
        contact("C4", "P1", date(2024, 1, 5)),
        contact("C5", "P1", documented=False),
    )
    road = road_of(dossier(participants=people, contacts=meetings), mini(), "2.5", as_of=AS_OF)
    contacted = road.facts[1]
    assert [(record.row, record.counts, record.why) for record in contacted.records] == [
        (2, True, None),
        (3, False, "already counted"),
        (4, False, "not committed"),
        (5, False, "not held_on > 2025-10-26 − 12 month"),
        (6, False, "not documented"),
    ]
    assert contacted.records[0].shown["contact_id"] == "C1"
    assert (contacted.fact.value, road.score.value, road.gap) == (1, 100, None)


@pytest.mark.parametrize("contacted", range(7))
def test_records_that_count_add_up_to_the_fact(contacted: int) -> None:
    road = road_of(met(contacted, 6), mini(), "2.5", as_of=AS_OF)
    for fact in road.facts:
        assert sum(record.counts for record in fact.records) == fact.fact.value
    if road.score.next_edge is not None:
        assert road.gap == road.score.next_edge - (road.score.value or 0)


RULES = """{any: [{all: [points >= 4, "value('2.5') >= 90"]}, {at_least: 2, of: [points >= 3, minimums_met, contacted > 5]}]}"""


@pytest.mark.parametrize(
    ("contacted", "committed", "level"), [(1, 2, "silver"), (2, 5, None), (6, 15, "silver"), (6, 20, None)]
)
def test_rules_nest(contacted: int, committed: int, level: str | None) -> None:
    assert assess(met(contacted, committed), mini(rule=RULES), as_of=AS_OF).level == level


def test_gates_stand_apart_and_say_what_to_supply() -> None:
    gate = """gates:
  - gate: enough
    title: {en: At least three committed participants}
    when: committed >= 3
    supply: {en: Add signed commitments.}
    origin: {all: {mark: example, source: test}}
levels:
"""
    scheme = Scheme.from_text(
        MINI.replace("levels:\n", gate).replace("[minimums_met, points >= 3]", "[minimums_met, enough]")
    )
    found = assess(met(2, 2), scheme, as_of=AS_OF)
    assert [(g.gate, g.met, g.explanation, g.supply) for g in found.gates] == [
        ("enough", False, "Committed participants: 2, needed ≥ 3", "Add signed commitments.")
    ]
    assert found.level is None
    assert [c.title for c in found.levels[0].missed] == ["At least three committed participants"]
    assert assess(met(3, 3), scheme, as_of=AS_OF).level == "silver"
    unknown = assess(dossier(contacts=()), scheme, as_of=AS_OF)
    assert (unknown.gates[0].met, unknown.levels[0].missed[1].met) == (False, None)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [(date(2024, 2, 29), 12, date(2025, 2, 28)), (date(2025, 1, 31), 1, date(2025, 2, 28)), (date(2025, 12, 5), 1, date(2026, 1, 5)), (date(2026, 3, 31), -1, date(2026, 2, 28))],
)  # fmt: skip
def test_months_later(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@pytest.mark.parametrize(
    ("previous", "as_of", "end"),
    [
        (None, date(2025, 10, 26), date(2027, 10, 31)),
        (date(2025, 11, 30), date(2025, 10, 26), date(2028, 11, 30)),
        (date(2024, 10, 31), date(2025, 10, 26), date(2027, 10, 31)),
        (date(2024, 10, 25), date(2025, 10, 26), date(2027, 10, 31)),
        (date(2024, 10, 26), date(2025, 10, 26), date(2027, 10, 31)),
    ],
)
def test_an_award_ends_on_a_month_end_and_a_renewal_adds_to_the_previous_end(
    previous: date | None, as_of: date, end: date
) -> None:
    rule = Validity.model_validate({"first_years": 2, "renewal_years": 3, "renewal_grace_months": 12, "origin": {"all": {"mark": "established", "source": "s"}}})  # fmt: skip
    labels = rows(*({"level": "silver", "valid_until": previous},) if previous else ())
    assert valid_until(rule, dossier(labels=labels), level="silver", as_of=as_of) == end


def test_valid_until_beyond_the_grace_period_starts_again() -> None:
    rule = Validity.model_validate({"first_years": 2, "renewal_years": 3, "renewal_grace_months": 12, "origin": {"all": {"mark": "established", "source": "s"}}})  # fmt: skip
    labels = rows({"level": "silver", "valid_until": date(2020, 1, 31)})
    assert valid_until(rule, dossier(labels=labels), level="silver", as_of=date(2021, 1, 31)) == date(
        2023, 1, 31
    )
    assert valid_until(rule, dossier(labels=labels), level="silver", as_of=date(2021, 2, 1)) == date(
        2023, 2, 28
    )


def test_the_reference_date_is_that_of_the_case_not_of_the_day_it_is_recomputed() -> None:
    one = met(1, 2)
    rated = Dossier("test", {**one.tables, "ratings": rows(statement("claim", value=Decimal(40)))})
    frozen = Dossier("test", one.tables, frozen_on=date(2024, 5, 6))
    assert assess(rated, mini()).as_of == AS_OF
    assert assess(frozen, mini()).as_of == date(2024, 5, 6)
