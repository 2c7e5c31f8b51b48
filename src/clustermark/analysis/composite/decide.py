"""Steps 7 to 9: round as declared, then decide ranks and levels; exact from here on.

Scores come from floating-point arithmetic whose last digits are noise. A decision first takes the
first 12 significant digits, then rounds half up in decimals, and compares decimals only: ties are
ties, and a score on a cut is on it, on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from clustermark.ground.exact import half_up
from clustermark.schemes.composite import Cut

SIGNIFICANT_DIGITS = 12
"""Digits of a floating-point score that are taken as meant; double precision holds 15 to 17."""

_settled = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_EVEN)


def settled(score: float) -> Decimal | None:
    """`score` as a decimal without the noise of its last digits; None for NaN."""
    if score != score:  # noqa: PLR0124 - true for NaN alone
        return None
    return _settled.create_decimal(repr(float(score)))


def rounded(scores: Iterable[float], decimals: int) -> list[Decimal | None]:
    """Scores rounded half up to `decimals`, exactly; None where missing."""
    exact = [settled(score) for score in scores]
    return [None if score is None else half_up(Fraction(score), decimals) for score in exact]


def levels(scores: Iterable[Decimal | None], cuts: list[Cut]) -> list[Cut | None]:
    """For each score the highest cut it reaches; None where it is missing or reaches none."""
    return [None if score is None else _level(score, cuts) for score in scores]


def _level(score: Decimal, cuts: list[Cut]) -> Cut | None:
    reached = [cut for cut in cuts if cut.at_least is None or score >= cut.at_least]
    return reached[-1] if reached else None
