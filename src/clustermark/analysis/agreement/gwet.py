"""Percent agreement, Gwet's AC1 and AC2, Fleiss' kappa: any number of raters, gaps allowed.

All three compare the agreement seen, pₐ (the mean over units of the agreement of two raters drawn from
those who rated the unit), with what chance would give, pₑ; they differ in pₑ alone. Standard errors are
those of Gwet, *British Journal of Mathematical and Statistical Psychology* 61 (2008), in the form for
gaps and weights of his *Handbook of Inter-Rater Reliability* (4th ed. 2014); the raters are taken as given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from clustermark.analysis.agreement.estimates import Estimate, agreement_words, decimals
from clustermark.analysis.agreement.ratings import Floats, Ratings, Weighting
from clustermark.ground.texts import gettext as _

METHOD = "linearised variance, t with n − 1 degrees of freedom (Gwet 2008)"
_NO_SPREAD = 1e-12


@dataclass(frozen=True)
class _Chance:
    """Agreement by chance, and what each unit's ratings contribute to it."""

    expected: float
    by_unit: Floats


Chance = Callable[[Floats, Floats], _Chance]
"""Takes each unit's shares of categories (units × categories) and the weights."""


def percent_agreement(ratings: Ratings, *, level: float = 0.95) -> Estimate:
    """The share of equal pairs of ratings, 0..1, as the mean over the units rated at least twice."""
    why = ratings.why_not_comparable()
    if why is not None:
        return _undefined(ratings, "percent_agreement", None, level, why)
    seen = _seen(ratings.counts, np.eye(len(ratings.categories)))
    seen = seen[~np.isnan(seen)]
    value = float(seen.mean())
    error = float(seen.std(ddof=1) / np.sqrt(len(seen))) if len(seen) > 1 else 0.0
    low, high = _interval(value, error, len(seen), level, least=0.0)
    words = _("{percent} % of the pairs of ratings are equal.").format(percent=decimals(100 * value))
    if low is None:
        words += " " + _("The units do not differ in this, so there is no interval.")
    return Estimate(
        coefficient="percent_agreement", value=value, low=low, high=high, level=level, method=METHOD,
        n=len(seen), raters=ratings.raters, words=words,
    )  # fmt: skip


def gwet_ac(ratings: Ratings, weighting: Weighting = "nominal", *, level: float = 0.95) -> Estimate:
    """Gwet's AC1 (nominal) or AC2 (linear, quadratic); of use where nearly all ratings are alike too."""
    name = "gwet_ac1" if weighting == "nominal" else "gwet_ac2"
    if len(ratings.categories) == 1:
        why = ratings.why_not_comparable() or _(
            "Only one category is known, so there is no chance to agree by: name the whole scale."
        )
        return _undefined(ratings, name, weighting, level, why)
    return _corrected(ratings, name, weighting, level, _gwet_chance)


def fleiss_kappa(ratings: Ratings, weighting: Weighting, *, level: float) -> Estimate:
    """Fleiss' kappa (1971) for interchangeable raters, with weights and gaps; shown beside AC only."""
    return _corrected(ratings, "fleiss_kappa", weighting, level, _fleiss_chance)


def _gwet_chance(shares: Floats, weights: Floats) -> _Chance:
    """Chance agrees where ratings are hard: pₑ = Σw · Σ π(1 − π) / (q(q − 1))."""
    overall = shares.mean(axis=0)
    size = len(overall)
    factor = float(weights.sum()) / (size * (size - 1))
    return _Chance(factor * float(overall @ (1 - overall)), factor * (shares @ (1 - overall)))


def _fleiss_chance(shares: Floats, weights: Floats) -> _Chance:
    """Chance draws two ratings from all that were given: pₑ = πᵀ w π."""
    overall = shares.mean(axis=0)
    return _Chance(float(overall @ weights @ overall), shares @ (weights @ overall))


def _seen(counts: Floats, weights: Floats) -> Floats:
    """The agreement of two raters of each unit; NaN for units with one rating."""
    ratings = counts.sum(axis=1)
    pairs = ratings * (ratings - 1)
    agreeing = (counts * (counts @ weights - 1)).sum(axis=1)
    seen: Floats = np.divide(agreeing, pairs, out=np.full(len(counts), np.nan), where=pairs > 0)
    return seen


def _corrected(
    ratings: Ratings, name: str, weighting: Weighting, level: float, chance_of: Chance
) -> Estimate:
    """(pₐ − pₑ) / (1 − pₑ) with its interval. Units rated once count for pₑ and not for pₐ."""
    why = ratings.why_not_comparable()
    if why is not None:
        return _undefined(ratings, name, weighting, level, why)
    counts, weights = ratings.counts, ratings.weights(weighting)
    seen = _seen(counts, weights)
    twice = ~np.isnan(seen)
    observed = float(seen[twice].mean())
    chance = chance_of(counts / counts.sum(axis=1, keepdims=True), weights)
    beyond = 1 - chance.expected
    if beyond < _NO_SPREAD:
        why = _("All ratings are the same, so kappa cannot tell agreement from chance: read AC beside it.")
        return _undefined(ratings, name, weighting, level, why)
    value = (observed - chance.expected) / beyond
    units = len(counts)
    linear = np.where(twice, (np.nan_to_num(seen) - chance.expected) / beyond, 0.0) * units / twice.sum()
    linear -= 2 * (1 - value) * (chance.by_unit - chance.expected) / beyond
    error = float(np.sqrt(((linear - value) ** 2).sum() / (units * (units - 1)))) if units > 1 else 0.0
    # No lower cut: with weights or gaps these coefficients can lie below −1.
    low, high = _interval(value, error, units, level, least=float("-inf"))
    return Estimate(
        coefficient=name, weighting=weighting, value=value, low=low, high=high, level=level, method=METHOD,
        n=units, raters=ratings.raters, words=agreement_words(value, low, high),
    )  # fmt: skip


def _interval(
    value: float, error: float, units: int, level: float, *, least: float
) -> tuple[float | None, float | None]:
    """value ± t · error, cut to `least`..1; none where the units show no spread."""
    if units < 2 or error < _NO_SPREAD:
        return None, None
    from scipy.special import stdtrit  # noqa: PLC0415 - SciPy loads slowly

    reach = float(stdtrit(units - 1, (1 + level) / 2)) * error
    return max(least, value - reach), min(1.0, value + reach)


def _undefined(ratings: Ratings, name: str, weighting: Weighting | None, level: float, why: str) -> Estimate:
    return Estimate(
        coefficient=name, weighting=weighting, value=None, level=level, method=METHOD,
        n=ratings.compared, raters=ratings.raters, words=why,
    )  # fmt: skip
