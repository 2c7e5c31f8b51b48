"""An estimate of agreement: the number, its interval, how both were made, and words for who reads it."""

from __future__ import annotations

from decimal import Decimal

from clustermark.ground.documents import Document
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import mark, number


class Estimate(Document):
    """One coefficient of agreement.

    `value` is null where the coefficient is not defined, `low` and `high` where no interval is; `words`
    then say why. `level` is the confidence level of the interval, `method` its source, `n` the number of
    units (or of cases) it rests on, `raters` the number of experts.
    """

    coefficient: str
    weighting: str | None = None
    value: float | None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    method: str
    n: int
    raters: int
    words: str


_LANDIS_KOCH = (
    (0.0, mark("no agreement beyond chance")),
    (0.20, mark("slight agreement beyond chance")),
    (0.40, mark("fair agreement beyond chance")),
    (0.60, mark("moderate agreement beyond chance")),
    (0.80, mark("substantial agreement beyond chance")),
    (float("inf"), mark("almost perfect agreement")),
)
"""Upper edges and words of Landis & Koch, *Biometrics* 33 (1977), p. 165: a convention, not a test."""

_KOO_LI = (
    (0.50, mark("poor reliability")),
    (0.75, mark("moderate reliability")),
    (0.90, mark("good reliability")),
    (float("inf"), mark("excellent reliability")),
)
"""Upper edges and words of Koo & Li, *Journal of Chiropractic Medicine* 15 (2016), p. 161."""


def agreement_words(value: float, low: float | None, high: float | None) -> str:
    """A chance-corrected coefficient in words."""
    return _sentence(next(words for edge, words in _LANDIS_KOCH if value <= edge), value, low, high)


def reliability_words(value: float, low: float | None, high: float | None) -> str:
    """An intraclass correlation in words."""
    return _sentence(next(words for edge, words in _KOO_LI if value < edge), value, low, high)


def _sentence(words: str, value: float, low: float | None, high: float | None) -> str:
    reading, shown = _(words), decimals(value)
    if low is None or high is None:
        return _("{value}: {reading}. The ratings are too few or too equal for an interval.").format(
            value=shown, reading=reading
        )
    return _("{value}, between {low} and {high}: {reading}.").format(
        value=shown, low=decimals(low), high=decimals(high), reading=reading
    )


def decimals(value: float) -> str:
    """`value` with two decimals, written by the rules of the current language."""
    return number(Decimal(f"{value:.2f}") + 0)  # + 0: no minus before a zero
