"""Internal consistency: Cronbach's alpha, for each dimension and over all indicators.

Source: Cronbach 1951, "Coefficient alpha and the internal structure of tests", Psychometrika 16 (3).
"""

from __future__ import annotations

import math

from clustermark.analysis.audit.basis import Basis, complete_rows, plain
from clustermark.analysis.audit.parts import Consistency
from clustermark.analysis.portfolio import Floats

ENOUGH = 0.7
"""The customary least alpha (Nunnally 1978; OECD/JRC 2008, step 4)."""


def cronbach_alpha(table: Floats) -> float:
    """Alpha of n × k points without gaps: k / (k − 1) · (1 − sum of the variances / variance of the sum).

    NaN for fewer than two columns or three rows, and where the sum does not vary.
    """
    n, k = table.shape
    if n < 3 or k < 2:
        return math.nan
    total = float(table.sum(axis=1).var(ddof=1))
    if total <= 0:
        return math.nan
    parts = float(table.var(axis=0, ddof=1).sum())
    return float(k / (k - 1) * (1 - parts / total))


def consistency(basis: Basis) -> list[Consistency]:
    """Alpha of each dimension with two or more indicators, then of all; over clusters without a gap."""
    scopes = {code: columns for code, columns in basis.by_dimension.items() if len(columns) > 1}
    if len(basis.scored) > 1:
        scopes["all"] = basis.scored
    return [_of(basis, scope, columns) for scope, columns in scopes.items()]


def _of(basis: Basis, scope: str, columns: tuple[int, ...]) -> Consistency:
    table = complete_rows(basis.points[:, list(columns)])
    enough = len(table) >= basis.least
    without = [[i for i in range(len(columns)) if i != j] for j in range(len(columns))]
    return Consistency(
        scope=scope,
        codes=[basis.codes[j] for j in columns],
        n=basis.told(len(table)),
        alpha=plain(cronbach_alpha(table)) if enough else None,
        dropped=[plain(cronbach_alpha(table[:, rest])) if enough else None for rest in without],
    )
