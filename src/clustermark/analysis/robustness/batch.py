"""Many clusters drawn together: how often each reaches each level, and where it ranks.

In one draw all clusters stand under the same weights and the same moved edges, so that their order means
something; experts and missing values vary for each on its own. Gates are taken as met: a portfolio holds values, not
records. A cluster's rank is 1 + the number of clusters with more points; equal points share a rank.

Every sum is one of whole numbers, so the counts depend neither on chunks, threads nor engine.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.portfolio import Portfolio
from clustermark.analysis.robustness.batch_numpy import count_draws
from clustermark.analysis.robustness.batch_plan import Counts, Field, Plan, plan_of
from clustermark.analysis.robustness.level_rules import level_rules
from clustermark.analysis.robustness.sources import SOURCES, Tolerances, known_sources
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.kernel import point_places, scale_of

VALUES_A_CHUNK = 640_000
FEWEST, MOST = 64, 512
"""Draws prepared at a time: about 2 MB of random words; more for fewer clusters."""

Engine = Literal["auto", "numpy", "numba"]

WORTH_COMPILING = 20_000_000
"""Clusters × draws from which numba saves more time than its start takes."""


def field_of(scheme: Scheme, portfolio: Portfolio) -> Field:
    """The clusters of a portfolio (one row each: take one edition) under a scheme.

    The first two raters of the portfolio are the experts. Raises `ProblemsError` for levels that do not rest on points
    and minimums.
    """
    indicators = scheme.document.indicators
    places = point_places(indicators)
    units = 10.0 ** np.array([item.decimals for item in indicators])[:, None]
    codes = [item.code for item in indicators]
    where = {code: column for column, code in enumerate(portfolio.codes)}
    ratings = np.full((2, len(codes), len(portfolio)), np.nan)
    if len(portfolio.raters) >= 2:
        for row, code in enumerate(codes):
            if code in where:
                ratings[:, row] = portfolio.ratings[:2, :, where[code]]
    return Field(
        scales=tuple(scale_of(item, places) for item in indicators),
        rules=tuple(level_rules(scheme)),
        movable=np.array([item.scale == "measure" for item in indicators]),
        values=np.rint(portfolio.columns(codes).T * units),
        ratings=np.rint(ratings * units),
    )


def draw_field(
    field: Field,
    *,
    draws: int = 10_000,
    seed: int = 1,
    sources: Collection[str] = SOURCES,
    tolerances: Tolerances | None = None,
    engine: Engine = "auto",
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Counts:
    """Draw n clusters `draws` times.

    The source `measurement` does not apply: a portfolio does not say what was sampled. `engine` is NumPy, or numba
    where the extra `fast` is installed (`auto` takes it for large work); both give equal counts. Each thread needs
    about 2,000 bytes a cluster beside the input.
    """
    plan = plan_of(field, known_sources(sources), tolerances or Tolerances(), seed)
    count = _engine(engine, draws * field.values.shape[1])
    chunk = max(FEWEST, min(MOST, VALUES_A_CHUNK // field.values.shape[1]))
    starts = range(0, draws, chunk)
    total = Counts.empty(plan, draws)
    lanes = [Counts.empty(plan, draws) for _lane in range(threads)]

    def run(lane: int) -> None:
        for done, start in enumerate(starts[lane::threads]):
            count(plan, start, min(chunk, draws - start), lanes[lane])
            if progress is not None and lane == 0:
                progress(min(draws, (done + 1) * chunk * threads), draws)

    if threads == 1:
        run(0)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(run, range(threads)))
    for part in lanes:
        total.add(part)
    return total


def _engine(engine: Engine, work: int) -> Callable[[Plan, int, int, Counts], None]:
    if engine == "auto" and work >= WORTH_COMPILING and find_spec("numba") is not None:
        engine = "numba"
    if engine == "numba":
        from clustermark.analysis.robustness.batch_numba import (  # noqa: PLC0415 - numba is optional and loads slowly
            count_draws as count_draws_fast,
        )

        return count_draws_fast
    return count_draws


def interval_of(counts: Counts, unit: int, *, share: float = 0.95) -> tuple[float, float]:
    """The bins of ranks of one cluster that hold `share` of the draws, as shares of the group (0 is the top)."""
    tail = (1 - share) / 2
    cumulated: NDArray[np.int64] = np.cumsum(counts.rank_bins[unit], dtype=np.int64)
    bins = len(cumulated)
    first = int(np.searchsorted(cumulated, tail * counts.draws, side="right"))
    last = int(np.searchsorted(cumulated, (1 - tail) * counts.draws, side="left"))
    return first / bins, (last + 1) / bins
