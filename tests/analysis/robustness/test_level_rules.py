"""What levels ask of points."""

from __future__ import annotations

import pytest

from clustermark.analysis.robustness.level_rules import LevelRule, level_rules
from clustermark.ground.problems import ProblemsError
from clustermark.schemes.scheme import Scheme
from tests.analysis.robustness.material import SCHEME
from tests.builders import mini


def test_gold_asks_points_and_minimums_silver_minimums_only() -> None:
    assert level_rules(Scheme.load("ecei-gold-2013")) == [LevelRule("gold", 120, None)]
    assert level_rules(Scheme.load("ecei-silver-2017")) == [LevelRule("silver", 0, None)]


def test_levels_may_rest_on_lower_levels() -> None:
    rules = level_rules(Scheme.from_text(SCHEME))
    assert rules == [LevelRule("silver", 0, None), LevelRule("gold", 9, None)]


def test_points_may_stand_instead_of_minimums() -> None:
    assert level_rules(mini(rule="{any: [minimums_met, points >= 4]}")) == [LevelRule("silver", 0, 4)]


@pytest.mark.parametrize(
    ("rule", "words"), [("value('2.5') >= 50", "rests on"), ("points <= 3", "take the level")]
)
def test_other_rules_are_refused_in_words(rule: str, words: str) -> None:
    with pytest.raises(ProblemsError, match=words):
        level_rules(mini(rule=f'"{rule}"'))
