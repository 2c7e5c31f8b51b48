"""How much is known: missing values by indicator, dimension and cluster."""

from __future__ import annotations

import numpy as np

from clustermark.analysis.audit.basis import Basis
from clustermark.analysis.audit.parts import Availability, AvailabilityRow, DimensionAvailability

LEAST_COVERAGE = 0.65
"""Known share asked of an indicator and of a unit: the usual limit of the JRC's statistical audits."""


def availability(basis: Basis) -> Availability:
    """Known values of every indicator, scored or not, over all clusters of the round."""
    known = ~np.isnan(basis.values)
    n = len(basis)
    items = basis.scheme.document.indicators
    rows = [
        AvailabilityRow(
            code=code,
            n=n,
            known=basis.told(int(count)),
            share=None if basis.told(int(count)) is None else float(count) / n,
        )
        for code, count in zip(basis.codes, known.sum(axis=0), strict=True)
    ]
    dimensions = []
    for dimension in basis.scheme.document.dimensions:
        columns = [j for j, item in enumerate(items) if item.dimension == dimension.code]
        if columns:
            complete = int(known[:, columns].all(axis=1).sum())
            dimensions.append(
                DimensionAvailability(
                    dimension=dimension.code, indicators=len(columns), n=n, complete=basis.told(complete)
                )
            )
    return Availability(
        n=n,
        complete=basis.told(int(known.all(axis=1).sum())),
        sparse=basis.told(int((known.mean(axis=1) < LEAST_COVERAGE).sum())),
        limit=LEAST_COVERAGE,
        indicators=rows,
        dimensions=dimensions,
    )
