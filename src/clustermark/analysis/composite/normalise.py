"""Step 5: bring every indicator to one scale on which more is better."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from clustermark.analysis.composite.data import CompositeData, Floats, Note
from clustermark.analysis.composite.moments import deviation, mean
from clustermark.analysis.composite.order import below, not_above
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.schemes.composite import (
    BestOf,
    Composite,
    CompositeIndicator,
    Goalposts,
    Normalisation,
    Ranked,
    ScaleRange,
    Target,
    ZScore,
)


def normalise(data: CompositeData, composite: Composite) -> CompositeData:
    """Every indicator by its normalisation, after its scale (linear or log) and in its direction.

    Missing stays missing. An indicator whose sample has no spread to be measured by becomes missing for
    every unit, with a note. Raises `ProblemsError` for a value that its scale cannot take: zero or less on
    a logarithmic scale, less than zero in proportion to the best.
    """
    _raise_values_out_of_scale(data, composite)
    values = data.values.copy()
    notes = []
    for indicator in composite.indicators:
        rule = composite.normalisation_of(indicator)
        stated = data.column(indicator.code)
        column = normalised(stated, rule, direction=indicator.direction, scale=indicator.scale)
        lost = int((np.isnan(column) & ~np.isnan(stated)).sum())
        if lost:
            notes.append(Note("normalise", "no-spread", indicator.code, lost))
        values[:, data.codes.index(indicator.code)] = column
    return data.with_values(values, *notes)


def normalised(
    column: Floats, rule: Normalisation, *, direction: str = "up", scale: str = "linear"
) -> Floats:
    """One indicator on its normalised scale, more being better; NaN where missing or without spread."""
    to_scale: Callable[[Any], Any] = np.log if scale == "log" else np.float64
    values: Floats = to_scale(column)
    if isinstance(rule, BestOf):
        return _best_of_sample(values, float(rule.best), down=direction == "down")
    sign = -1.0 if direction == "down" else 1.0
    oriented = sign * values
    if isinstance(rule, Ranked):
        return _ranked(oriented, rule.method)
    if isinstance(rule, ZScore):
        return _z_score(oriented, rule)
    if isinstance(rule, Goalposts):
        posts = to_scale(float(rule.low)), to_scale(float(rule.high))
        return _goalposts(values, posts, rule, down=direction == "down")
    there = oriented[~np.isnan(oriented)]
    if len(there) == 0:
        return oriented
    top = sign * to_scale(float(rule.target)) if isinstance(rule, Target) else there.max()
    share = _share(oriented, there.min(), top)
    if isinstance(rule, Target) and rule.cap:
        share = np.minimum(share, 1.0)
    return _spread(share, rule.to)


def _share(values: Floats, low: float, high: float) -> Floats:
    """Where each value lies between `low` (0) and `high` (1); NaN when high is not above low."""
    if not high > low:
        return np.full_like(values, np.nan)
    share: Floats = (values - low) / (high - low)
    return share


def _spread(share: Floats, to: ScaleRange) -> Floats:
    low, high = float(to.low), float(to.high)
    return low + share * (high - low)


def _goalposts(values: Floats, posts: tuple[float, float], rule: Goalposts, *, down: bool) -> Floats:
    low, high = posts
    capped = values
    if rule.cap in {"both", "low"}:
        capped = np.maximum(capped, low)
    if rule.cap in {"both", "high"}:
        capped = np.minimum(capped, high)
    share = (high - capped) / (high - low) if down else (capped - low) / (high - low)
    return _spread(share, rule.to)


def _z_score(values: Floats, rule: ZScore) -> Floats:
    there = values[~np.isnan(values)]
    spread = deviation(there) if len(there) > 1 else 0.0
    if spread == 0:
        return np.full_like(values, np.nan)
    return (values - mean(there)) / spread * float(rule.sd) + float(rule.mean)


def _ranked(values: Floats, method: str) -> Floats:
    fewer = below(values)
    if method == "rank":
        return fewer + 1
    if method == "borda":
        return (fewer + not_above(values) - 1) / 2
    others = int((~np.isnan(values)).sum()) - 1
    return fewer / others if others > 0 else np.full_like(values, np.nan)


def _best_of_sample(values: Floats, best: float, *, down: bool) -> Floats:
    there = values[~np.isnan(values)]
    if len(there) == 0:
        return values
    if not down:
        return best * (values / there.max()) if there.max() > 0 else np.full_like(values, np.nan)
    least = there.min()
    # the least has the best points even when it is zero; then anything above zero has none
    ratio = np.divide(least, values, out=np.ones_like(values), where=values != least)
    return best * np.where(np.isnan(values), np.nan, ratio)


def _raise_values_out_of_scale(data: CompositeData, composite: Composite) -> None:
    problems = [
        Problem(
            "value-out-of-scale",
            _("{unit} has a value that the scale of this indicator cannot take.").format(
                unit=data.units[row]
            ),
            Place(_("table of units"), column=indicator.code),
            found=str(data.column(indicator.code)[row]),
            allowed=_("greater than zero") if indicator.scale == "log" else _("zero or more"),
        )
        for indicator in composite.indicators
        for row in _rows_out_of_scale(data, indicator, composite.normalisation_of(indicator))
    ]
    if problems:
        raise ProblemsError(problems)


def _rows_out_of_scale(data: CompositeData, indicator: CompositeIndicator, rule: Normalisation) -> list[int]:
    column = data.column(indicator.code)
    if indicator.scale == "log":
        wrong = column <= 0
    elif isinstance(rule, BestOf):
        wrong = column < 0
    else:
        return []
    return [int(row) for row in np.flatnonzero(wrong)]
