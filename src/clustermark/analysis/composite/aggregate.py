"""Step 6: join normalised indicators, node by node, up to the index."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from clustermark.analysis.composite.data import CompositeData, Flags, Floats
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.schemes.composite import Aggregation, Composite, MeanMin


def aggregate(data: CompositeData, composite: Composite) -> dict[str, Floats]:
    """The score of every node of the hierarchy, by code; one value a unit, NaN where missing.

    Raises `ProblemsError` where a geometric or harmonic mean meets a score below zero.
    """
    scores: dict[str, Floats] = {}
    _score_node(composite.root.code, data, composite, scores)
    return {node.code: scores[node.code] for node in composite.nodes}


def _score_node(code: str, data: CompositeData, composite: Composite, scores: dict[str, Floats]) -> Floats:
    node = next(node for node in composite.nodes if node.code == code)
    children = composite.children(code)
    columns = [
        data.column(child.code)
        if child.code in data.codes
        else _score_node(child.code, data, composite, scores)
        for child in children
    ]
    rule = composite.aggregation_of(node)
    parts = np.column_stack(columns)
    if rule.method in {"geometric", "harmonic"} and (parts < 0).any():
        _raise_negative(code, rule.method, parts, data)
    weights = [child.weight for child in children]
    enough = _enough_weight(parts, [Fraction(weight) for weight in weights], Fraction(composite.min_weight))
    means = weighted(parts, np.array([float(weight) for weight in weights]), rule)
    scores[code] = np.where(enough, means, np.nan)
    return scores[code]


def _enough_weight(parts: Floats, weights: list[Fraction], least: Fraction) -> Flags:
    """For each row: do the parts that are there have at least the share `least` of the weight? Exact."""
    total = sum(weights)
    patterns, which = np.unique(~np.isnan(parts), axis=0, return_inverse=True)
    present = [sum(w for w, there in zip(weights, pattern, strict=True) if there) for pattern in patterns]
    enough = np.array([share >= least * total for share in present], dtype=np.bool_)
    answers: Flags = enough[which.reshape(-1)]
    return answers


def weighted(parts: Floats, weights: Floats, rule: Aggregation) -> Floats:
    """The aggregate of each row of `parts` over what is there, weights rescaled; NaN for an empty row.

    Columns are added one after another, so a row's result does not depend on the rows around it.
    """
    there = ~np.isnan(parts)
    shares = np.where(there, weights, 0.0)
    total = _row_sums(shares)
    shares = shares / np.where(total > 0, total, 1.0)[:, None]
    stated = np.where(there, parts, 1.0)  # its share is zero, so any number will do
    with np.errstate(divide="ignore", over="ignore"):  # a zero makes these means zero, through infinity
        if rule.method == "geometric":
            means = np.exp(_row_sums(shares * np.log(stated)))
        elif rule.method == "harmonic":
            means = 1.0 / _row_sums(shares / stated)
        else:
            means = _row_sums(shares * stated)
    if isinstance(rule, MeanMin):
        lowest = np.where(there | (total == 0)[:, None], stated, np.inf).min(axis=1)
        alpha, beta = float(rule.alpha), float(rule.beta)
        means = means - alpha * (np.hypot(means - lowest, beta) - beta)
    return np.where(total > 0, means, np.nan)


def _row_sums(columns: Floats) -> Floats:
    total = np.zeros(len(columns))
    for column in columns.T:
        total = total + column
    return total


def _raise_negative(code: str, method: str, parts: Floats, data: CompositeData) -> None:
    raise ProblemsError(
        Problem(
            "negative-in-mean",
            _("{unit} has a score below zero under {node}, which a {method} mean cannot take.").format(
                unit=unit, node=code, method=method
            ),
            Place(_("table of units"), column=code),
        )
        for unit, row in zip(data.units, parts, strict=True)
        if (row < 0).any()
    )


def effective_weights(composite: Composite) -> Mapping[str, Fraction]:
    """The weight of every node and indicator in the index were all means arithmetic: exact, the index = 1."""
    weights = {composite.root.code: Fraction(1)}
    queue = [composite.root.code]
    while queue:
        parent = queue.pop(0)
        children = composite.children(parent)
        total = sum(Fraction(child.weight) for child in children)
        for child in children:
            weights[child.code] = weights[parent] * Fraction(child.weight) / total
            queue.append(child.code)
    return weights
