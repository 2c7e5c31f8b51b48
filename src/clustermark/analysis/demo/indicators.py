"""How a synthetic cluster's quality, size and age turn into the 31 values of `ecei-gold-2013`.

Every number here is invented. It is shaped so that the values look like those of a label: shares of
small counts, whole counts, months; good clusters good in most things; large clusters with lower shares.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RATED = ("2.4", "4.1.1", "4.1.2", "4.1.3", "4.1.4", "4.2")
"""Indicators that experts rate 0–5 by a rubric."""


@dataclass(frozen=True)
class Row:
    """What the rows are made from, one entry a row: quality and size bent to about N(0, 1), plain counts."""

    random: Generator
    quality: Floats
    bigness: Floats
    participants: Floats
    committed: Floats
    years_old: Floats
    team_fte: Floats
    specific: Callable[[], Floats]
    """A fresh column of noise that lasts over a cluster's years, about N(0, 1)."""

    def mixed(self, weight: float, size_weight: float = 0.0) -> Floats:
        """About N(0, 1): `weight` of quality, some size, the rest the indicator's own."""
        rest = np.sqrt(max(1 - weight**2 - size_weight**2, 0.05))
        score: Floats = weight * self.quality + size_weight * self.bigness + rest * self.specific()
        return score

    def share(self, of: Floats, typical: float, score: Floats) -> Floats:
        """Per cent of `of` things: a binomial count around `typical` (0–1), better with `score`."""
        chance = 1 / (1 + np.exp(-(np.log(typical / (1 - typical)) + 0.7 * score)))
        per_cent: Floats = 100 * self.random.binomial(of.astype(np.int64), chance) / of
        return per_cent

    def count(self, typical: float, score: Floats, spread: float = 0.5) -> Floats:
        """A whole count around `typical`, log-normal in `score`."""
        return self.random.poisson(typical * np.exp(spread * score)).astype(np.float64)

    def of_items(self, items: int, typical: float, score: Floats) -> Floats:
        """How many of `items` hold, 0 … items."""
        return self.share(np.full(len(score), float(items)), typical, score) * items / 100


def rating(score: Floats) -> Floats:
    """A rating 0 … 5 from a score of about N(0, 1)."""
    return np.clip(np.floor(3.2 + 0.95 * score + 0.5), 0, 5)


def indicator_values(row: Row) -> dict[str, Floats]:
    """The 31 values by code, before gaps, rounded to four decimals; rated ones as the true rating."""
    fte_tenths = np.maximum(row.team_fte * 10, 5)
    values = {
        "1.1.0": 100 * row.committed / row.participants,
        "1.1.1": row.of_items(6, 0.72, row.mixed(0.4, 0.3)),
        "1.1.2": row.committed,
        "1.2": row.share(row.committed, 0.76, row.mixed(0.1, -0.3)),
        "2.1": row.years_old,
        "2.2.1": row.committed / row.team_fte,
        "2.2.2": row.share(fte_tenths, 0.66, row.mixed(0.4)),
        "2.2.3": np.round(row.team_fte * 4 * np.exp(0.5 * row.mixed(0.45))) / row.team_fte,
        "2.2.4": row.share(fte_tenths, 0.7, row.mixed(0.3)),
        "2.3": row.share(row.participants, 0.07, -row.mixed(0.4)),
        "2.5": row.share(row.committed, 0.55, row.mixed(0.55, -0.45)),
        "2.6": row.share(row.committed, 0.42, row.mixed(0.6, -0.35)),
        "2.7": row.count(4.5, row.mixed(0.5, 0.3)),
        "3.1": row.count(20, row.mixed(0.4)),
        "3.2": np.clip(np.round(34 + 14 * row.mixed(0.35), 1), 0, 100),
        "4.1.5": row.count(20, -row.mixed(0.5)),
        "4.1.6": row.count(6.5, row.mixed(0.55)),
        "4.3": row.of_items(8, 0.62, row.mixed(0.5, 0.2)),
        "4.4": np.clip(np.round(76 + 13 * row.mixed(0.5), 1), 0, 100),
        "4.5": row.share(row.committed, 0.36, row.mixed(0.55, -0.35)),
        "4.6.1": row.of_items(8, 0.66, row.mixed(0.5, 0.2)),
        "4.6.2": row.of_items(10, 0.76, row.mixed(0.5, 0.2)),
        "5.1": row.count(16, row.mixed(0.45, 0.35), 0.7),
        "5.2": row.of_items(36, 0.62, row.mixed(0.55)),
        "5.3": np.clip(np.round(70 + 11 * row.mixed(0.5), 2), 0, 100),
    }
    values |= {code: rating(row.mixed(0.6)) for code in RATED}
    by_number = sorted(values, key=lambda code: [int(part) for part in code.split(".")])
    return {code: np.round(values[code], 4) for code in by_number}


MISSING = {"2.2.2": 0.04, "2.2.3": 0.06, "3.2": 0.05, "4.1.5": 0.06, "4.4": 0.08, "5.1": 0.03, "5.3": 0.15}
"""Chance that a value is not known; 0.015 where nothing is said, none where it follows from the records."""

ALWAYS_KNOWN = ("1.1.0", "1.1.2", "2.1", "2.2.1")
