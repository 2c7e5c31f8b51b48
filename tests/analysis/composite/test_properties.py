"""What holds for every table: monotone, bounded, blind to order and to units of measure, fair to names."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustermark.analysis.composite.data import CompositeData, Floats
from clustermark.analysis.composite.decide import rounded
from clustermark.analysis.composite.normalise import normalised
from clustermark.analysis.composite.outranking import copeland_scores, outranking_matrix
from clustermark.analysis.composite.steps import rank_units, run_steps
from clustermark.schemes.composite import (
    BestOf,
    Composite,
    Goalposts,
    Imputation,
    MeanMin,
    MinMax,
    Ranked,
    ScaleRange,
    Screening,
    Target,
    Treatment,
    ZScore,
)
from tests.analysis.composite.material import ARITHMETIC, GEOMETRIC, HARMONIC, flat, table

HUNDRED = ScaleRange(low=Decimal(1), high=Decimal(100))
GOALPOSTS = Goalposts(method="goalposts", low=Decimal(10), high=Decimal(30), to=HUNDRED)
MEANS = [
    ARITHMETIC,
    GEOMETRIC,
    HARMONIC,
    MeanMin(method="mean_min", alpha=Decimal("0.7"), beta=Decimal(2)),
]
NORMALISATIONS = [
    MinMax(method="min_max", to=HUNDRED),
    GOALPOSTS,
    ZScore(method="z_score", mean=Decimal(10), sd=Decimal(2)),
    Ranked(method="rank"),
    Ranked(method="percent_rank"),
    Ranked(method="borda"),
    BestOf(method="best_of_sample"),
    Target(method="target", target=Decimal(25), to=HUNDRED),
]
COLUMNS = 3
FEWER = settings(max_examples=30, deadline=None)  # for each of several rules
OWN_UNIT = (Goalposts, BestOf, Target)
"""Normalisations that compare an indicator in its own unit: no logarithm before them."""
cells = st.integers(min_value=1, max_value=40).map(float)
complete = st.lists(st.lists(cells, min_size=COLUMNS, max_size=COLUMNS), min_size=2, max_size=9)
gappy = st.lists(
    st.lists(cells | st.just(float("nan")), min_size=COLUMNS, max_size=COLUMNS), min_size=2, max_size=9
)


def index_of(composite: Composite, data: CompositeData) -> Floats:
    return run_steps(composite, data).scores["index"]


@pytest.mark.parametrize("rule", MEANS)
@FEWER
@given(values=complete, directions=st.text("ud", min_size=COLUMNS, max_size=COLUMNS), data=st.data())
def test_better_never_scores_less(rule: Any, values: Any, directions: str, data: st.DataObject) -> None:
    composite = flat(GOALPOSTS, directions, aggregation=rule)
    row = data.draw(st.integers(0, len(values) - 1))
    column = data.draw(st.integers(0, COLUMNS - 1))
    step = data.draw(cells)
    better = np.array(values)
    better[row, column] += step if directions[column] == "u" else -step
    before, after = (index_of(composite, table(each))[row] for each in (values, better))
    assert after >= before - 1e-9
    ranks = [rank_units(composite, run_steps(composite, table(each)))[row] for each in (values, better)]
    assert (ranks[1] or 0) <= (ranks[0] or 0)


@pytest.mark.parametrize("rule", MEANS)
@FEWER
@given(values=complete)
def test_goalposts_bound_the_index(rule: Any, values: Any) -> None:
    found = index_of(flat(GOALPOSTS, "udu", aggregation=rule), table(values))
    assert (found >= 1 - 1e-9).all()
    assert (found <= 100 + 1e-9).all()


@given(values=complete)
def test_means_keep_their_order(values: Any) -> None:
    means = [
        index_of(flat(GOALPOSTS, "uuu", aggregation=rule), table(values))
        for rule in (HARMONIC, GEOMETRIC, ARITHMETIC)
    ]
    least = index_of(flat(GOALPOSTS, "uuu", aggregation=MeanMin(method="mean_min")), table(values))
    for lower, upper in zip([least, *means], means, strict=False):
        assert (lower <= upper + 1e-9).all()


@pytest.mark.parametrize("rule", NORMALISATIONS)
@FEWER
@given(values=gappy, seed=st.integers(0, 2**16))
def test_the_order_of_the_units_does_not_matter(rule: Any, values: Any, seed: int) -> None:
    groups = {"g": tuple("xy"[row % 2] for row in range(len(values)))}
    composite = flat(
        rule,
        "udu",
        imputation=Imputation(method="group_mean", group="g"),
        screening=Screening(min_share=Decimal("0.5")),
        treatment=Treatment(
            skewness=Decimal(1),
            kurtosis=Decimal(1),
            max_points=1,
            otherwise="as_stated" if isinstance(rule, OWN_UNIT) else "log",
        ),
        min_weight=Decimal("0.1"),
    )
    order = np.random.default_rng(seed).permutation(len(values))
    data = table(values, groups=groups)
    shuffled = CompositeData(
        units=tuple(data.units[row] for row in order),
        codes=data.codes,
        values=data.values[order],
        groups={"g": tuple(groups["g"][row] for row in order)},
    )
    steps, other = run_steps(composite, data), run_steps(composite, shuffled)
    scores, others = (
        dict(zip(each.normalised.units, rounded(each.scores["index"], 10), strict=True))
        for each in (steps, other)
    )
    assert scores == others
    ranks, other_ranks = (
        dict(zip(each.normalised.units, rank_units(composite, each), strict=True)) for each in (steps, other)
    )
    assert ranks == other_ranks


@pytest.mark.parametrize("rule", [NORMALISATIONS[0], *NORMALISATIONS[2:6]])
@FEWER
@given(
    values=complete,
    scale=st.integers(1, 1000).map(lambda n: n / 8),
    shift=st.integers(-500, 500),
)
def test_units_of_measure_do_not_matter_without_goalposts(
    rule: Any, values: Any, scale: float, shift: int
) -> None:
    composite = flat(rule, "udu", min_weight=Decimal("0.1"))
    other = np.array(values) * scale + shift
    found, rescaled = (run_steps(composite, table(each)) for each in (values, other))
    np.testing.assert_allclose(found.scores["index"], rescaled.scores["index"], rtol=1e-9, atol=1e-9)
    assert rank_units(composite, found) == rank_units(composite, rescaled)


@given(values=gappy, direction=st.sampled_from(["up", "down"]))
def test_borda_gives_every_pair_one_point(values: Any, direction: str) -> None:
    """Neutral: points depend on the order alone and their sum on the number of units alone."""
    column = np.array(values)[:, 0]
    points = normalised(column, Ranked(method="borda"), direction=direction)
    n = int((~np.isnan(column)).sum())
    assert np.nansum(points) == n * (n - 1) / 2
    mirrored = normalised(column, Ranked(method="borda"), direction="up" if direction == "down" else "down")
    np.testing.assert_array_equal(points + mirrored, np.where(np.isnan(column), np.nan, n - 1))


@given(
    values=gappy,
    weights=st.lists(
        st.fractions(min_value="1/9", max_value=3, max_denominator=9), min_size=COLUMNS, max_size=COLUMNS
    ),
)
def test_copeland_is_neutral_and_balanced(values: Any, weights: Any) -> None:
    """Renaming units renames their scores; turning every preference round turns the scores round."""
    data = table(values)
    scores = copeland_scores(outranking_matrix(data, weights))
    assert sum(scores) == 0
    backwards = table(np.array(values)[::-1])
    assert copeland_scores(outranking_matrix(backwards, weights)) == scores[::-1]
    negated = table(-np.array(values))
    assert copeland_scores(outranking_matrix(negated, weights)) == [-score for score in scores]


@given(values=gappy)
def test_missing_is_never_zero(values: Any) -> None:
    """A unit without any value has no index and no rank, and others score as if it were not there."""
    values = [*values, [float("nan")] * COLUMNS]
    composite = flat(NORMALISATIONS[0], "udu", min_weight=Decimal("0.1"))
    steps = run_steps(composite, table(values))
    assert np.isnan(steps.scores["index"][-1])
    assert rank_units(composite, steps)[-1] is None
    without = run_steps(composite, table(values[:-1]))
    np.testing.assert_array_equal(steps.scores["index"][:-1], without.scores["index"])


any_cells = st.floats(-1e18, 1e18) | st.just(float("nan")) | st.sampled_from([0.0, 5e-324, -1e-200, 1e18])
any_table = st.lists(st.lists(any_cells, min_size=COLUMNS, max_size=COLUMNS), min_size=1, max_size=6)


@pytest.mark.parametrize("rule", [each for each in NORMALISATIONS if not isinstance(each, BestOf)])
@FEWER
@given(values=any_table)
def test_any_number_gives_a_score_or_a_missing_one(rule: Any, values: Any) -> None:
    """No overflow, no division by zero: warnings are errors here."""
    treatment = Treatment(otherwise="as_stated" if isinstance(rule, OWN_UNIT) else "log")
    composite = flat(
        rule, "udu", treatment=treatment, imputation=Imputation(method="mean"), min_weight=Decimal("0.1")
    )
    steps = run_steps(composite, table(values))
    assert not np.isinf(steps.scores["index"]).any()
    assert len(rank_units(composite, steps)) == len(values)


@FEWER
@given(values=st.lists(st.lists(st.floats(0, 1e18), min_size=2, max_size=2), min_size=1, max_size=6))
def test_any_number_from_zero_on_has_its_share_of_the_best(values: Any) -> None:
    scores = run_steps(flat(BestOf(method="best_of_sample"), "ud"), table(values)).normalised.values
    assert np.nanmin(scores) >= 0
    assert np.nanmax(scores) == 10
