"""Gates and levels: rules over facts, values and totals, for one dossier or many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from clustermark.schemes.check import parts_of
from clustermark.schemes.document import AllOf, AnyOf, Rule
from clustermark.schemes.expressions.nodes import Call, Constant, walk
from clustermark.schemes.scheme import Scheme
from clustermark.scoring import rationals
from clustermark.scoring.arrays import Truth, Values
from clustermark.scoring.evaluate import Column, both, either, truths
from clustermark.scoring.kernel import Scores, point_places


@dataclass(frozen=True, slots=True)
class Decided:
    """The truth of every gate and level by name; `reached` is the index of the highest level, −1 for none."""

    gates: Mapping[str, Truth]
    levels: Mapping[str, Truth]
    reached: np.ndarray[tuple[int], np.dtype[np.int8]]
    columns: Mapping[str, Column]


def decide_levels(scheme: Scheme, columns: Mapping[str, Column], values: Values, scores: Scores) -> Decided:
    """Decide every gate, then every level from the lowest up."""
    return decide_rules(scheme, {**columns, **rule_columns(scheme, values, scores)}, values.shape[1])


def decide_rules(scheme: Scheme, columns: Mapping[str, Column], n: int) -> Decided:
    """Decide every gate and level of n dossiers from `columns`, which hold every name that rules use."""
    known = dict(columns)
    gates: dict[str, Truth] = {}
    for gate in scheme.document.gates:
        gates[gate.gate] = known[gate.gate] = rule_truth(scheme, gate.when, known, n)
    levels: dict[str, Truth] = {}
    reached = np.full(n, -1, dtype=np.int8)
    for index, level in enumerate(scheme.document.levels):
        levels[level.level] = known[level.level] = rule_truth(scheme, level.when, known, n)
        reached[levels[level.level] == 1] = index
    return Decided(gates, levels, reached, known)


def rule_columns(scheme: Scheme, values: Values, scores: Scores) -> dict[str, Column]:
    """What rules may name beside facts: totals, minimums, and the value and band of each indicator."""
    indicators = scheme.document.indicators
    scale = 10 ** point_places(indicators)
    most = sum((item.band_points[-1] for item in indicators), start=Decimal(0))
    columns: dict[str, Column] = {
        "points": rationals.Rationals(scores.points, np.array([scale])),
        "max_points": rationals.constant(most),
        "minimums_met": (scores.minimums_missed == 0).view(np.int8),
    }
    named = _codes_named(scheme)
    for row, item in enumerate(indicators):
        if item.code not in named:
            continue
        present = ~np.isnan(values[row])
        units = np.where(present, values[row], 0).astype(np.int64)
        columns[f"value('{item.code}')"] = rationals.Rationals(units, np.where(present, 10**item.decimals, 0))
        columns[f"band('{item.code}')"] = rationals.Rationals(
            scores.bands[row].astype(np.int64), np.array([1])
        )
    return columns


def _codes_named(scheme: Scheme) -> set[str]:
    """The codes that rules name in value('…') or band('…')."""
    calls = [
        node for rule in scheme.expressions.rules.values() for node in walk(rule) if isinstance(node, Call)
    ]
    return {
        str(constant.value) for call in calls for constant in call.arguments if isinstance(constant, Constant)
    }


def rule_truth(scheme: Scheme, rule: Rule, columns: Mapping[str, Column], n: int) -> Truth:
    """The truth of a rule: true, false, or unknown where a missing fact leaves it open."""
    if isinstance(rule, str):
        return truths(scheme.expressions.rules[rule], columns, n)
    parts = [rule_truth(scheme, part, columns, n) for part in parts_of(rule)]
    if isinstance(rule, AllOf | AnyOf):
        result = parts[0]
        for part in parts[1:]:
            result = (both if isinstance(rule, AllOf) else either)(result, part)
        return result
    table = np.stack(parts)
    sure, possible = (table == 1).sum(axis=0), (table != 0).sum(axis=0)
    return np.where(sure >= rule.at_least, 1, np.where(possible < rule.at_least, 0, -1)).astype(np.int8)
