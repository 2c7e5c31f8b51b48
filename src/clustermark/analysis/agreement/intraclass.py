"""Intraclass correlation, the six forms of Shrout & Fleiss (*Psychological Bulletin* 86, 1979).

Intervals of forms 1 and 3 are theirs; those of form 2 and of all means are McGraw & Wong's
(*Psychological Methods* 1, 1996, tables 4 and 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from clustermark.analysis.agreement.estimates import Estimate, reliability_words
from clustermark.analysis.agreement.ratings import Floats, Ratings
from clustermark.ground.texts import gettext as _

Form = Literal["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]
FORMS: tuple[Form, ...] = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")
METHOD = "F distribution (Shrout & Fleiss 1979; McGraw & Wong 1996)"


class IntraclassCorrelation(Estimate):
    """An intraclass correlation with its test against zero: `f` with `df1` and `df2`, and `p`."""

    f: float | None = None
    df1: int | None = None
    df2: int | None = None
    p: float | None = None


@dataclass(frozen=True)
class _Squares:
    """Mean squares of a complete table of n units × k raters."""

    n: int
    k: int
    between: float
    within: float
    raters: float
    rest: float


def intraclass_correlations(ratings: Ratings, *, level: float = 0.95) -> list[IntraclassCorrelation]:
    """The six forms, in the order of `FORMS`.

    Form 1 (each unit has its own raters) takes all units with the usual number of ratings, whoever gave
    them; forms 2 (raters drawn at random) and 3 (these raters) take the units that every rater rated.
    """
    whole = ratings.values[:, (~np.isnan(ratings.values)).any(axis=0)]
    whole = whole[~np.isnan(whole).any(axis=1)]
    tables = {"1": _own_raters(ratings.values), "2": whole, "3": whole}
    return [_form(form, tables[form[3]], ratings, level) for form in FORMS]


def _own_raters(values: Floats) -> Floats:
    """Units with the most frequent number (two or more) of ratings × that number; the largest on a tie."""
    given = (~np.isnan(values)).sum(axis=1)
    sizes, units = np.unique(given[given >= 2], return_counts=True)
    if not len(sizes):
        return np.empty((0, 0))
    size = int(sizes[np.flatnonzero(units == units.max())[-1]])
    chosen = values[given == size]
    table: Floats = chosen[~np.isnan(chosen)].reshape(-1, size)
    return table


def _mean_squares(table: Floats) -> _Squares:
    n, k = table.shape
    by_unit, by_rater, grand = table.mean(axis=1), table.mean(axis=0), table.mean()
    between = k * float(((by_unit - grand) ** 2).sum())
    raters = n * float(((by_rater - grand) ** 2).sum())
    within = float(((table - by_unit[:, None]) ** 2).sum())
    rest = float(((table - by_unit[:, None] - by_rater[None, :] + grand) ** 2).sum())
    return _Squares(
        n, k, between / (n - 1), within / (n * (k - 1)), raters / (k - 1), rest / ((n - 1) * (k - 1))
    )


def _form(form: Form, table: Floats, ratings: Ratings, level: float) -> IntraclassCorrelation:
    """One form; without value or interval, and with words, where the table does not give it."""

    def answer(words: str, **numbers: float | None) -> IntraclassCorrelation:
        return IntraclassCorrelation.model_validate(
            {"coefficient": form, "value": None, "level": level, "method": METHOD, "n": len(table),
             "raters": ratings.raters, "words": words, **numbers}
        )  # fmt: skip

    why = ratings.why_not_comparable()
    if why is not None:
        return answer(why)
    if len(table) < 2:
        return answer(_("Fewer than two units were rated by all experts this form compares."))
    squares = _mean_squares(table)
    scale = max(squares.between, squares.within, squares.raters, squares.rest)
    if squares.between <= 1e-12 * scale and squares.within <= 1e-12 * scale:
        return answer(
            _("All ratings are the same: without differences between units there is no correlation.")
        )
    value = _value(form, squares)
    if value is None:
        return answer(_("The mean ratings of all units are the same: the units cannot be told apart."))
    error = squares.within if form.startswith("ICC1") else squares.rest
    if error <= 1e-12 * scale:
        return answer(reliability_words(value, None, None), value=value)
    low, high = _interval(form, value, squares, level)
    return answer(
        reliability_words(value, low, high), value=value, low=low, high=high, **_test(form, squares, error)
    )


def _value(form: Form, squares: _Squares) -> float | None:
    """The estimate; None where its denominator is zero (a mean rating that does not vary)."""
    s, mean = squares, form.endswith("k")
    bias = (s.raters - s.rest) / s.n
    error, extra = {"1": (s.within, 0.0), "2": (s.rest, bias), "3": (s.rest, 0.0)}[form[3]]
    below = s.between + extra if mean else s.between + (s.k - 1) * error + s.k * extra
    return (s.between - error) / below if below > 1e-12 * max(s.between, s.within) else None


def _test(form: Form, s: _Squares, error: float) -> dict[str, float]:
    """F of units against error, its degrees of freedom and the probability of a larger one."""
    from scipy.special import fdtrc  # noqa: PLC0415 - SciPy loads slowly

    df1, df2 = s.n - 1, s.n * (s.k - 1) if form.startswith("ICC1") else (s.n - 1) * (s.k - 1)
    f = s.between / error
    return {"f": f, "df1": df1, "df2": df2, "p": float(fdtrc(df1, df2, f))}


def _interval(form: Form, value: float, s: _Squares, level: float) -> tuple[float | None, float | None]:
    """The limits of a single rating's correlation, stepped up to the mean of k where the form asks it."""
    low, high = _agreement_limits(s, level) if form[3] == "2" else _ratio_limits(form, s, level)
    if form.endswith("k"):
        low, high = _stepped_up(low, s.k), _stepped_up(high, s.k)
    # The approximation of form 2 fails for some negative estimates of very few units.
    sound = low is not None and high is not None and low <= value <= high
    return (low, high) if sound else (None, None)


def _stepped_up(single: float | None, k: int) -> float | None:
    """Spearman & Brown: the reliability of the mean of k; none at the pole −1 / (k − 1)."""
    return None if single is None else _ratio(k * single, 1 + (k - 1) * single)


def _ratio(above: float, below: float) -> float | None:
    """above / below; None at and beyond the pole, and where both grow without limit."""
    return above / below if 1e-12 < below < float("inf") and abs(above) < float("inf") else None


def _ratio_limits(form: Form, s: _Squares, level: float) -> tuple[float | None, float | None]:
    """Forms 1 and 3: limits of the ratio of mean squares."""
    error = s.within if form[3] == "1" else s.rest
    df1 = s.n - 1
    df2 = s.n * (s.k - 1) if form[3] == "1" else df1 * (s.k - 1)
    ratio = s.between / error
    low, high = ratio / _f_quantile(df1, df2, level), ratio * _f_quantile(df2, df1, level)
    return (low - 1) / (low + s.k - 1), (high - 1) / (high + s.k - 1)


def _agreement_limits(s: _Squares, level: float) -> tuple[float | None, float | None]:
    """Form 2: Satterthwaite's degrees of freedom (McGraw & Wong 1996, table 7, absolute agreement)."""
    value = _value("ICC2", s) or 0.0
    a = s.k * value / (s.n * (1 - value))
    b = 1 + s.k * value * (s.n - 1) / (s.n * (1 - value))
    of_raters, of_rest = a * s.raters, b * s.rest
    freedom = _ratio(
        (of_raters + of_rest) ** 2, of_raters**2 / (s.k - 1) + of_rest**2 / ((s.n - 1) * (s.k - 1))
    )
    if not freedom:
        return None, None
    upper, lower = _f_quantile(s.n - 1, freedom, level), _f_quantile(freedom, s.n - 1, level)
    noise = s.k * s.raters + (s.k * s.n - s.k - s.n) * s.rest
    return (
        _ratio(s.n * (s.between - upper * s.rest), upper * noise + s.n * s.between),
        _ratio(s.n * (lower * s.between - s.rest), noise + s.n * lower * s.between),
    )


def _f_quantile(df1: float, df2: float, level: float) -> float:
    from scipy.special import fdtri  # noqa: PLC0415 - SciPy loads slowly

    return float(fdtri(df1, df2, (1 + level) / 2))
