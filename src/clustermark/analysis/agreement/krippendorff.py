"""Krippendorff's alpha: any number of raters, gaps allowed, for names, ranks and numbers.

Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011): alpha = 1 − Dₒ / Dₑ over the matrix of
coincidences, in which a unit with m ratings counts each of its m(m − 1) ordered pairs 1 / (m − 1) times.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from clustermark.analysis.agreement.bootstrap import METHOD, bca_interval
from clustermark.analysis.agreement.estimates import Estimate, agreement_words
from clustermark.analysis.agreement.ratings import Floats, Ratings
from clustermark.ground.texts import gettext as _

Metric = Literal["nominal", "ordinal", "interval"]


def krippendorff_alpha(
    ratings: Ratings, metric: Metric = "ordinal", *, level: float = 0.95, seed: int = 1
) -> Estimate:
    """Alpha with a seeded BCa interval over the units rated at least twice."""
    why = ratings.why_not_comparable()
    parts = _coincidences(ratings.counts) if why is None else np.empty((0, 0))

    def alpha(sums: Floats) -> Floats:
        return _alpha(sums, ratings.categories, metric)

    value = float(alpha(parts.sum(axis=0)[None])[0]) if why is None else float("nan")
    low, high, words = None, None, why
    if why is None and np.isnan(value):
        words = _("All ratings are the same: without any difference alpha says nothing about reliability.")
    elif words is None:
        low, high = bca_interval(parts, alpha, level=level, seed=seed) or (None, None)
        words = agreement_words(value, low, high)
    return Estimate(
        coefficient="krippendorff_alpha", weighting=metric, value=None if np.isnan(value) else value,
        low=low, high=high, level=level, method=METHOD, n=ratings.compared, raters=ratings.raters,
        words=words,
    )  # fmt: skip


def _coincidences(counts: Floats) -> Floats:
    """Units rated twice or more × (categories · categories): what each adds to the matrix of coincidences."""
    pairable = counts[counts.sum(axis=1) >= 2]
    together = pairable[:, :, None] * pairable[:, None, :]
    together -= pairable[:, :, None] * np.eye(counts.shape[1])
    together /= (pairable.sum(axis=1) - 1)[:, None, None]
    parts: Floats = together.reshape(len(pairable), -1)
    return parts


def _alpha(sums: Floats, categories: Floats, metric: Metric) -> Floats:
    """Alpha of each matrix of coincidences (m × categories²); NaN where all ratings are the same."""
    size = len(categories)
    together = sums.reshape(-1, size, size)
    given = together.sum(axis=2)
    apart = _squared_difference(given, categories, metric)
    seen = (together * apart).sum(axis=(1, 2))
    by_chance = (given[:, :, None] * given[:, None, :] * apart).sum(axis=(1, 2))
    total = given.sum(axis=1)
    alike = by_chance <= 1e-12 * np.maximum(total, 1.0)
    result = 1 - (total - 1) * np.divide(seen, by_chance, out=np.zeros_like(seen), where=~alike)
    return np.where(alike, np.nan, result)


def _squared_difference(given: Floats, categories: Floats, metric: Metric) -> Floats:
    """How far apart two categories are, squared (m or 1 × categories × categories)."""
    if metric == "nominal":
        return 1 - np.eye(len(categories))[None]
    # Ranks: half of the own and all lower ratings lie below a category's middle.
    place = given.cumsum(axis=1) - given / 2 if metric == "ordinal" else categories[None]
    apart: Floats = (place[:, :, None] - place[:, None, :]) ** 2
    return apart
