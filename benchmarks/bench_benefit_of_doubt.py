"""Benefit of the doubt for 1,000 units × 31 indicators, against one `linprog` a unit; equal to 1e-7.

All 1,000 programmes of the other way take half a minute a row: it is timed over 50 units spread over
the set and multiplied by 20, in the same run.

Not in the table, because the goal is not reached there: independent indicators with limits on weights
(about 6 x) or without any limits (about 1 x: nearly all units are on the frontier).
"""

from __future__ import annotations

from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.special import ndtr

from benchmarks.table import Row, print_table
from clustermark.analysis.benefit_of_doubt import LimitsOn, benefit_of_doubt

UNITS, INDICATORS, SAMPLE, GOAL = 1000, 31, 50, 8.0
LOW, HIGH = 0.5 / INDICATORS, 2 / INDICATORS
Floats = NDArray[np.float64]


def units(*, common: float) -> Floats:
    """Values in 0.02..1; `common` is the part of an indicator's variance that all share (0: independent)."""
    rng = np.random.default_rng(3)
    quality = rng.normal(size=(UNITS, 1))
    noise = rng.normal(size=(UNITS, INDICATORS))
    values: Floats = 0.02 + 0.98 * ndtr(np.sqrt(common) * quality + np.sqrt(1 - common) * noise)
    return values


def one_programme(values: Floats, unit: int, limits_on: LimitsOn | None) -> float:
    """The score of one unit by the textbook's programme with a row for every unit."""
    rows, own = values, values[unit]
    if limits_on is not None:
        each, whole = (
            (np.diag(own), own) if limits_on == "shares" else (np.eye(INDICATORS), np.ones(INDICATORS))
        )
        rows = np.vstack([values, each - HIGH * whole, LOW * whole - each])
    most = np.concatenate([np.ones(len(values)), np.zeros(len(rows) - len(values))])
    return -float(linprog(-own, A_ub=rows, b_ub=most, method="highs").fun)


def measure(name: str, values: Floats, limits_on: LimitsOn | None, goal: float) -> Row:
    """Time both ways and check that they agree."""
    low, high = (0.0, 1.0) if limits_on is None else (LOW, HIGH)
    start = perf_counter()
    found = benefit_of_doubt(values, low=low, high=high, limits_on=limits_on or "shares")
    ours = perf_counter() - start
    sample = range(0, UNITS, UNITS // SAMPLE)
    start = perf_counter()
    expected = [one_programme(values, unit, limits_on) for unit in sample]
    other = (perf_counter() - start) * UNITS / SAMPLE
    np.testing.assert_allclose(found.scores[sample], expected, rtol=0, atol=1e-7)
    return Row(name, ours, other, goal)


def run() -> list[Row]:
    """Limits on shares and on weights; correlated indicators (as indicators are) and independent ones."""
    related, unrelated = units(common=0.5), units(common=0.0)
    return [
        measure("shares limited, correlated indicators", related, "shares", GOAL),
        measure("shares limited, independent indicators", unrelated, "shares", GOAL),
        measure("weights limited, correlated indicators", related, "weights", GOAL),
        measure("no limits, correlated indicators", related, None, GOAL),
    ]


def main() -> None:
    """Print the table."""
    print_table(run())


if __name__ == "__main__":
    main()
