"""What is compared: the indicators common to the scheme versions, points of dimensions, points in all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.disclosure import Policy, Variable, declared_grid
from clustermark.analysis.portfolio import Floats, Portfolio
from clustermark.schemes.document import Indicator, SchemeDocument, Text
from clustermark.scoring.kernel import point_places, scale_of, score

NANO = 9
"""Decimals that values are lifted to before they are rounded: more than any indicator has."""


@dataclass(frozen=True, eq=False)
class Compared:
    """One thing compared over n clusters: `values` as exact decimals in float64, NaN where missing."""

    name: str
    code: str
    kind: Literal["indicator", "dimension", "total"]
    title: Text
    unit: str
    direction: Literal["up", "down"]
    values: Floats
    variable: Variable


def common_codes(scheme: SchemeDocument, others: Sequence[SchemeDocument]) -> frozenset[str]:
    """Codes of the indicators that are measured alike in all these schemes; bands and limits may differ."""
    codes = frozenset(indicator.code for indicator in scheme.indicators)
    mine = {indicator.code: _measured(scheme, indicator) for indicator in scheme.indicators}
    for other in others:
        theirs = {indicator.code: _measured(other, indicator) for indicator in other.indicators}
        codes = frozenset(code for code in codes if mine[code] == theirs.get(code))
    return codes


def _measured(scheme: SchemeDocument, indicator: Indicator) -> tuple[object, ...]:
    """How an indicator comes to its value, facts included."""
    conditions = [item.when for item in indicator.checklist or []]
    names = set(re.findall(r"[a-z][a-z0-9_]*", " ".join([indicator.measure or "", *conditions])))
    facts = sorted((name, fact.from_, fact.value) for name, fact in scheme.facts.items() if name in names)
    shape = (indicator.scale, indicator.unit, indicator.decimals, indicator.direction)
    return (*shape, indicator.measure, indicator.rubric, conditions, facts)


def values_in_units(values: Floats, decimals: int) -> Floats:
    """Values rounded half up to whole units of 10^−decimals, as the kernel wants them; NaN stays."""
    lifted = np.rint(np.abs(values) * 10**NANO)
    step = 10 ** (NANO - decimals)
    units = (2 * lifted + step) // (2 * step)
    signed: Floats = np.copysign(units, values)
    return signed


@dataclass(frozen=True, eq=False)
class Points:
    """Points of n clusters under one scheme, in units of 10^−places: in all, and by dimension."""

    places: int
    total: NDArray[np.int64]
    dimensions: dict[str, NDArray[np.int64]]


def points_of(portfolio: Portfolio, scheme: SchemeDocument) -> Points:
    """Points by the kernel of scoring; a missing value earns none, as on a scorecard."""
    places = point_places(scheme.indicators)
    indicators = scheme.indicators
    scales = [scale_of(indicator, places) for indicator in indicators]
    columns = portfolio.columns([indicator.code for indicator in indicators])
    units = [values_in_units(columns[:, j], item.decimals) for j, item in enumerate(indicators)]
    scores = score(np.ascontiguousarray(units).reshape(len(indicators), len(portfolio)), scales)
    by_dimension: dict[str, NDArray[np.int64]] = {}
    for dimension in scheme.dimensions:
        rows = [j for j, item in enumerate(indicators) if item.dimension == dimension.code]
        earned = [np.array(scales[j].points, np.int64)[scores.bands[j]] for j in rows]
        by_dimension[dimension.code] = np.array(earned, np.int64).reshape(-1, len(portfolio)).sum(axis=0)
    return Points(places, scores.points, by_dimension)


def compared(
    portfolio: Portfolio,
    scheme: SchemeDocument,
    *,
    points: Points,
    common: frozenset[str],
    policy: Policy,
) -> list[Compared]:
    """Everything that is compared in an edition, in the order of the scheme."""
    found = [
        _indicator(item, portfolio.columns([item.code])[:, 0], policy)
        for item in scheme.indicators
        if item.code in common
    ]
    most = {
        dimension.code: sum(
            (max(item.band_points) for item in scheme.indicators if item.dimension == dimension.code),
            Decimal(0),
        )
        for dimension in scheme.dimensions
    }
    sums = [
        (
            dimension.code,
            "dimension",
            dimension.title,
            points.dimensions[dimension.code],
            most[dimension.code],
        )
        for dimension in scheme.dimensions
    ]
    sums.append(
        (
            "points",
            "total",
            {"en": "Points in all", "ru": "Баллы всего", "de": "Punkte insgesamt"},
            points.total,
            sum(most.values(), Decimal(0)),
        )
    )
    for code, kind, title, earned, limit in sums:
        name = f"{kind} {code} of {scheme.scheme}"
        values = earned / 10**points.places
        grid = declared_grid(policy, unit=Decimal(1).scaleb(-points.places), first=Decimal(1), cap=limit)
        found.append(
            Compared(
                name=name,
                code=code,
                kind="dimension" if kind == "dimension" else "total",
                title=title,
                unit="points",
                direction="up",
                values=values,
                variable=Variable(name, values, grid),
            )
        )
    return found


def _indicator(indicator: Indicator, values: Floats, policy: Policy) -> Compared:
    """An indicator with the grid that its scale declares.

    A value is taken to come in steps of the last digit of the scale's edges, or finer, so counts are safe too.
    """
    limits = [*indicator.bands, *([indicator.required] if indicator.required is not None else [])]
    exponents = [limit.normalize().as_tuple().exponent for limit in limits]
    digits = max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0)
    positive = [limit for limit in limits if limit > 0]
    cap = None
    if indicator.rubric is not None:
        cap = Decimal(len(indicator.rubric) - 1)
    elif indicator.checklist is not None:
        cap = Decimal(len(indicator.checklist))
    elif indicator.unit == "percent" and max(positive, default=Decimal(0)) <= 100:
        cap = Decimal(100)
    grid = declared_grid(
        policy, unit=Decimal(1).scaleb(-max(digits, 0)), first=min(positive, default=Decimal(1)), cap=cap
    )
    return Compared(
        name=indicator.code,
        code=indicator.code,
        kind="indicator",
        title=indicator.title,
        unit=indicator.unit,
        direction=indicator.direction,
        values=values,
        variable=Variable(indicator.code, values, grid),
    )
