"""The steps one by one on figures small enough to check by hand."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from scipy import stats

from clustermark.analysis.composite.aggregate import aggregate, effective_weights, weighted
from clustermark.analysis.composite.data import CompositeData
from clustermark.analysis.composite.decide import levels, rounded, settled
from clustermark.analysis.composite.denominate import denominate
from clustermark.analysis.composite.impute import impute
from clustermark.analysis.composite.influence import rank_shifts, without
from clustermark.analysis.composite.moments import excess_kurtosis, skewness
from clustermark.analysis.composite.normalise import normalise, normalised
from clustermark.analysis.composite.order import competition_ranks
from clustermark.analysis.composite.outranking import (
    agreement,
    copeland_ranks,
    copeland_scores,
    majority_order,
    majority_ranks,
    outranking_matrix,
    whole_weights,
)
from clustermark.analysis.composite.screen import enough_data, screen
from clustermark.analysis.composite.steps import rank_units, run_steps
from clustermark.analysis.composite.treat import treat
from clustermark.ground.problems import ProblemsError
from clustermark.schemes.composite import (
    BestOf,
    Cut,
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
from tests.analysis.composite.material import (
    ARITHMETIC,
    GEOMETRIC,
    HARMONIC,
    ORIGIN,
    flat,
    indicator,
    node,
    table,
)

NAN = math.nan
UNIT_RANGE = MinMax(method="min_max")


def same(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


def test_data_are_never_changed_and_never_infinite() -> None:
    data = table([[1.0], [2.0]])
    with pytest.raises(ValueError, match="read-only"):
        data.values[0, 0] = 5.0
    with pytest.raises(ValueError, match="infinite"):
        table([[math.inf]])
    with pytest.raises(ValueError, match="2 units × 1 codes"):
        CompositeData(units=("u", "v"), codes=("a",), values=np.zeros((1, 1)))
    with pytest.raises(ValueError, match="one entry a unit"):
        table([[1.0]], groups={"g": ("x", "y")})


def test_denominators_missing_or_zero_leave_the_value_missing() -> None:
    data = table([[10.0], [10.0], [10.0], [NAN]], denominators={"size": np.array([4.0, 0.0, NAN, 5.0])})
    found = denominate(data, [indicator("a", per="size", per_factor=Decimal(1000))])
    same(found.column("a"), [2500.0, NAN, NAN, NAN])
    assert [(note.code, note.count) for note in found.notes] == [("denominator-missing", 2)]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("none", [1.0, NAN, 4.0, 6.0, NAN, NAN]),
        ("mean", [1.0, 11 / 3, 4.0, 6.0, 11 / 3, 11 / 3]),
        ("median", [1.0, 4.0, 4.0, 6.0, 4.0, 4.0]),
        ("group_mean", [1.0, 1.0, 4.0, 6.0, 5.0, NAN]),
        ("group_median", [1.0, 1.0, 4.0, 6.0, 5.0, NAN]),
    ],
)
def test_imputation(method: Any, expected: list[float]) -> None:
    groups = {"sector": ("x", "x", "y", "y", "y", None)}
    data = table([[1.0], [NAN], [4.0], [6.0], [NAN], [NAN]], groups=groups)
    group = "sector" if method.startswith("group") else None
    found = impute(data, Imputation(method=method, group=group))
    same(found.column("a"), expected)
    left = int(np.isnan(expected).sum()) if method != "none" else 0
    assert sum(note.count for note in found.notes if note.code == "not-imputed") == left


def test_screening_compares_shares_exactly() -> None:
    values = [[1.0] * 10 for _ in range(2)]
    values[0][:3] = [NAN] * 3
    values[1][:4] = [NAN] * 4
    data = table(values)
    kept = enough_data(data, Screening(min_share=Decimal("0.7")))
    found = screen(data, kept)
    assert found.units == ("u0",)
    assert [note.about for note in found.notes] == ["u1"]


def test_moments_against_scipy() -> None:
    values = np.array([1.0, 2.0, 2.5, 7.0, 30.0, -4.0])
    assert skewness(values) == pytest.approx(stats.skew(values, bias=False), rel=1e-12)
    assert excess_kurtosis(values) == pytest.approx(stats.kurtosis(values, bias=False), rel=1e-12)
    assert skewness(np.ones(9)) is None
    assert excess_kurtosis(np.array([1.0, 2.0, 9.0])) is None


def test_winsorising_pulls_in_the_outlier_alone() -> None:
    found = treat(table([[float(v)] for v in [*range(20), 500]]), Treatment(), [indicator("a")])
    same(found.column("a"), [*range(20), 19])
    assert [(note.code, note.count) for note in found.notes] == [("winsorised", 1)]


def test_winsorising_at_the_low_end() -> None:
    found = treat(table([[-float(v)] for v in [*range(20), 500]]), Treatment(), [indicator("a")])
    same(found.column("a"), [-float(v) for v in [*range(20), 19]])


HEAVY = [0.0] * 40 + [2.0**power for power in range(30)]


def test_logarithm_where_winsorising_is_not_enough() -> None:
    data = table([[value] for value in HEAVY])
    found = treat(data, Treatment(), [indicator("a")])
    low, high = min(HEAVY), max(HEAVY)
    same(found.column("a"), [math.log(v - low + 0.01 * (high - low)) for v in HEAVY])
    kept = treat(data, Treatment(otherwise="as_stated"), [indicator("a")])
    same(kept.column("a"), HEAVY)
    assert [note.code for note in kept.notes] == ["outliers-left"]
    assert treat(data, Treatment(), [indicator("a", treated=False)]).notes == ()


def test_skewness_without_heavy_tails_is_left_alone() -> None:
    """Both limits must be passed: four ones in thirty are skewed (2.3) but not heavy-tailed (3.4)."""
    column = np.array([0.0] * 26 + [1.0] * 4)
    assert (skewness(column) or 0) > 2
    assert (excess_kurtosis(column) or 9) < 3.5
    assert treat(table(column[:, None]), Treatment(), [indicator("a")]).notes == ()


@pytest.mark.parametrize(
    ("counted", "units"), [("before_imputation", ("u1",)), ("after_imputation", ("u0", "u1"))]
)
def test_screening_counts_when_it_is_told_to(counted: Any, units: tuple[str, ...]) -> None:
    composite = flat(
        Ranked(method="rank"),
        imputation=Imputation(method="mean"),
        screening=Screening(min_share=Decimal("0.6"), counted=counted),
    )
    steps = run_steps(composite, table([[1.0, NAN], [3.0, 4.0]]))
    assert steps.normalised.units == units


VALUES = np.array([2.0, 5.0, NAN, 5.0, 10.0])


@pytest.mark.parametrize(
    ("rule", "direction", "expected"),
    [
        (UNIT_RANGE, "up", [0, 0.375, NAN, 0.375, 1]),
        (UNIT_RANGE, "down", [1, 0.625, NAN, 0.625, 0]),
        (MinMax(method="min_max", to=ScaleRange(low=Decimal(1), high=Decimal(9))), "up", [1, 4, NAN, 4, 9]),
        (Goalposts(method="goalposts", low=Decimal(4), high=Decimal(8)), "up", [0, 0.25, NAN, 0.25, 1]),
        (Goalposts(method="goalposts", low=Decimal(4), high=Decimal(8)), "down", [1, 0.75, NAN, 0.75, 0]),
        (
            Goalposts(method="goalposts", low=Decimal(4), high=Decimal(8), cap="high"),
            "up",
            [-0.5, 0.25, NAN, 0.25, 1],
        ),
        (
            Goalposts(method="goalposts", low=Decimal(4), high=Decimal(8), cap="low"),
            "up",
            [0, 0.25, NAN, 0.25, 1.5],
        ),
        (
            Goalposts(method="goalposts", low=Decimal(4), high=Decimal(8), cap="none"),
            "up",
            [-0.5, 0.25, NAN, 0.25, 1.5],
        ),
        (Ranked(method="rank"), "up", [1, 2, NAN, 2, 4]),
        (Ranked(method="rank"), "down", [4, 2, NAN, 2, 1]),
        (Ranked(method="percent_rank"), "up", [0, 1 / 3, NAN, 1 / 3, 1]),
        (Ranked(method="borda"), "up", [0, 1.5, NAN, 1.5, 3]),
        (BestOf(method="best_of_sample"), "up", [2, 5, NAN, 5, 10]),
        (BestOf(method="best_of_sample"), "down", [10, 4, NAN, 4, 2]),
        (Target(method="target", target=Decimal(6)), "up", [0, 0.75, NAN, 0.75, 1]),
        (Target(method="target", target=Decimal(6), cap=False), "up", [0, 0.75, NAN, 0.75, 2]),
        (Target(method="target", target=Decimal(5)), "down", [1, 1, NAN, 1, 0]),
        (
            ZScore(method="z_score"),
            "up",
            [-3.5 / 11**0.5, -0.5 / 11**0.5, NAN, -0.5 / 11**0.5, 4.5 / 11**0.5],
        ),
    ],
)
def test_normalisations(rule: Any, direction: str, expected: list[float]) -> None:
    same(normalised(VALUES, rule, direction=direction), expected)


def test_logarithmic_scale_of_goalposts() -> None:
    rule = Goalposts(method="goalposts", low=Decimal(1), high=Decimal(10000))
    same(normalised(np.array([10.0, 100.0, 1e6]), rule, scale="log"), [0.25, 0.5, 1.0])


def test_least_zero_is_best_where_less_is_better() -> None:
    rule = BestOf(method="best_of_sample")
    same(normalised(np.array([0.0, 3.0, 0.0]), rule, direction="down"), [10, 0, 10])


@pytest.mark.parametrize(
    "rule", [UNIT_RANGE, ZScore(method="z_score"), Target(method="target", target=Decimal("0.1"))]
)
def test_no_spread_is_missing_and_noted_never_zero(rule: Any) -> None:
    found = normalise(table([[0.1, 1.0], [0.1, 2.0], [0.1, 5.0]]), flat(rule, "uu"))
    same(found.column("a"), [NAN, NAN, NAN])
    assert ("no-spread", "a", 3) in [(note.code, note.about, note.count) for note in found.notes]


def test_all_values_a_scale_cannot_take_are_told() -> None:
    composite = flat(BestOf(method="best_of_sample"))
    with pytest.raises(ProblemsError) as caught:
        normalise(table([[-1.0, 2.0], [3.0, -4.0]]), composite)
    assert [(p.place.column, p.found) for p in caught.value.problems] == [("a", "-1.0"), ("b", "-4.0")]


WEIGHTS = np.array([1.0, 3.0])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (ARITHMETIC, [2.5, 8.0, NAN, 0.75]),
        (GEOMETRIC, [2**1.25, 8.0, NAN, 0.0]),
        (HARMONIC, [1 / (0.25 / 4 + 0.75 / 2), 8.0, NAN, 0.0]),
        (MeanMin(method="mean_min"), [2.0, 8.0, NAN, 0.0]),
        (MeanMin(method="mean_min", alpha=Decimal(0)), [2.5, 8.0, NAN, 0.75]),
        (
            MeanMin(method="mean_min", alpha=Decimal("0.5"), beta=Decimal(1)),
            [2.5 - 0.5 * (1.25**0.5 - 1), 8, NAN, 0.625],
        ),
    ],
)
def test_means_over_what_is_there(rule: Any, expected: list[float]) -> None:
    parts = np.array([[4.0, 2.0], [NAN, 8.0], [NAN, NAN], [0.0, 1.0]])
    same(weighted(parts, WEIGHTS, rule), expected)


def test_a_node_without_enough_weight_is_missing() -> None:
    data = table([[1.0, 3.0], [1.0, NAN], [NAN, 3.0]])
    parts = [indicator("a", weight=Decimal(1)), indicator("b", weight=Decimal(3))]
    strict = flat(UNIT_RANGE, indicators=parts)
    same(aggregate(data, strict)["index"], [2.5, NAN, NAN])
    lenient = flat(UNIT_RANGE, indicators=parts, min_weight=Decimal("0.75"))
    same(aggregate(data, lenient)["index"], [2.5, NAN, 3.0])


def test_negative_scores_are_refused_by_a_geometric_mean() -> None:
    with pytest.raises(ProblemsError, match="u1 has a score below zero under index"):
        aggregate(table([[1.0, 3.0], [-1.0, 3.0]]), flat(UNIT_RANGE, aggregation=GEOMETRIC))


def test_effective_weights_multiply_down_the_hierarchy() -> None:
    nodes = [node("index"), node("x", "index", weight=Decimal(1)), node("y", "index", weight=Decimal(2))]
    parts = [indicator("a", "x"), indicator("b", "x", weight=Decimal(3)), indicator("c", "y")]
    found = effective_weights(flat(UNIT_RANGE, nodes=nodes, indicators=parts))
    third = Fraction(1, 3)
    assert found == {
        "index": 1,
        "x": third,
        "y": 2 * third,
        "a": third / 4,
        "b": third / 4 * 3,
        "c": 2 * third,
    }


def test_rounding_is_half_up_on_what_is_meant() -> None:
    # 0.1 + 0.2 + 0.15 is .45, and a third of it .15; floats say .15000000000000002 or less
    assert rounded([0.7995, 0.79949, (0.1 + 0.2 + 0.15) / 3, -0.0005, NAN], 3) == [
        Decimal("0.800"),
        Decimal("0.799"),
        Decimal("0.150"),
        Decimal("-0.001"),
        None,
    ]
    assert rounded([0.1 + 0.7 - 0.65 - 1e-16], 1) == [Decimal("0.2")]
    assert settled(0.1 + 0.2) == Decimal("0.3")


def test_levels_by_cuts_on_exact_decimals() -> None:
    cuts = [
        Cut(level=name, title={"en": name}, at_least=None if bound is None else Decimal(bound), origin=ORIGIN)
        for name, bound in (("low", None), ("middle", "0.55"), ("high", "0.8"))
    ]
    found = levels([Decimal("0.549"), Decimal("0.550"), Decimal("0.8"), None], cuts)
    assert [cut and cut.level for cut in found] == ["low", "middle", "high", None]
    assert levels([Decimal("0.5")], cuts[1:]) == [None]


def test_competition_ranks_share_and_skip() -> None:
    assert competition_ranks([3, 5, None, 5, 1]) == [3, 1, None, 1, 4]


def test_outranking_counts_weight_and_halves_ties() -> None:
    data = table([[3.0, 1.0, NAN], [2.0, 1.0, 5.0]])
    found = outranking_matrix(data, [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)])
    # weights 2 : 1 : 1, doubled so that halves are whole; the third indicator is silent
    assert found.tolist() == [[0, 5], [1, 0]]


def test_copeland_by_hand() -> None:
    data = table([[3.0, 3.0, 1.0], [2.0, 2.0, 3.0], [1.0, 1.0, 2.0]])
    support = outranking_matrix(data, [Fraction(1, 3)] * 3)
    assert copeland_scores(support) == [2, 0, -2]
    assert copeland_ranks(support) == [1, 2, 3]


def test_weights_with_long_denominators_stay_exact() -> None:
    primes = [Fraction(1, prime) for prime in (1000003, 1000033, 1000037, 1000039)]
    data = table([[2.0, 2.0, 1.0, 1.0], [1.0, 1.0, 2.0, 2.0]])
    support = outranking_matrix(data, primes)
    ahead = primes[0] + primes[1] > primes[2] + primes[3]
    assert (support[0, 1] > support[1, 0]) == ahead
    assert whole_weights([Fraction(1, 2), Fraction(1, 4)]) == [2, 1]


def test_majority_order_is_optimal_by_brute_force() -> None:
    generator = np.random.default_rng(11)
    for _ in range(15):
        data = table(generator.integers(0, 4, size=(5, 4)))
        support = outranking_matrix(data, [Fraction(w) for w in (1, 2, 3, 5)])
        best = max(agreement(list(order), support) for order in permutations(range(5)))
        assert agreement(majority_order(support), support) == best


def test_majority_ranks_break_the_condorcet_circle_at_its_weakest_link() -> None:
    # a before b before c for 4, b before c before a for 3, c before a before b for 2
    data = table([[3, 1, 2], [2, 3, 1], [1, 2, 3]])
    support = outranking_matrix(data, [Fraction(4, 9), Fraction(3, 9), Fraction(2, 9)])
    assert majority_ranks(support) == [1, 2, 3]
    assert copeland_ranks(support) == [1, 1, 1]


def test_majority_order_refuses_what_it_cannot_search() -> None:
    with pytest.raises(ProblemsError, match="up to 40 units"):
        majority_order(np.zeros((41, 41), dtype=np.int64))


@pytest.mark.parametrize(
    ("ranking", "expected"), [("value", [2, 1, None]), ("copeland", [1, 2, None]), ("majority", [1, 2, None])]
)
def test_ranking_as_declared(ranking: Any, expected: list[int | None]) -> None:
    """Two of three indicators put u0 ahead by a little, one puts u1 ahead by much."""
    goalposts = Goalposts(method="goalposts", low=Decimal(0), high=Decimal(10))
    composite = flat(goalposts, "uuu", ranking=ranking)
    steps = run_steps(composite, table([[5, 5, 0], [4, 4, 9], [1, NAN, 1]]))
    assert rank_units(composite, steps) == expected


def test_without_an_indicator_empty_nodes_go_too() -> None:
    nodes = [node("index"), node("x", "index"), node("y", "index")]
    parts = [indicator("a", "x"), indicator("b", "y"), indicator("c", "y")]
    composite = flat(UNIT_RANGE, nodes=nodes, indicators=parts)
    assert [item.code for item in without(composite, "a").nodes] == ["index", "y"]
    assert without(composite, "b").codes == ("a", "c")
    with pytest.raises(ValueError, match="nothing is left"):
        without(flat(UNIT_RANGE, "u"), "a")


def test_rank_shifts_by_hand() -> None:
    composite = flat(Goalposts(method="goalposts", low=Decimal(0), high=Decimal(10)))
    found = rank_shifts(composite, table([[9.0, 0.0], [0.0, 8.0], [4.0, 1.0]]))
    assert found == {"a": pytest.approx(4 / 3), "b": pytest.approx(2 / 3)}
    assert math.isnan(rank_shifts(flat(UNIT_RANGE, "u"), table([[1.0], [2.0]]))["a"])
