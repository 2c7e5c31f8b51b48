"""Ratings as a table of units × raters, checked, with what every coefficient starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

Floats = NDArray[np.float64]
Weighting = Literal["nominal", "linear", "quadratic"]
RatingRows = ArrayLike | Sequence[Sequence[float | None]]
"""Units × raters; None or NaN = not rated."""


@dataclass(frozen=True)
class Ratings:
    """`values` (units × raters, NaN = not rated) on a scale of `categories` (ascending)."""

    values: Floats
    categories: Floats

    @property
    def raters(self) -> int:
        """How many raters gave at least one rating."""
        return int((~np.isnan(self.values)).any(axis=0).sum())

    @cached_property
    def counts(self) -> Floats:
        """Units × categories: how many raters chose the category; units without any rating are left out."""
        matches = self.values[:, :, None] == self.categories[None, None, :]
        counts = matches.sum(axis=1).astype(np.float64)
        rated: Floats = counts[counts.sum(axis=1) > 0]
        return rated

    @property
    def compared(self) -> int:
        """How many units were rated by at least two raters."""
        return int((self.counts.sum(axis=1) >= 2).sum())

    def why_not_comparable(self) -> str | None:
        """Why nothing can be compared, in words; null where something can."""
        if not self.counts.size:
            return _("Nothing has been rated yet.")
        if self.raters < 2:
            return _("Only one expert has rated: there is nothing to compare the ratings with.")
        if not self.compared:
            return _("No two experts rated the same unit: there is nothing to compare.")
        return None

    def weights(self, weighting: Weighting) -> Floats:
        """Categories × categories: how far two ratings agree, 1 = wholly, 0 = not at all (Cohen 1968)."""
        if weighting == "nominal" or len(self.categories) == 1:
            return np.eye(len(self.categories))
        apart = np.abs(self.categories[:, None] - self.categories[None, :]) / np.ptp(self.categories)
        agreement: Floats = 1 - (apart if weighting == "linear" else apart**2)
        return agreement


def read_ratings(ratings: RatingRows, categories: Sequence[float] | None = None) -> Ratings:
    """Check a table of units × raters (None or NaN = not rated).

    `categories` is the whole scale; without it the values that occur are taken for it, which makes
    Gwet's coefficients depend on the sample. Raises ProblemsError for anything but a table of
    numbers, and for each rating that is not on the scale.
    """
    try:
        values = np.array(ratings, dtype=np.float64)
    except (TypeError, ValueError):
        values = np.empty(0)
    if values.ndim != 2:
        message = _("Ratings must be a table of numbers: a row for each unit, a column for each rater.")
        raise ProblemsError([Problem("ratings-not-a-table", message, Place(_("ratings")))])
    given = values[~np.isnan(values)]
    scale = np.unique(given if categories is None else np.asarray(categories, dtype=np.float64))
    off_scale = np.argwhere(~np.isnan(values) & ~np.isin(values, scale) | np.isinf(values))
    if len(off_scale):
        allowed = ", ".join(f"{category:g}" for category in scale)
        raise ProblemsError(
            Problem(
                "rating-off-scale",
                _("A rating is not on the scale."),
                Place(
                    _("ratings"), field=_("unit {unit}, rater {rater}").format(unit=unit + 1, rater=rater + 1)
                ),
                found=f"{values[unit, rater]:g}",
                allowed=allowed,
            )
            for unit, rater in off_scale
        )
    return Ratings(values=values, categories=scale)
