"""Many clusters: every count against one draw at a time, in every engine, chunk and thread."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustermark.analysis.demo.population import synthetic_portfolio
from clustermark.analysis.robustness import Counts, Field, Tolerances, draw_field, field_of, interval_of
from clustermark.analysis.robustness import batch as batch_module
from clustermark.analysis.robustness.batch import Engine
from clustermark.analysis.robustness.batch_plan import plan_of
from clustermark.analysis.robustness.level_rules import LevelRule
from clustermark.analysis.robustness.sources import SOURCES
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.kernel import Scale
from tests.analysis.robustness.oracle import Oracle

REACH = Tolerances(weights=0.3, thresholds=0.15)


@st.composite
def fields(draw: st.DrawFn) -> Field:
    """Small fields with ties, gaps, both directions, uneven points and required values off the edges."""
    k, n = draw(st.integers(1, 4)), draw(st.integers(1, 9))
    scales = []
    for row in range(k):
        count = draw(st.integers(0 if row else 1, 7))
        edges = sorted(draw(st.sets(st.integers(1, 60), min_size=count, max_size=count)))
        down = draw(st.booleans())
        points = [0, *np.cumsum(draw(st.lists(st.integers(1, 3), min_size=count, max_size=count))).tolist()]
        minimum = draw(st.booleans())
        required = float(draw(st.integers(1, 60))) if minimum else None
        scales.append(
            Scale(
                edges=tuple(map(float, edges[::-1] if down else edges)),
                down=down,
                points=tuple(points),
                required=required,
                required_band=None,
                minimum=minimum,
                scored=True,
            )
        )
    cells = st.one_of(st.just(np.nan), st.integers(0, 70).map(float))
    table = st.lists(cells, min_size=k * n, max_size=k * n)
    values, first, second = (np.array(draw(table)).reshape(k, n) for _ in range(3))
    most = sum(scale.points[-1] for scale in scales)
    needed = draw(st.integers(0, most))
    return Field(
        scales=tuple(scales),
        rules=(LevelRule("low", 0, None), LevelRule("high", needed, draw(st.sampled_from([None, most])))),
        movable=np.array(draw(st.lists(st.booleans(), min_size=k, max_size=k))),
        values=values,
        ratings=np.stack([first, second]),
    )


def plain(field: Field, draws: int, seed: int, sources: tuple[str, ...] = SOURCES) -> Counts:
    counts = Counts.empty(plan_of(field, sources, REACH, seed), draws)
    Oracle(field, seed, sources, REACH).count(counts, 0, draws)
    return counts


def assert_equal(found: Counts, expected: Counts) -> None:
    assert np.array_equal(found.levels, expected.levels)
    assert np.array_equal(found.rank_sum, expected.rank_sum)
    assert np.array_equal(found.rank_bins, expected.rank_bins)


@given(field=fields(), seed=st.integers(0, 2**63), sources=st.sets(st.sampled_from(SOURCES)))
@settings(max_examples=60, deadline=None)
def test_numpy_counts_what_one_draw_at_a_time_counts(field: Field, seed: int, sources: set[str]) -> None:
    chosen = tuple(source for source in SOURCES if source in sources)
    found = draw_field(field, draws=7, seed=seed, sources=chosen, tolerances=REACH, engine="numpy")
    assert_equal(found, plain(field, 7, seed, chosen))


@pytest.mark.slow
@given(field=fields(), seed=st.integers(0, 2**63))
@settings(max_examples=40, deadline=None)
def test_numba_counts_the_same(field: Field, seed: int) -> None:
    pytest.importorskip("numba", reason="numba (extra fast) is not installed")
    found = draw_field(field, draws=7, seed=seed, tolerances=REACH, engine="numba")
    assert_equal(found, draw_field(field, draws=7, seed=seed, tolerances=REACH, engine="numpy"))


def gold(clusters: int) -> Field:
    portfolio = synthetic_portfolio(clusters, 3)
    return field_of(Scheme.load("ecei-gold-2013"), portfolio.of_year(portfolio.editions[-1]))


GOLD = gold(80)


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_gold_on_a_portfolio(engine: Engine) -> None:
    if engine == "numba":
        pytest.importorskip("numba", reason="numba (extra fast) is not installed")
    assert np.isnan(GOLD.values).any()
    assert np.any(GOLD.ratings[0] != GOLD.ratings[1])
    found = draw_field(GOLD, draws=40, seed=2, tolerances=REACH, engine=engine)
    assert_equal(found, plain(GOLD, 40, 2))
    assert found.levels.sum(axis=0).tolist() == [40] * GOLD.values.shape[1]
    assert found.rank_bins.sum(axis=1).tolist() == [40] * GOLD.values.shape[1]


@pytest.mark.parametrize("fewest", [1, 3, 17])
@pytest.mark.parametrize("threads", [1, 2, 3])
def test_counts_do_not_depend_on_chunks_or_threads(
    monkeypatch: pytest.MonkeyPatch, fewest: int, threads: int
) -> None:
    expected = draw_field(GOLD, draws=50, seed=9, engine="numpy")
    monkeypatch.setattr(batch_module, "VALUES_A_CHUNK", 0)
    monkeypatch.setattr(batch_module, "FEWEST", fewest)
    assert_equal(draw_field(GOLD, draws=50, seed=9, threads=threads, engine="numpy"), expected)


def test_without_sources_the_ranks_are_the_official_ones() -> None:
    counts = draw_field(GOLD, draws=3, sources=(), engine="numpy")
    points, _level, rank = Oracle(GOLD, 1, (), REACH).results(0)
    assert (counts.rank_sum // 3).tolist() == rank.tolist()
    better = [int((points > own).sum()) + 1 for own in points]
    assert rank.tolist() == better


def test_a_cluster_that_nothing_can_touch_keeps_its_place() -> None:
    values = GOLD.values.copy()
    values[:, 0] = [0.0 if scale.down else 10.0**9 for scale in GOLD.scales]
    ratings = GOLD.ratings.copy()
    ratings[:, :, 0] = np.nan
    counts = draw_field(replace(GOLD, values=values, ratings=ratings), draws=60, engine="numpy")
    assert counts.rank_sum[0] == 60
    assert interval_of(counts, 0) == (0.0, 0.01)
    assert counts.levels[1, 0] == 60


def test_too_many_points_are_refused() -> None:
    scale = replace(GOLD.scales[1], points=(0, 1, 2, 3, 4, 40_000))
    with pytest.raises(ValueError, match="at most 32767"):
        draw_field(replace(GOLD, scales=(scale, *GOLD.scales[1:])), draws=1)
