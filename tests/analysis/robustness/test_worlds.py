"""What is drawn for one case, and what follows: against plain arithmetic in fractions, world by world."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustermark.analysis.robustness.case import Case, case_of, survey_error
from clustermark.analysis.robustness.drawing import Drawing, write_draws
from clustermark.analysis.robustness.filling import middles
from clustermark.analysis.robustness.sources import SOURCES, Source, Tolerances
from clustermark.analysis.robustness.worlds import weights_from, width_of, worlds_of
from clustermark.dossiers.dossier import Dossier
from clustermark.scoring.kernel import Scale
from clustermark.scoring.score import score_dossiers
from clustermark.scoring.views import ScoredView
from tests.analysis.robustness.material import SCORES, case, scheme
from tests.builders import AS_OF

REACH = Tolerances(weights=0.3, thresholds=0.2)


def ready(one: Dossier) -> Case:
    scored = score_dossiers(scheme(), [one], [ScoredView("consensus")], as_of=AS_OF)
    return case_of(scored, one, None, REACH)


DRAWING = Drawing(ready(case()), 11, SOURCES, REACH)
WHOLE = DRAWING.all(200)


def test_what_was_read_from_the_dossier() -> None:
    found = DRAWING.case
    assert found.official.tolist() == [4000, 2, 6, 6000]
    assert [voice.tolist() for voice in found.voices] == [[], [3, 1], [], []]
    assert found.movable.tolist() == [True, False, True, True]
    assert found.errors[:3].tolist() == [0, 0, 0]


def test_the_survey_error_counts_respondents_and_the_finite_population() -> None:
    mean = Fraction(360, 6)
    rests = [Fraction(sum(given)) - mean * len(given) for given in SCORES.values()]
    expected = sqrt(sum(rest**2 for rest in rests) / 2 / 3 / Fraction(2) ** 2 * (1 - Fraction(3, 5)))
    assert survey_error(case(), AS_OF) == pytest.approx(expected)
    assert DRAWING.case.errors[3] == pytest.approx(100 * expected)


@given(number=st.integers(0, 199))
@settings(max_examples=25)
def test_a_draw_alone_is_the_same(number: int) -> None:
    alone = DRAWING.draw(number)
    assert alone.points[0] == WHOLE.points[number]
    assert alone.level[0] == WHOLE.level[number]
    assert np.array_equal(alone.missed[:, 0], WHOLE.missed[:, number])


@given(chunk=st.integers(1, 250))
@settings(max_examples=15)
def test_results_do_not_depend_on_chunks(chunk: int) -> None:
    found = DRAWING.all(200, chunk=chunk)
    assert np.array_equal(found.points, WHOLE.points)
    assert np.array_equal(found.level, WHOLE.level)


def test_without_any_source_every_draw_is_the_official_result() -> None:
    found = Drawing(DRAWING.case, 1, (), REACH).all(20)
    # bands 2, 2, 1, 2: points 2 + 2 + 1 + 2
    assert found.points.tolist() == [7.0] * 20
    assert found.level.tolist() == [0] * 20
    assert not found.missed.any()


def test_every_world_gives_what_plain_arithmetic_gives() -> None:
    drawing = Drawing(ready(case(met=6)), 11, SOURCES, REACH)
    random = np.random.default_rng(3).random((60, width_of(drawing.case)))
    worlds = worlds_of(drawing.case, random, SOURCES, REACH)
    points, levels = drawing.at(random)
    for world in range(60):
        total, met = Fraction(0), True
        for row, item in enumerate(scheme().document.indicators):
            value = Fraction(worlds.values[row, world]) / 10**item.decimals
            factor = Fraction(worlds.factors[row, world])
            sign = -1 if item.direction == "down" else 1
            band = sum(sign * value >= sign * Fraction(edge) * factor for edge in item.bands)
            total += Fraction(int(worlds.weights[row, world]), 2**16) * Fraction(item.band_points[band])
            if item.minimum:
                met &= value >= Fraction(item.required or 0) * factor
        assert points[world] == float(total)
        assert levels[world] == (1 if met and total >= 9 else 0 if met else -1)
    assert set(levels.tolist()) == {-1.0, 0.0, 1.0}


def test_stored_draws_can_be_made_again_one_by_one(tmp_path: Path) -> None:
    write_draws(DRAWING, 30, tmp_path / "draws.csv")
    lines = (tmp_path / "draws.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "draw,points,level,minimums_missed"
    assert len(lines) == 31
    for line in (lines[1], lines[18], lines[30]):
        number, points, level, missed = line.split(",")
        again = DRAWING.draw(int(number))
        assert float(points) == again.points[0]
        assert level == ["", "silver", "gold"][again.level[0] + 1]
        assert missed.split() == [c for c, m in zip(["1.1", "1.2"], again.missed[:2, 0], strict=True) if m]


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_draws_the_same_whichever_others_are_on(source: Source) -> None:
    random = np.random.default_rng(4).random((30, width_of(DRAWING.case)))
    alone, together = (worlds_of(DRAWING.case, random, on, REACH) for on in ((source,), SOURCES))
    if source == "experts":
        assert np.array_equal(alone.values[1], together.values[1])
    elif source == "measurement":
        assert np.array_equal(alone.values[3], together.values[3])
    elif source == "thresholds":
        assert np.array_equal(alone.factors, together.factors)
        assert np.array_equal(alone.values, np.repeat(DRAWING.case.official[:, None], 30, axis=1))
    elif source == "weights":
        assert np.array_equal(alone.weights, together.weights)


def test_each_expert_speaks_in_half_of_the_draws_and_edges_stay_within_reach() -> None:
    random = np.random.default_rng(5).random((20_000, width_of(DRAWING.case)))
    worlds = worlds_of(DRAWING.case, random, SOURCES, REACH)
    assert set(worlds.values[1].tolist()) == {1.0, 3.0}
    assert abs((worlds.values[1] == 3).mean() - 0.5) < 0.015
    moved = worlds.factors[0]
    assert 0.8 < moved.min() < 0.801
    assert 1.199 < moved.max() < 1.2
    assert np.all(worlds.factors[1] == 1)
    drawn = worlds.values[3]
    assert drawn.mean() == pytest.approx(6000, abs=5 * DRAWING.case.errors[3] / sqrt(20_000))
    assert drawn.std() == pytest.approx(DRAWING.case.errors[3], rel=0.03)


@given(st.lists(st.floats(0.001, 0.999), min_size=4, max_size=4), st.floats(0, 0.9))
def test_weights_keep_the_maximum(random: list[float], reach: float) -> None:
    most = np.array([3.0, 3.0, 4.0, 3.0])
    weights = weights_from(np.array(random)[:, None], most, reach)[:, 0] / 2**16
    assert weights @ most == pytest.approx(13, abs=13 * 2**-17)
    assert np.all(weights > 0)
    ratio = weights.max() / weights.min()
    assert ratio <= (1 + reach) / (1 - reach) * (1 + 1e-3)


def test_a_missing_value_falls_into_every_band_alike() -> None:
    gone = ready(case(surveyed=False))
    assert np.isnan(gone.official[3])
    assert gone.fillings[3].starts.tolist() == [2500, 5500, 6500, 7500]
    random = np.random.default_rng(6).random((8_000, width_of(gone)))
    values = worlds_of(gone, random, ("missing",), REACH).values[3]
    assert [abs((values == middle).mean() - 0.25) < 0.02 for middle in gone.fillings[3].starts] == [True] * 4
    assert np.isnan(worlds_of(gone, random, (), REACH).values[3]).all()


def test_middles_of_bands_in_both_directions() -> None:
    down = Scale((9.0, 5.0, 2.0), True, (0, 1, 2, 3), None, None, False, True)
    found = middles(down)
    assert [sum(value <= edge for edge in down.edges) for value in found] == [0, 1, 2, 3]
