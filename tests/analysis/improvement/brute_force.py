"""Every combination of options, decided by the kernel and the rules: the slow way to the cheapest plans."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.improvement.standing import Standing
from clustermark.schemes.document import AllOf, Indicator, Level, Rule
from clustermark.schemes.improvement import Effort
from clustermark.scoring.evaluate import Column
from clustermark.scoring.kernel import score
from clustermark.scoring.levels import decide_levels, rule_truth
from tests.analysis.improvement.material import EQUAL

Flags = NDArray[np.bool_]


def band(item: Indicator, value: Decimal | None) -> int:
    if value is None:
        return 0
    return sum(value <= edge if item.direction == "down" else value >= edge for edge in item.bands)


def better(item: Indicator, new: Decimal, old: Decimal | None) -> bool:
    return old is None or (new < old if item.direction == "down" else new > old)


def options(item: Indicator, now: Decimal | None, effort: Effort | None, wanted: list[int]) -> list[Any]:
    """(value, days) of each: stay, then better edges and named values, nearest first."""
    last = item.bands[-1]
    targets = {edge for edge in item.bands if better(item, edge, now)}
    targets |= {Decimal(number) for number in wanted if better(item, Decimal(number), now)}
    if item.required is not None and better(item, item.required, last) and better(item, item.required, now):
        targets.add(item.required)
    found: list[Any] = [(now, Decimal(0))]
    for value in sorted(targets, reverse=item.direction == "down"):
        top = band(item, value) + (value not in item.bands)
        days = Decimal(0)
        if effort is not None and effort.days:
            for step in range(band(item, now), top):
                days += effort.days[min(step, len(effort.days) - 1)]
        found.append((value, days))
    return found


@dataclass(frozen=True)
class BruteForce:
    """All n combinations: the option of each indicator (n, k), days, and which conditions hold (n,) each."""

    taken: NDArray[np.int64]
    days: list[Decimal]
    holds: dict[tuple[str, str], Flags]

    def feasible(self, keys: Any = None) -> Flags:
        chosen = [flags for key, flags in self.holds.items() if keys is None or key in keys]
        result: Flags = np.logical_and.reduce([np.ones(len(self.days), dtype=np.bool_), *chosen])
        return result

    def cheapest(self, count: int) -> list[Decimal]:
        """Days of the cheapest plans of which none contains another."""
        feasible = np.flatnonzero(self.feasible())
        order = sorted(feasible, key=lambda n: (self.days[n], (self.taken[n] > 0).sum()))
        kept: list[int] = []
        for n in order:
            if len(kept) == count:
                break
            steps = [self.taken[other] for other in kept]
            if not any(((self.taken[n] >= other) | (other == 0)).all() for other in steps):
                kept.append(int(n))
        return [self.days[n] for n in kept]


def beyond_edges(conditions: Collection[str], item: Indicator) -> list[int]:
    """Numbers that rules want of an indicator exactly, and those they compare beyond its last edge.

    Conditions are compared as a whole: ``value('1') + value('2') <> 5`` ends like a condition on '2' alone,
    but its number is one for the sum and names no value of '2'.
    """
    wanted = [n for rule, (code, ns) in EQUAL.items() if rule in conditions and code == item.code for n in ns]
    for op in (">=", "<=", "<>"):
        for number in range(6):
            said = f"value('{item.code}') {op} {number}" in conditions
            if said and better(item, Decimal(number), item.bands[-1]):
                wanted.append(number)
    return wanted


def brute_force(standing: Standing, level: Level) -> BruteForce:
    document = standing.scheme.document
    improvement = document.improvement
    assert improvement is not None
    efforts = {effort.indicator: effort for effort in improvement.effort}
    said = set(standing.scheme.expressions.rules)
    tables = [
        options(item, standing.value(item), efforts.get(item.code), beyond_edges(said, item))
        for item in document.indicators
    ]
    taken = np.array(list(product(*(range(len(table)) for table in tables))))
    n = len(taken)
    values = np.array(
        [
            [np.nan if (v := table[t][0]) is None else float(v) for t in taken[:, i]]
            for i, table in enumerate(tables)
        ]
    )
    days = [sum((tables[i][t][1] for i, t in enumerate(row)), start=Decimal(0)) for row in taken]
    columns: dict[str, Column] = dict(standing.columns)
    scores = score(np.ascontiguousarray(values), standing.frame.scales)
    decided = decide_levels(standing.scheme, columns, values, scores)
    known = decided.columns
    holds: dict[tuple[str, str], Flags] = {
        ("limit", ""): (taken > 0).sum(axis=1) <= improvement.at_most * improvement.years
    }
    rows = {item.code: i for i, item in enumerate(document.indicators)}
    for code, row in rows.items():
        effort = efforts.get(code)
        if effort is None or effort.fixed is not None:
            holds["fixed", code] = taken[:, row] == 0
            continue
        for need in effort.needs:
            good = scores.bands[rows[need.indicator]] >= need.band
            holds["needs", f"{code} {need.indicator}"] = (taken[:, row] == 0) | good

    def require(rule: Rule) -> None:
        if isinstance(rule, AllOf):
            for part in rule.all:
                require(part)
        elif rule == "minimums_met":
            for item in document.indicators:
                if item.minimum and item.required is not None:
                    value, needed = values[rows[item.code]], float(item.required)
                    holds["minimum", item.code] = (
                        value <= needed if item.direction == "down" else value >= needed
                    )
        else:
            key = rule if isinstance(rule, str) else rule.model_dump_json()
            holds["rule", key] = np.asarray(rule_truth(standing.scheme, rule, known, n) == 1)

    require(level.when)
    reached = np.asarray(decided.levels[level.level] == 1)
    every = [flags for (kind, _of), flags in holds.items() if kind in {"rule", "minimum"}]
    assert (np.logical_and.reduce([np.ones(n, dtype=np.bool_), *every]) == reached).all()
    return BruteForce(taken, days, holds)
