"""Outliers: the shape of each indicator's values.

Rule: |skewness| > 2 together with kurtosis > 3.5 asks for treatment (the usual rule of the JRC's audits of
composite indicators; kurtosis as excess over the normal). Beside it the count outside Tukey's fences, 1.5
interquartile ranges beyond the quartiles (Tukey 1977, *Exploratory Data Analysis*).
"""

from __future__ import annotations

import numpy as np

from clustermark.analysis.audit.basis import Basis, plain
from clustermark.analysis.audit.parts import OutlierRow
from clustermark.analysis.composite.moments import excess_kurtosis, skewness
from clustermark.analysis.portfolio import Floats

MOST_SKEWNESS = 2.0
MOST_KURTOSIS = 3.5
FENCE = 1.5


def outliers(basis: Basis) -> list[OutlierRow]:
    """One row an indicator, over the values that are known, before bands are formed."""
    return [_row(basis, j, code) for j, code in enumerate(basis.codes)]


def _row(basis: Basis, j: int, code: str) -> OutlierRow:
    known = basis.values[:, j]
    known = known[~np.isnan(known)]
    enough = len(known) >= basis.least
    skew = skewness(known) if enough else None
    kurtosis = excess_kurtosis(known) if enough else None
    return OutlierRow(
        code=code,
        n=basis.told(len(known)),
        skewness=None if skew is None else plain(skew),
        kurtosis=None if kurtosis is None else plain(kurtosis),
        outside=basis.told(_outside(known), of=len(known)) if enough else None,
        flagged=skew is not None
        and kurtosis is not None
        and abs(skew) > MOST_SKEWNESS
        and kurtosis > MOST_KURTOSIS,
    )


def _outside(known: Floats) -> int:
    low, high = np.quantile(known, [0.25, 0.75])
    reach = FENCE * (high - low)
    return int(((known < low - reach) | (known > high + reach)).sum())
