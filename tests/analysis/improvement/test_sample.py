"""The path of the sample to Gold, in words; what-if against assessing a changed dossier."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import jsonschema
import pytest

from clustermark import Dossier, Scheme, assess
from clustermark.analysis.improvement import ImprovementPlan, effort_of, improve, standing_at, what_if
from clustermark.analysis.improvement.standing import Change
from clustermark.analysis.improvement.ways import smallest_moves
from clustermark.analysis.improvement.words import actions_of
from clustermark.dossiers.dossier import Row
from clustermark.ground.problems import ProblemsError
from tests.builders import ROOT

SAMPLE = ROOT / "examples/oka-valley"


@cache
def sample() -> Dossier:
    return Dossier.open(SAMPLE)


@cache
def gold() -> Scheme:
    return Scheme.load("ecei-gold-2013")


@cache
def path() -> ImprovementPlan:
    return improve(sample(), gold())


def test_the_path_to_gold() -> None:
    found = path()
    assert (found.status, found.points, found.level, found.target) == ("planned", 109, None, "gold")
    plan = found.plan
    assert plan is not None
    assert (plan.days, plan.points, plan.level) == (85, 120, "gold")
    assert (plan.proof.bound, plan.proof.gap) == (85, 0)
    assert {step.code: (step.old_band, step.new_band) for step in plan.steps} == {
        "2.2.3": (2, 5),
        "4.1.3": (3, 4),
        "4.1.6": (4, 5),
        "4.2": (2, 3),
        "4.5": (1, 3),
        "4.6.1": (4, 5),
        "4.6.2": (4, 5),
        "5.1": (2, 3),
    }
    assert [other.days for other in found.alternatives] == [87, 87, 87]
    assert found.effort_from == "scheme"
    assert "examples" in found.notice
    assert [item.code for item in found.fixed] == ["2.1"]


def test_what_each_step_means_in_records() -> None:
    plan = path().plan
    assert plan is not None
    actions = {step.code: step.actions for step in plan.steps}
    assert actions["4.5"] == ["Committed participants in an active working group: 7 more (11 → 18)."]
    assert actions["2.2.3"] == ["Training days of the team in twelve months: 18 more (12 → 30)."]
    assert actions["4.6.1"] == ["Meet this point: Area for members."]
    assert actions["5.1"] == ["Bring the value from 10, as the ratings correct it, to 12 mentions."]
    rubric = gold().indicator("4.1.3").rubric
    assert rubric is not None
    assert actions["4.1.3"] == [f"For a rating of 4: {rubric[4]['en']}"]


@pytest.mark.parametrize(
    ("code", "band", "words"),
    [
        ("2.5", 5, ["Committed participants with a documented bilateral meeting: 9 more (39 → 48)."]),
        ("2.3", 4, ["{left_since}: 3 fewer (6 → 3)."]),
        ("2.2.2", 5, ["{qualified_fte}: 0.8 more (3.5 → 4.3)."]),
        (
            "3.2",
            5,
            [
                "{private_income}: 8,510,849 more (6,383,158.98 → 14,894,007.98).",
                "{income}: 8,510,849 more (21,277,196.6 → 29,788,045.6).",
            ],
        ),
        (
            "3.1",
            2,
            [
                "{secured_amount}: 2,007,075 more (23,139,120.5 → 25,146,195.5).",
                "{secured_months}: 1 more (11 → 12).",
            ],
        ),
        ("1.1.2", 5, ["{committed}: 20 more (60 → 80)."]),
    ],
)
def test_what_shares_amounts_and_falling_measures_need(code: str, band: int, words: list[str]) -> None:
    """One indicator at a time; a value of 49.99995 is 50.0000, as the kernel rounds before it compares."""
    standing = standing_at(sample(), gold())
    item = gold().indicator(code)
    (effort,) = [one for one in effort_of(gold()).effort if one.indicator == code]
    target = item.bands[band - 1]
    moves = smallest_moves(standing, item, float(target * 10**item.decimals), effort.by)
    titles = {name: fact.title["en"] for name, fact in gold().document.facts.items()}
    assert actions_of(standing, item, target, moves) == [action.format(**titles) for action in words]


@pytest.mark.parametrize("step", range(8))
def test_the_smallest_change_of_records_reaches_the_edge_and_one_less_does_not(step: int) -> None:
    plan = path().plan
    assert plan is not None
    found = plan.steps[step]
    standing = standing_at(sample(), gold())
    for fact in found.facts:
        unit = Decimal("0.1") if fact.fact == "team_training_days" else Decimal(1)
        assert standing.changed({fact.fact: fact.new}).band(found.code) == found.new_band
        assert standing.changed({fact.fact: fact.new - unit}).band(found.code) < found.new_band
    assert bool(found.facts) == (found.code in {"2.2.3", "4.1.6", "4.5"})


def changed_dossier(table: str, rows: tuple[Row, ...]) -> Dossier:
    return replace(sample(), tables={**sample().tables, table: rows})


def test_what_if_on_a_fact_equals_assessing_records_that_give_it() -> None:
    """Half of the contacts fall away: the facts of that dossier, put in as a what-if, give its scorecard."""
    day = date(2025, 10, 26)
    for keep in (0, 7, 30, 60):
        other = changed_dossier("contacts", sample().rows("contacts")[:keep])
        card = assess(other, gold(), as_of=day)
        contacted = next(fact.value for fact in card.indicator("2.5").facts if fact.fact == "contacted")
        assert isinstance(contacted, Decimal)
        told = what_if(standing_at(sample(), gold(), as_of=day), {"contacted": contacted})
        assert (told.points, told.level) == (card.points, card.level)
        assert told.indicators[0].new_value == card.indicator("2.5").value


def test_what_if_on_a_fact_of_many_indicators() -> None:
    """Every fact of a dossier with fewer participants, put in together."""
    day = date(2025, 10, 26)
    other = changed_dossier("participants", sample().rows("participants")[:40])
    after = standing_at(other, gold(), as_of=day)
    before = standing_at(sample(), gold(), as_of=day)
    changes: dict[str, Change] = {
        name: value for name, value in after.facts.items() if before.facts[name] != value
    }
    assert len(changes) > 5
    told = what_if(before, changes)
    assert (told.points, told.level) == (after.points, after.level)
    assert told.points != before.points


def test_what_if_on_a_rating_equals_assessing_that_rating() -> None:
    rows = tuple(
        Row(row.number, {**row.values, "rating": 1})
        if row.values.get("indicator") == "2.4" and row.values.get("view") == "consensus"
        else row
        for row in sample().rows("ratings")
    )
    silver = Scheme.load("ecei-silver-2017")
    card = assess(changed_dossier("ratings", rows), silver)
    told = what_if(standing_at(sample(), silver), {"2.4": Decimal(1)})
    assert (told.points, told.level) == (card.points, card.level) == (106, None)
    assert told.level_before == "silver"


def test_a_plan_from_changed_values_starts_there() -> None:
    found = improve(sample(), gold(), changes={"contacted": Decimal(50)})
    assert (found.points, found.what_if and found.what_if.points_before) == (110, 109)
    assert found.plan is not None
    assert found.plan.days < 85


def test_changes_that_do_not_fit_are_all_told() -> None:
    with pytest.raises(ProblemsError) as caught:
        what_if(
            standing_at(sample(), gold()), {"2.4": Decimal(7), "nothing": 1, "contacted": True, "2.5": False}
        )
    assert [(problem.code, problem.found) for problem in caught.value.problems] == [
        ("change-kind", "True"),
        ("change-kind", "7"),
        ("change-unknown", "nothing"),
        ("change-kind", "False"),
    ]


def test_a_missed_fact_gate_is_the_conflict() -> None:
    silver = Scheme.load("ecei-silver-2017")
    found = improve(sample(), silver, changes={"benchmarking_interval": 30})
    assert found.status == "impossible"
    assert [(part.kind, part.of) for part in found.conflict] == [("rule", "second_benchmarking")]
    assert found.smallest is True
    assert found.plan is None


def test_too_tight_a_limit_is_told_with_the_rule_it_meets() -> None:
    found = improve(sample(), gold(), effort=effort_of(gold(), at_most=1))
    assert [part.kind for part in found.conflict] == ["rule", "limit"]
    assert found.conflict[1].words == "At most 1 indicator a year can be begun, for 2 years."
    assert found.smallest is True


def test_a_level_that_is_held_needs_nothing() -> None:
    found = improve(sample(), Scheme.load("ecei-silver-2017"))
    assert (found.status, found.plan, found.words) == (
        "reached",
        None,
        "Silver is reached: nothing has to be done for it.",
    )


def test_a_scheme_without_effort_and_indicators() -> None:
    found = improve(sample(), Scheme.load("ecei-bronze-2019"))
    assert found.effort_from == "none"
    assert found.status in {"reached", "impossible"}


def test_the_document_fits_its_published_schema() -> None:
    schema = json.loads((ROOT / "docs/schemas/improvement.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(path().to_json()))
