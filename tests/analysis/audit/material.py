"""A scheme of made-up indicators, and portfolios with what a test plants in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clustermark.analysis.portfolio import Portfolio
from clustermark.schemes.scheme import Scheme

Floats = NDArray[np.float64]

HEAD = """\
scheme: test-audit
version: "1"
title: {en: Test label}
summary: {en: A label for tests of the audit.}
owner: {name: Test owner, endorsed: true}
notice: {en: Example values only.}
languages: [en]
sources: {test: {title: This test}}
units: {percent: {symbol: {en: "%"}, title: {en: per cent}}}
facts:
  committed: {from: participants, value: count(*) filter (where committed), title: {en: Committed participants}}
"""
TAIL = """\
levels:
  - level: silver
    title: {en: Silver}
    when: {all: [minimums_met, points >= CUT]}
    origin: {all: {mark: established, source: test}}
disclosure: {min_peers: 5, origin: {all: {mark: established, source: test}}}
"""


def scheme_of(dimensions: Sequence[int], *, cut: int = 10, minimum: bool = False) -> Scheme:
    """A scheme with so many indicators in each dimension, in per cent, bands at 20, 40, 60, 80, 95."""
    lines = ["dimensions:"]
    lines += [f'  - {{code: "{d}", title: {{en: Dimension {d}}}}}' for d in range(1, len(dimensions) + 1)]
    lines.append("indicators:")
    for d, count in enumerate(dimensions, start=1):
        for i in range(1, count + 1):
            lines += [
                f'  - code: "{d}.{i}"',
                f"    title: {{en: Indicator {d}.{i}}}",
                f'    dimension: "{d}"',
                "    counts: {en: Something.}",
                "    measure: committed",
                "    unit: percent",
                "    bands: [20, 40, 60, 80, 95]",
                "    required: 40",
                f"    minimum: {str(minimum).lower()}",
                "    origin: {all: {mark: established, source: test}}",
            ]
    return Scheme.from_text(HEAD + "\n".join(lines) + "\n" + TAIL.replace("CUT", str(cut)))


def portfolio_of(
    scheme: Scheme,
    values: Floats,
    *,
    schemes: Sequence[str] | None = None,
    year: int = 2025,
    synthetic: bool = False,
    ratings: Floats | None = None,
) -> Portfolio:
    """A portfolio of one round; `values` has a row a cluster and a column an indicator of the scheme."""
    n = len(values)
    codes = tuple(item.code for item in scheme.document.indicators)
    return Portfolio(
        source="test.csv",
        clusters=np.array([f"secret-{i}" for i in range(n)]),
        years=np.full(n, year),
        schemes=np.array(["test-audit"] * n if schemes is None else schemes),
        sectors=np.array(["health", "ict"] * n)[:n],
        countries=np.array(["AT"] * n),
        sizes=np.full(n, 30.0),
        founded=np.full(n, 2010.0),
        levels=np.array([""] * n),
        synthetic=np.full(n, synthetic),
        codes=codes,
        values=values,
        raters=() if ratings is None else tuple(f"expert_{r}" for r in range(len(ratings))),
        ratings=np.empty((0, n, len(codes))) if ratings is None else ratings,
    )


def correlated(n: int, k: int, *, seed: int, weight: float = 0.7) -> Floats:
    """Values in per cent, about 55 ± 20, that share one quality; two decimals."""
    random = np.random.default_rng(seed)
    shared = random.standard_normal((n, 1))
    own = random.standard_normal((n, k))
    values: Floats = np.round(np.clip(55 + 20 * (weight * shared + (1 - weight**2) ** 0.5 * own), 0, 100), 2)
    return values
