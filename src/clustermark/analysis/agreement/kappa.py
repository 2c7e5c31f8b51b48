"""Kappa, and never without Gwet's AC beside it.

Where nearly all ratings fall into one category kappa is near zero however well the experts agree
(Feinstein & Cicchetti, *Journal of Clinical Epidemiology* 43, 1990). So no public function here gives
kappa alone.
"""

from __future__ import annotations

import numpy as np

from clustermark.analysis.agreement.estimates import Estimate, agreement_words
from clustermark.analysis.agreement.gwet import fleiss_kappa, gwet_ac
from clustermark.analysis.agreement.ratings import Floats, Ratings, Weighting
from clustermark.ground.documents import Document
from clustermark.ground.texts import gettext as _

METHOD = "large-sample variance, normal (Fleiss, Cohen & Everitt 1969)"
PARADOX = 0.2
"""From this much more than kappa on, AC makes a reader of kappa suspicious (no published limit)."""


class KappaBesideAC(Document):
    """Kappa and Gwet's AC with the same weights, and what their difference says."""

    kappa: Estimate
    ac: Estimate
    words: str


def kappa_beside_ac(
    ratings: Ratings, weighting: Weighting = "nominal", *, level: float = 0.95
) -> KappaBesideAC:
    """Cohen's kappa of two raters or Fleiss' kappa of more, with AC1 (nominal) or AC2 (the other weights)."""
    two = ratings.raters == 2
    kappa = (_cohen_kappa if two else fleiss_kappa)(ratings, weighting, level=level)
    ac = gwet_ac(ratings, weighting, level=level)
    if kappa.value is None or ac.value is None:
        words = kappa.words if ac.value is None or kappa.words == ac.words else f"{kappa.words} {ac.words}"
    elif ac.value - kappa.value >= PARADOX:
        words = _(
            "Most ratings fall into few categories. Kappa is then low even where experts agree; "
            "read Gwet's coefficient instead."
        )
    else:
        words = _("Kappa and Gwet's coefficient tell the same story.")
    return KappaBesideAC(kappa=kappa, ac=ac, words=words)


def _cohen_kappa(ratings: Ratings, weighting: Weighting, *, level: float) -> Estimate:
    """Cohen's kappa (1960, weighted 1968) over the units both raters rated."""
    pairs = ratings.values[:, (~np.isnan(ratings.values)).any(axis=0)]
    pairs = pairs[~np.isnan(pairs).any(axis=1)]

    def estimate(value: float | None, low: float | None, high: float | None, words: str) -> Estimate:
        return Estimate(
            coefficient="cohen_kappa", weighting=weighting, value=value, low=low, high=high, level=level,
            method=METHOD, n=len(pairs), raters=2, words=words,
        )  # fmt: skip

    why = ratings.why_not_comparable()
    if why is not None:
        return estimate(None, None, None, why)
    matches = pairs[:, :, None] == ratings.categories
    joint = (matches[:, 0, :, None] & matches[:, 1, None, :]).mean(axis=0)
    weights = ratings.weights(weighting)
    first, second = joint.sum(axis=1), joint.sum(axis=0)
    expected = float(first @ weights @ second)
    if 1 - expected < 1e-12:
        return estimate(None, None, None, _all_the_same())
    observed = float((weights * joint).sum())
    value = (observed - expected) / (1 - expected)
    error = _standard_error(joint, weights, observed, expected, len(pairs))
    if error < 1e-12:
        return estimate(value, None, None, agreement_words(value, None, None))
    from scipy.special import ndtri  # noqa: PLC0415 - SciPy loads slowly

    reach = float(ndtri((1 + level) / 2)) * error
    low, high = max(-1.0, value - reach), min(1.0, value + reach)
    return estimate(value, low, high, agreement_words(value, low, high))


def _all_the_same() -> str:
    return _("All ratings are the same, so kappa cannot tell agreement from chance: read AC beside it.")


def _standard_error(joint: Floats, weights: Floats, observed: float, expected: float, units: int) -> float:
    """Fleiss, Cohen & Everitt, *Psychological Bulletin* 72 (1969), equation 14."""
    by_first, by_second = weights @ joint.sum(axis=0), joint.sum(axis=1) @ weights
    margins = by_first[:, None] + by_second[None, :]
    spread = float((joint * (weights * (1 - expected) - margins * (1 - observed)) ** 2).sum())
    spread -= (observed * expected - 2 * expected + observed) ** 2
    return float(np.sqrt(max(0.0, spread) / units)) / (1 - expected) ** 2
