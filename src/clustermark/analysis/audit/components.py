"""Principal components of the correlations of points: is a dimension one thing, and the whole several?

Source: OECD/JRC 2008, *Handbook on Constructing Composite Indicators*, step 4; components counted by
Kaiser's rule, eigenvalues above 1 (Kaiser 1960).
"""

from __future__ import annotations

import numpy as np

from clustermark.analysis.audit.basis import Basis, complete_rows
from clustermark.analysis.audit.parts import Components
from clustermark.analysis.portfolio import Floats

SHOWN = 3
"""Components whose loadings are told."""

ROWS_A_COLUMN = 3
"""Fewer complete clusters an indicator than this, and the components would be chance."""


def principal_components(table: Floats) -> tuple[Floats, Floats]:
    """Eigenvalues (falling) and loadings (k × k) of the correlation matrix of n × k values without gaps.

    A loading is the correlation of a column with a component; each component points where its loadings
    add up to more than nothing.
    """
    correlation = np.corrcoef(table, rowvar=False)
    values, vectors = np.linalg.eigh(correlation)
    values, vectors = np.maximum(values[::-1], 0.0), vectors[:, ::-1]
    signs = np.where(vectors.sum(axis=0) < 0, -1.0, 1.0)
    loadings: Floats = vectors * signs * np.sqrt(values)
    return values, loadings


def components(basis: Basis) -> list[Components]:
    """Of each dimension with three or more indicators, then of all; over clusters without a gap."""
    scopes = {code: columns for code, columns in basis.by_dimension.items() if len(columns) > 2}
    if len(basis.scored) > 2:
        scopes["all"] = basis.scored
    return [_of(basis, scope, columns) for scope, columns in scopes.items()]


def _of(basis: Basis, scope: str, columns: tuple[int, ...]) -> Components:
    table = complete_rows(basis.points[:, list(columns)])
    codes = [basis.codes[j] for j in columns]
    varies = len(table) > 0 and bool((np.ptp(table, axis=0) > 0).all())
    if len(table) < max(basis.least, ROWS_A_COLUMN * len(columns)) or not varies:
        return Components(
            scope=scope,
            codes=codes,
            n=basis.told(len(table)),
            eigenvalues=[],
            explained=[],
            kaiser=0,
            loadings=[],
        )
    values, loadings = principal_components(table)
    return Components(
        scope=scope,
        codes=codes,
        n=basis.told(len(table)),
        eigenvalues=[round(float(value), 6) for value in values],
        explained=[round(float(value) / len(columns), 6) for value in values],
        kaiser=int((values > 1).sum()),
        loadings=[[round(float(x), 6) + 0.0 for x in row[:SHOWN]] for row in loadings],
    )
