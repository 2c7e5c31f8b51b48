"""Places in an order: how many lie below, and competition ranks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from clustermark.analysis.composite.data import Floats


def below(values: Floats) -> Floats:
    """For each value: how many others are smaller; NaN where missing."""
    there = np.sort(values[~np.isnan(values)])
    return np.where(np.isnan(values), np.nan, np.searchsorted(there, values, side="left"))


def not_above(values: Floats) -> Floats:
    """For each value: how many, itself included, are not greater; NaN where missing."""
    there = np.sort(values[~np.isnan(values)])
    return np.where(np.isnan(values), np.nan, np.searchsorted(there, values, side="right"))


def competition_ranks(scores: Sequence[Any]) -> list[int | None]:
    """Rank 1 for the highest score; equal scores share the better rank, the next are skipped (1 2 2 4).

    Scores are compared as they are, so exact scores (int, Decimal) give exact ranks; None stays unranked.
    """
    first: dict[Any, int] = {}
    for place, score in enumerate(sorted((s for s in scores if s is not None), reverse=True), start=1):
        first.setdefault(score, place)
    return [None if score is None else first[score] for score in scores]
