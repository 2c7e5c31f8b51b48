"""From facts to values: measures, checklists and ratings, rounded half up before anything is compared."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from clustermark.ground.exact import half_up
from clustermark.schemes.expressions.kinds import fact_kind
from clustermark.schemes.scheme import Scheme
from clustermark.scoring import rationals
from clustermark.scoring.arrays import Truth, Values
from clustermark.scoring.evaluate import Column, numbers, truth, truths
from clustermark.scoring.facts import FactValue
from clustermark.scoring.views import Said

Columns = dict[str, Column]


@dataclass(frozen=True, slots=True)
class Valued:
    """Values for the kernel, shape (k, n), with the truth of every checklist point by code."""

    values: Values
    checklists: Mapping[str, list[Truth]]


def columns_of(scheme: Scheme, facts: Mapping[str, Sequence[FactValue]]) -> Columns:
    """Facts as columns of exact numbers and truth values."""
    columns: Columns = {}
    for name, values in facts.items():
        if fact_kind(scheme.expressions.facts[name]) == "truth":
            columns[name] = truth([None if value is None else bool(value) for value in values])
        else:
            columns[name] = rationals.from_values([_number(value) for value in values])
    return columns


def _number(value: FactValue) -> Decimal | int | None:
    return value if isinstance(value, int | Decimal) else None


def value_dossiers(
    scheme: Scheme,
    columns: Mapping[str, Column],
    statements: Sequence[Mapping[str, Said]],
    *,
    only: Collection[str] | None = None,
) -> Valued:
    """The value of every indicator for every dossier.

    `statements` holds, for each dossier, what the chosen voice says by indicator code. Values are in
    units of 10^−decimals, NaN where missing. With `only`, indicators with other codes are left missing.
    """
    n = len(statements)
    indicators = scheme.document.indicators
    values = np.full((len(indicators), n), np.nan)
    checklists: dict[str, list[Truth]] = {}
    for row, item in enumerate(indicators):
        if only is not None and item.code not in only:
            continue
        if item.scale == "measure":
            exact = numbers(scheme.expressions.measures[item.code], columns, n)
            values[row] = _in_units(exact, item.decimals)
        elif item.scale == "checklist":
            points = [truths(node, columns, n) for node in scheme.expressions.checklists[item.code]]
            checklists[item.code] = points
            values[row] = _count(points) * 10**item.decimals
        _corrections(values[row], item.code, item.decimals, item.scale == "rubric", statements)
    return Valued(values, checklists)


def _in_units(exact: rationals.Rationals, decimals: int) -> Values:
    units: Values = np.asarray(rationals.round_half_up(exact, decimals), dtype=np.float64)
    units[exact.missing] = np.nan
    return units


def _count(points: list[Truth]) -> Values:
    """Points that hold; missing only where the dossier says nothing about any of them."""
    table = np.stack(points)
    count: Values = (table == 1).sum(axis=0).astype(np.float64)
    count[(table < 0).all(axis=0)] = np.nan
    return count


def _corrections(
    row: Values, code: str, decimals: int, rated: bool, statements: Sequence[Mapping[str, Said]]
) -> None:
    """Put in ratings, and corrected values of measured indicators."""
    for column, by_code in enumerate(statements):
        statement = by_code.get(code)
        if statement is None:
            continue
        value = statement.rating if rated else statement.value
        if value is not None:
            row[column] = float(int(half_up(Fraction(value), decimals).scaleb(decimals)))


def exact_value(units: float, decimals: int) -> Decimal | None:
    """A value of the kernel as an exact number; None where it is missing."""
    return None if np.isnan(units) else Decimal(int(units)).scaleb(-decimals)
