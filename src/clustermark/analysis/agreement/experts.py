"""Each expert beside the others: severity, and how it drifts over time.

An expert's ratings are compared with the mean of the other ratings of the same indicator in the same case.
Ratings of one case hang together, so its differences are averaged first and cases are what is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from clustermark.analysis.agreement.estimates import Estimate, decimals
from clustermark.analysis.agreement.ratings import Floats
from clustermark.analysis.agreement.records import RatingRecord, checked, rating_table
from clustermark.ground.documents import Document
from clustermark.ground.texts import gettext as _

DAYS_A_YEAR = 365.25
SEVERITY_METHOD = "t with n − 1 degrees of freedom over cases"
DRIFT_METHOD = "least squares over cases, t with n − 2 degrees of freedom"


class ExpertAgreement(Document):
    """One expert beside the others.

    `severity`: steps of the scale the expert rates above (+) or below (−) the others. `drift`: change of
    that a year. `same` is the share of comparisons with exactly the others' rating, 0..1, null without any.
    """

    expert: str
    ratings: int
    compared: int
    same: float | None
    severity: Estimate
    drift: Estimate


@dataclass(frozen=True)
class _Case:
    """An expert's mean difference from the others in one case, and the mean day of it (null: undated)."""

    difference: float
    day: float | None


def by_expert(records: Iterable[RatingRecord], *, level: float = 0.95) -> list[ExpertAgreement]:
    """Severity and drift of each expert, ordered by name. Raises ProblemsError for doubled ratings."""
    kept = [record for record in checked(records) if record.rating is not None]
    experts, table = rating_table(kept, lambda record: (record.case, record.indicator))
    rows = {unit: row for row, unit in enumerate(dict.fromkeys((r.case, r.indicator) for r in kept))}
    given = (~np.isnan(table)).sum(axis=1)
    sums = np.nansum(table, axis=1)
    return [
        _beside_others(
            name,
            [(record, rows[record.case, record.indicator]) for record in kept if record.expert == name],
            table[:, column],
            (sums, given),
            level,
        )
        for column, name in enumerate(experts)
    ]


def _beside_others(
    expert: str,
    rated: Sequence[tuple[RatingRecord, int]],
    own: Floats,
    all_ratings: tuple[Floats, Floats],
    level: float,
) -> ExpertAgreement:
    sums, given = all_ratings
    shared = [(record, row) for record, row in rated if given[row] > 1]
    apart = [own[row] - (sums[row] - own[row]) / (given[row] - 1) for _record, row in shared]
    cases: dict[str, list[tuple[float, date | None]]] = {}
    for (record, _row), difference in zip(shared, apart, strict=True):
        cases.setdefault(record.case, []).append((float(difference), record.rated_on))
    means = [_case(values) for values in cases.values()]
    others = len(cases)
    return ExpertAgreement(
        expert=expert,
        ratings=len(rated),
        compared=len(shared),
        same=float(np.mean(np.abs(apart) < 1e-12)) if apart else None,
        severity=_severity([case.difference for case in means], others, level),
        drift=_drift([(case.day, case.difference) for case in means if case.day is not None], level),
    )


def _case(values: Sequence[tuple[float, date | None]]) -> _Case:
    days = [day.toordinal() for _difference, day in values if day is not None]
    return _Case(float(np.mean([value for value, _day in values])), float(np.mean(days)) if days else None)


def _severity(differences: Sequence[float], cases: int, level: float) -> Estimate:
    """The mean difference over cases."""

    def estimate(words: str, *numbers: float | None) -> Estimate:
        value, low, high = numbers or (None, None, None)
        return Estimate(
            coefficient="severity", value=value, low=low, high=high, level=level, method=SEVERITY_METHOD,
            n=cases, raters=1, words=words,
        )  # fmt: skip

    if not differences:
        return estimate(_("No other expert rated the same indicators: severity cannot be told."))
    value = float(np.mean(differences))
    error = float(np.std(differences, ddof=1) / np.sqrt(cases)) if cases > 1 else 0.0
    direction = _("above") if value > 0 else _("below")
    if abs(value) < 0.005:
        words = _("Rates as the others do on average.")
    else:
        words = _("Rates {steps} steps {direction} the others on average.").format(
            steps=decimals(abs(value)), direction=direction
        )
    if error < 1e-12:
        return estimate(words + " " + _("Too few or too equal cases for an interval."), value, None, None)
    reach = _t(cases - 1, level) * error
    if value - reach <= 0 <= value + reach:
        words += " " + _("This may be chance.")
    return estimate(words, value, value - reach, value + reach)


def _drift(points: Sequence[tuple[float, float]], level: float) -> Estimate:
    """The slope of the differences over the years."""

    def estimate(words: str, *numbers: float | None) -> Estimate:
        value, low, high = numbers or (None, None, None)
        return Estimate(
            coefficient="drift", value=value, low=low, high=high, level=level, method=DRIFT_METHOD,
            n=len(points), raters=1, words=words,
        )  # fmt: skip

    years, differences = (np.array([point[i] for point in points], dtype=np.float64) for i in (0, 1))
    years = years / DAYS_A_YEAR
    if len(points) < 3 or np.ptp(years) == 0:
        return estimate(_("Drift needs three dated cases with other experts, on at least two days."))
    centred = years - years.mean()
    spread = float(centred @ centred)
    slope = float(centred @ differences) / spread
    left = differences - differences.mean() - slope * centred
    error = float(np.sqrt((left @ left) / (len(points) - 2) / spread))
    reach = _t(len(points) - 2, level) * error
    shown = decimals(abs(slope))
    if slope - reach <= 0 <= slope + reach:
        words = _("No drift that could not be chance ({steps} steps a year).").format(steps=shown)
    elif slope > 0:
        words = _("Grows more lenient beside the others, {steps} steps a year.").format(steps=shown)
    else:
        words = _("Grows more severe beside the others, {steps} steps a year.").format(steps=shown)
    return estimate(words, slope, slope - reach, slope + reach)


def _t(freedom: int, level: float) -> float:
    from scipy.special import stdtrit  # noqa: PLC0415 - SciPy loads slowly

    return float(stdtrit(freedom, (1 + level) / 2))
