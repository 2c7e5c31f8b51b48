"""How long an award would be valid, by the scheme's rule."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from clustermark.dossiers.dossier import Dossier
from clustermark.schemes.document import Validity


def valid_until(validity: Validity, dossier: Dossier, *, level: str, as_of: date) -> date:
    """The last day of an award of `level` for an assessment on `as_of`.

    A renewal within the grace period adds the renewal years to the previous end where the scheme says
    so; otherwise the first years count from the assessment.
    """
    years, start = validity.first_years, as_of
    previous = _previous_end(dossier, level)
    if previous is not None and validity.renewal_years is not None:
        latest = add_months(previous, validity.renewal_grace_months or 0)
        if as_of <= latest:
            years = validity.renewal_years
            start = previous if validity.renewal_adds_to == "previous_end" else as_of
    end = add_months(start, 12 * years)
    if validity.ends == "month_end":
        return end.replace(day=monthrange(end.year, end.month)[1])
    return end.replace(month=12, day=31) if validity.ends == "year_end" else end


def _previous_end(dossier: Dossier, level: str) -> date | None:
    """The end of the latest award of this level that the dossier states."""
    ends = [
        row.values.get("valid_until") for row in dossier.rows("labels") if row.values.get("level") == level
    ]
    return max((end for end in ends if isinstance(end, date)), default=None)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it is shorter."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
