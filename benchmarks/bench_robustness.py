"""Robustness: 10,000 clusters in one draw after the other, one case with 10,000 draws, and Sobol' indices.

The plain oracle (`tests/analysis/robustness/oracle.py`) draws the same worlds one at a time; every count is compared
before anything is timed. It is measured over a sample of draws and both are given for one draw. scikit-criteria and
pymcdm are in the dependency group `bench`; without them their rows are left out, with a message.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from tests.analysis.robustness.g_function import G_FIRST, g_function
from tests.analysis.robustness.oracle import Oracle

from benchmarks.table import Row, alternate, print_table
from clustermark.analysis.demo.population import synthetic_portfolio
from clustermark.analysis.robustness import (
    Counts,
    Field,
    Tolerances,
    draw_field,
    field_of,
    robustness_of_scored,
)
from clustermark.analysis.robustness.batch import Engine
from clustermark.analysis.robustness.batch_plan import plan_of
from clustermark.analysis.robustness.sensitivity import sobol_indices
from clustermark.analysis.robustness.sources import SOURCES
from clustermark.dossiers.dossier import Dossier
from clustermark.ground.texts import current_language
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.explaining import scorecard_of
from clustermark.scoring.score import score_dossiers
from clustermark.scoring.views import ScoredView

ROOT = Path(__file__).parent.parent
CLUSTERS = 10_000
EQUAL_DRAWS, ORACLE_DRAWS, OUR_DRAWS = 24, 20, 2_000
MOST_MEMORY = 400 * 2**20
SECTION = 0.150
"""Seconds the section on one case may take."""


def clusters(count: int) -> Field:
    """The last edition of the synthetic portfolio, made large enough, under the Gold scheme."""
    portfolio = synthetic_portfolio(count * 2, 1)
    last = portfolio.of_year(portfolio.editions[-1])
    assert len(last) >= count, len(last)
    return field_of(Scheme.load("ecei-gold-2013"), last.rows(np.arange(count)))


def same(field: Field, engine: Engine) -> None:
    """Every count of the engine is the oracle's."""
    tolerances = Tolerances()
    counts = draw_field(field, draws=EQUAL_DRAWS, seed=7, engine=engine)
    plain = Counts.empty(plan_of(field, SOURCES, tolerances, 7), EQUAL_DRAWS)
    Oracle(field, 7, SOURCES, tolerances).count(plain, 0, EQUAL_DRAWS)
    assert np.array_equal(counts.levels, plain.levels)
    assert np.array_equal(counts.rank_sum, plain.rank_sum)
    assert np.array_equal(counts.rank_bins, plain.rank_bins)


def batch() -> list[Row]:
    """The batch of clusters against the oracle, in each engine, and its memory."""
    field = clusters(CLUSTERS)
    engines: list[tuple[Engine, float]] = [("numpy", 3.5)]
    if find_spec("numba"):
        engines.append(("numba", 11.0))
    oracle, plain = (
        Oracle(field, 1, SOURCES, Tolerances()),
        Counts.empty(plan_of(field, SOURCES, Tolerances(), 1), 1),
    )
    rows = []
    for engine, goal in engines:
        same(field, engine)
        ours, other = alternate(
            lambda engine=engine: draw_field(field, draws=OUR_DRAWS, engine=engine),  # type: ignore[misc]  # mypy cannot infer a lambda with a default
            lambda: oracle.count(plain, 0, ORACLE_DRAWS),
        )
        name = f"robustness, 10,000 clusters × 31, milliseconds a draw, {engine} (plain oracle)"
        rows.append(Row(name, 1000 * ours / OUR_DRAWS, 1000 * other / ORACLE_DRAWS, goal, unit="ms"))
    tracemalloc.start()
    draw_field(field, draws=EQUAL_DRAWS * 10, engine="numpy")
    peak = tracemalloc.get_traced_memory()[1] + field.values.nbytes + field.ratings.nbytes
    tracemalloc.stop()
    rows.append(
        Row(
            "the same, peak memory with the input (of 400 MiB)",
            peak / 2**20,
            MOST_MEMORY / 2**20,
            1,
            "at most",
            "MiB",
        )
    )
    return rows


def one_case() -> list[Row]:
    """The section on one case: 10,000 draws, Sobol' indices, bounds and words."""
    dossier = Dossier.open(ROOT / "examples/oka-valley")
    scheme, view, day = Scheme.load("ecei-silver-2017"), ScoredView("consensus"), date(2025, 10, 26)
    scored = score_dossiers(scheme, [dossier], [view], as_of=day)
    card = scorecard_of(scored, dossier, view, language=current_language())
    assert robustness_of_scored(scored, dossier, card).official_level == "silver"
    times = []
    for _round in range(5):
        start = perf_counter()
        robustness_of_scored(scored, dossier, card, draws=10_000)
        times.append(perf_counter() - start)
    return [
        Row(
            "one case, 10,000 draws, whole section (of 150 ms)",
            float(np.median(times)),
            SECTION,
            1,
            "at most",
        )
    ]


def sobol() -> list[Row]:
    """The error of first-order indices on the g-function: 50 repeats of 1,024 points."""
    groups = [[column] for column in range(len(G_FIRST))]
    found = [
        sobol_indices(lambda x: g_function(x)[None], groups, len(G_FIRST), seed=seed, resamples=1)[0].first
        for seed in range(50)
    ]
    error = float(np.sqrt(np.mean((np.array(found) - G_FIRST) ** 2)))
    return [
        Row("Sobol' first order, g-function, 1,024 points: RMSE (of .005)", error, 0.005, 1, "at most", "")
    ]


def rivals() -> list[Row]:
    """Weights drawn, weighted sum and rank, against libraries that score a table of alternatives."""
    rows = []
    engine: Engine = "numba" if find_spec("numba") else "numpy"
    for count in (1_000, 10_000):
        field = clusters(count)
        table = np.nan_to_num(field.values.T) + 1.0
        for library, make, goal in (("skcriteria", skcriteria_draw, 60), ("pymcdm", pymcdm_draw, 500)):
            if not find_spec(library):
                print(f"{library} is not installed (dependency group bench): its rows are left out")
                continue
            other = make(table)
            ours, theirs = alternate(
                lambda field=field: draw_field(field, draws=OUR_DRAWS, sources=("weights",), engine=engine),  # type: ignore[misc]  # as above
                other,
            )
            name = f"weighted sum and rank of {count:,} clusters a draw ({library})"
            rows.append(Row(name, 1000 * ours / OUR_DRAWS, 1000 * theirs, goal, unit="ms"))
    return rows


def skcriteria_draw(table: NDArray[np.float64]) -> Callable[[], object]:
    """One draw with scikit-criteria: weights, sum normalisation, weighted sum, rank."""
    from skcriteria import mkdm  # noqa: PLC0415 - optional
    from skcriteria.agg.simple import WeightedSumModel  # noqa: PLC0415 - optional

    rng = np.random.default_rng(1)
    k = table.shape[1]
    model = WeightedSumModel()
    return lambda: model.evaluate(mkdm(table, [max] * k, weights=rng.uniform(0.75, 1.25, k)))


def pymcdm_draw(table: NDArray[np.float64]) -> Callable[[], object]:
    """One draw with pymcdm: weights, weighted sum, rank."""
    from pymcdm.methods import WSM  # noqa: PLC0415 - optional

    rng = np.random.default_rng(1)
    k = table.shape[1]
    model, types = WSM(), np.ones(k)

    def draw() -> object:
        weights = np.asarray(rng.uniform(0.75, 1.25, k))
        return model.rank(model(table, weights / weights.sum(), types))

    return draw


def run() -> list[Row]:
    """All rows."""
    return [*batch(), *one_case(), *sobol(), *rivals()]


if __name__ == "__main__":
    print_table(run())
