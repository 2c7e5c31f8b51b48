"""Benefit of the doubt: every unit's score with the weights that suit it best.

The composite indicator of data envelopment analysis (Melyn & Moesen 1991; Cherchye et al. 2007; OECD/JRC
*Handbook on Constructing Composite Indicators* 2008, section 6): a unit may choose its own weights
w ≥ 0 as long as no unit would score more than 1 with them, and gets the largest score it can reach.
Limits keep the choice from resting on one indicator alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clustermark.analysis.frontier import Floats, Solve, score_units
from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import gettext as _

LimitsOn = Literal["shares", "weights"]


@dataclass(frozen=True)
class BenefitOfDoubt:
    """The best case of each of n units over m indicators.

    `scores` (n) lie in 0..1. `weights` (n × m) give them: no unit scores more than 1 with any row of it.
    `shares` (n × m) say how much of its score a unit owes to each indicator (rows sum to 1). `frontier`
    (n) marks the units that keep at least one unit from a higher score. `programmes` counts the linear
    programmes that were solved.
    """

    scores: Floats
    weights: Floats
    shares: Floats
    frontier: NDArray[np.bool_]
    programmes: int


def benefit_of_doubt(
    values: ArrayLike,
    *,
    low: float | Sequence[float] = 0.0,
    high: float | Sequence[float] = 1.0,
    limits_on: LimitsOn = "shares",
) -> BenefitOfDoubt:
    """Score every row of `values` (n units × m indicators, more is better, none negative or missing).

    `low` and `high` (one number, or one for each indicator) limit, for ``limits_on="shares"``, the part
    of a unit's own score that an indicator may give ("pie shares"; the result does not depend on the
    indicators' units), and for ``limits_on="weights"`` the part of the sum of the weights that an
    indicator may have (its values should then be normalised; so the Handbook's table 19 is computed).

    Raises ProblemsError: not a table, a missing or negative value, limits that contradict one another,
    or a zero where an indicator must give a share of the score.
    """
    table = np.atleast_2d(np.asarray(values, dtype=np.float64))
    problems = ProblemList()
    _check_values(table, problems)
    problems.raise_errors()
    lows, highs = _limits(low, high, table.shape[1], problems)
    limited = bool((lows > 0).any() or (highs < 1).any())
    if limited and limits_on == "shares":
        _check_shares_possible(table, lows, highs, problems)
        problems.raise_errors()

    # Shares and unlimited weights do not depend on a column's scale; weight limits do.
    tops = table.max(axis=0) if not limited or limits_on == "shares" else np.full(len(lows), table.max())
    scale = np.where(tops > 0, tops, 1.0)
    scaled = table / scale
    if limited and limits_on == "shares":
        solve = _with_share_limits(scaled, lows, highs)
    elif limited:
        solve = _with_weight_limits(scaled, lows, highs)
    else:
        solve = _without_limits(scaled)
    found = score_units(scaled, solve, common_region=limits_on == "weights" or not limited)
    parts = scaled * found.weights
    totals = parts.sum(axis=1, keepdims=True)
    return BenefitOfDoubt(
        scores=found.scores,
        weights=found.weights / scale,
        shares=np.divide(parts, totals, out=np.zeros_like(parts), where=totals > 0),
        frontier=found.frontier,
        programmes=found.programmes,
    )


def _check_values(table: Floats, problems: ProblemList) -> None:
    """Note an empty table and every value that is missing, infinite or negative."""
    if table.ndim != 2 or not table.size:
        message = _("Benefit of the doubt needs a table of units and indicators with at least one of each.")
        problems.add(Problem("values-not-a-table", message, Place(_("values"))))
        return
    for unit, indicator in np.argwhere(~np.isfinite(table)):
        message = _("A value is missing; fill the gap by a declared rule first.")
        problems.add(Problem("value-missing", message, _cell(unit, indicator)))
    for unit, indicator in np.argwhere(table < 0):
        found = f"{table[unit, indicator]:g}"
        message = _("A value is negative; normalise the indicator first.")
        problems.add(Problem("value-negative", message, _cell(unit, indicator), found, _("0 or more")))


def _limits(
    low: float | Sequence[float], high: float | Sequence[float], width: int, problems: ProblemList
) -> tuple[Floats, Floats]:
    """Both limits as one number for each indicator; raises ProblemsError where nobody could keep to them."""
    given = [np.asarray(limit, dtype=np.float64) for limit in (low, high)]
    for name, limit in zip(("low", "high"), given, strict=True):
        if limit.shape not in {(), (width,)}:
            allowed = _("one number, or {count} numbers").format(count=width)
            message = _("The limits do not fit the indicators.")
            problems.add(Problem("limits-count", message, Place(name), str(limit.size), allowed))
    problems.raise_errors()
    lows, highs = (np.broadcast_to(limit, (width,)) for limit in given)
    for indicator in np.flatnonzero(~((lows >= 0) & (lows <= highs) & (highs <= 1))):
        found = f"{lows[indicator]:g}..{highs[indicator]:g}"
        place = Place(_("limits"), field=_("indicator {number}").format(number=indicator + 1))
        message = _("A lower limit lies above its upper limit, or a limit outside 0..1.")
        problems.add(Problem("limits-order", message, place, found, _("0 ≤ low ≤ high ≤ 1")))
    problems.raise_errors()
    if lows.sum() > 1 + 1e-12 or highs.sum() < 1 - 1e-12:
        found = _("sums {low} and {high}").format(low=f"{lows.sum():g}", high=f"{highs.sum():g}")
        message = _("No weights keep to these limits: the shares of all indicators sum to 1.")
        allowed = _("lower limits that sum to 1 at most, upper limits that sum to 1 at least")
        problems.add(Problem("limits-sum", message, Place(_("limits")), found, allowed))
    problems.raise_errors()
    return lows, highs


def _check_shares_possible(table: Floats, lows: Floats, highs: Floats, problems: ProblemList) -> None:
    """Note every zero that must give a share, and every unit whose other indicators may not give it all."""
    for unit, indicator in np.argwhere((table == 0) & (lows > 0)):
        message = _("A value of zero cannot give the smallest share of the score asked of it.")
        problems.add(Problem("share-of-zero", message, _cell(unit, indicator), "0", _("more than 0")))
    for unit in np.flatnonzero(np.where(table > 0, highs, 0.0).sum(axis=1) < 1 - 1e-12):
        place = Place(_("values"), field=_("unit {number}").format(number=unit + 1))
        message = _(
            "The indicators above zero may not give the whole score: their upper limits sum to less than 1."
        )
        problems.add(Problem("shares-too-small", message, place))


def _cell(unit: int, indicator: int) -> Place:
    field = _("unit {unit}, indicator {indicator}").format(unit=unit + 1, indicator=indicator + 1)
    return Place(_("values"), field=field)


def _minimise(
    objective: Floats, rows: Floats, *, least: Floats, most: Floats, lower: Floats, upper: Floats
) -> Floats:
    """Solve one small linear programme with HiGHS.

    `milp` without integers is an LP with a third of `linprog`'s overhead; on programmes of this size
    presolve costs more than it saves.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - SciPy loads slowly

    answer = milp(
        objective,
        constraints=LinearConstraint(rows, least, most),
        bounds=Bounds(lower, upper),
        options={"presolve": False},
    )
    if answer.x is None:
        raise RuntimeError(f"HiGHS found no best weights: {answer.message}")
    solution: Floats = answer.x
    return solution


def _without_limits(values: Floats) -> Solve:
    """Maximise y·w with rows·w ≤ 1. No weight can exceed 1 / (largest value of its indicator)."""
    width = values.shape[1]
    upper = np.where(values.max(axis=0) > 0, 1.0, 0.0)  # columns are scaled to a largest value of 1

    def solve(unit: int, rows: Floats) -> Floats:
        nothing = np.full(len(rows), -np.inf)
        return _minimise(
            -values[unit], rows, least=nothing, most=np.ones(len(rows)), lower=np.zeros(width), upper=upper
        )

    return solve


def _with_weight_limits(values: Floats, lows: Floats, highs: Floats) -> Solve:
    """Maximise y·w with rows·w ≤ 1 and low ≤ w / s ≤ high, where the last variable s is the sum of w."""
    width = values.shape[1]
    unit_matrix, minus_sum = np.eye(width), -np.ones((1, 1))
    above = np.column_stack([unit_matrix, -highs])
    below = np.column_stack([-unit_matrix, lows])
    whole = np.column_stack([np.ones((1, width)), minus_sum])
    lower = np.zeros(width + 1)
    upper = np.full(width + 1, np.inf)

    def solve(unit: int, rows: Floats) -> Floats:
        scores = np.column_stack([rows, np.zeros(len(rows))])
        matrix = np.vstack([scores, above, below, whole])
        most = np.concatenate([np.ones(len(rows)), np.zeros(2 * width + 1)])
        least = np.full(len(most), -np.inf)
        least[-1] = 0.0
        objective = np.append(-values[unit], 0.0)
        return _minimise(objective, matrix, least=least, most=most, lower=lower, upper=upper)[:width]

    return solve


def _with_share_limits(values: Floats, lows: Floats, highs: Floats) -> Solve:
    """Choose shares p of the unit's score, low ≤ p ≤ high, Σp = 1, that keep everyone else lowest.

    With w = p · score / y the rows read Σ p · row / y ≤ t, and the score is 1 / t: limits become plain
    bounds of the variables, which is why this form is the fast one. The last variable is t.
    """
    width = values.shape[1]
    objective = np.append(np.zeros(width), 1.0)
    whole = np.append(np.ones(width), 0.0)

    def solve(unit: int, rows: Floats) -> Floats:
        own = values[unit]
        inverse = np.divide(1.0, own, out=np.zeros_like(own), where=own > 0)
        matrix = np.vstack([np.column_stack([rows * inverse, -np.ones(len(rows))]), whole])
        least = np.append(np.full(len(rows), -np.inf), 1.0)
        most = np.append(np.zeros(len(rows)), 1.0)
        lower, upper = np.append(lows, 0.0), np.append(np.where(own > 0, highs, 0.0), np.inf)
        found = _minimise(objective, matrix, least=least, most=most, lower=lower, upper=upper)
        weights: Floats = found[:width] * inverse / found[width]
        return weights

    return solve
