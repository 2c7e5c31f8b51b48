"""The document: exact figures from the scorecard, frequencies from the draws, and words."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

import pytest

from clustermark import Dossier, ProblemsError, Scheme, assess
from clustermark.analysis.robustness import Robustness, Tolerances, robustness_of
from tests.analysis.robustness.material import case, rating, scheme
from tests.builders import AS_OF, ROOT

OKA = Dossier.open(ROOT / "examples/oka-valley")
DAY = date(2025, 10, 26)


def of(one: Dossier, **options: object) -> Robustness:
    return robustness_of(one, scheme(), as_of=AS_OF, draws=2_000, **options)  # type: ignore[arg-type]  # options of the function


def test_the_sample_hangs_on_the_indicator_the_experts_differ_on() -> None:
    found = robustness_of(OKA, Scheme.load("ecei-silver-2017"), as_of=DAY)
    assert (found.official_level, found.official_points) == ("silver", 109)
    assert [(level.level, level.official) for level in found.levels] == [(None, False), ("silver", True)]
    # one expert gave 2 where 3 is needed, the other 3
    assert found.kept.probability == pytest.approx(0.5, abs=3 * 0.005)
    assert sum(level.draws for level in found.levels) == found.draws == 10_000
    assert found.minimums[0].code == "4.1.3"
    assert found.minimums[0].distance == 0
    [top, *_rest] = [entry for entry in found.influences if entry.output == "level"]
    assert top.code == "4.1.3"
    assert top.first == pytest.approx(1, abs=0.06)
    assert top.total_low > 0.9
    assert "4.1.3" in " ".join(found.findings)
    assert (found.bounds.worst_points, found.bounds.worst_level) == (104, None)
    assert (found.bounds.best_points, found.bounds.best_level) == (110, "silver")
    assert Robustness.model_validate_json(found.to_json()) == found


def test_the_same_seed_gives_the_same_document_and_another_does_not() -> None:
    assert of(case()) == of(case())
    assert of(case()).points != of(case(), seed=2).points


def test_frequencies_of_experts_alone_are_those_of_a_coin() -> None:
    found = of(case(), sources=("experts",))
    # 3 gives band 3, 8 points, silver; 1 gives 6 points and misses the minimum 2
    assert [level.level for level in found.levels] == [None, "silver", "gold"]
    assert found.levels[0].low < 0.5 < found.levels[0].high
    assert found.levels[2].draws == 0
    assert {found.points.lowest, found.points.highest} == {6.0, 8.0}
    assert [(entry.output, entry.code) for entry in found.influences] == [("points", "1.2"), ("level", "1.2")]
    assert [source.on for source in found.sources] == [True, False, False, False, False]


def test_nothing_varied_is_certain_and_says_so() -> None:
    found = of(case(), sources=())
    assert found.kept.probability == 1.0
    assert found.influences == []
    assert found.points.lowest == found.points.highest == 7.0
    assert found.bounds.worst_points == found.bounds.best_points == 7


def test_averaging_is_exact_and_told_when_points_would_have_bought_a_minimum() -> None:
    poor = case(met=10, ratings=(rating("consensus", 1),))
    card = assess(poor, scheme(), as_of=AS_OF)
    assert (card.points, card.minimums_missed, card.level) == (Decimal(10), ["1.2"], None)
    found = of(poor, tolerances=Tolerances(averaging=0.75), sources=())
    assert found.averaging.points_needed == Decimal("9.75")
    assert found.averaging.only_by_averaging
    assert found.averaging.draws_only_by_averaging == 1.0
    assert "1.2" in found.averaging.words
    assert not of(poor, tolerances=Tolerances(averaging=0.8)).averaging.would_pass
    assert of(poor, tolerances=Tolerances(averaging=0.8)).averaging.points_needed == Decimal("10.4")


def test_bounds_hold_whatever_is_put_in_for_the_missing() -> None:
    """Brute force: every rating of the rubric and every survey mean."""
    gone = case(ratings=(rating("expert", 3, "A"),), surveyed=False)
    found = of(gone, sources=("missing",))
    ends = []
    for given, mean in itertools.product((None, 0, 1, 2, 3, 5), (None, 45, 55, 65, 75)):
        said = () if given is None else (rating("consensus", given),)
        stated = {"indicator": "1.4", "view": "consensus", "value": None if mean is None else Decimal(mean)}
        card = assess(case(ratings=(*said, stated), surveyed=False), scheme(), as_of=AS_OF)
        ends.append((card.points, card.level))
    assert (found.bounds.worst_points, found.bounds.worst_level) == min(ends, key=lambda end: end[0])
    assert (found.bounds.best_points, found.bounds.best_level) == max(ends, key=lambda end: end[0])
    assert (found.bounds.worst_points, found.bounds.best_points) == (3, 9)


def test_distances_are_exact() -> None:
    found = of(case(met=5))
    by_code = {entry.code: entry for entry in found.minimums}
    assert (by_code["1.1"].value, by_code["1.1"].distance) == (Decimal(50), Decimal(10))
    assert by_code["1.2"].distance == 0
    [gold] = found.points_asked
    assert (gold.needed, gold.distance) == (9, found.official_points - 9)


def test_problems_are_told_together() -> None:
    with pytest.raises(ProblemsError) as caught:
        robustness_of(case(), scheme(), as_of=AS_OF, draws=0, seed=-1)
    assert [problem.place.file for problem in caught.value.problems] == ["draws", "seed"]
    with pytest.raises(ProblemsError, match="experts, measurement"):
        of(case(), sources=("weather",))
