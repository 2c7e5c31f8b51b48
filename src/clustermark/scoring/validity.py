"""How long an award would be valid, by the scheme's rule."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from clustermark.dossiers.dossier import Dossier
from clustermark.schemes.document import Validity


def valid_until(validity: Validity, dossier: Dossier, *, level: str, as_of: date) -> date:
    """The last day of an award of `level` for an assessment on `as_of`.

    The previous award is the latest of this level that the dossier states.
    """
    return end_of_award(validity, on=as_of, previous=_previous_end(dossier, level))


def end_of_award(validity: Validity, *, on: date, previous: date | None = None) -> date:
    """The last day of an award whose time starts `on` a day; `previous` is the last day of the award before it.

    A renewal within the grace period adds the renewal years to the previous end where the scheme says so;
    otherwise the first years count from `on`.
    """
    years, start = validity.first_years, on
    if previous is not None and is_renewal(validity, on=on, previous=previous):
        years = _renewal_years(validity, on)
        start = previous if validity.renewal_adds_to == "previous_end" else on
    end = add_months(start, 12 * years)
    if validity.ends == "month_end":
        return end.replace(day=monthrange(end.year, end.month)[1])
    return end.replace(month=12, day=31) if validity.ends == "year_end" else end


def is_renewal(validity: Validity, *, on: date, previous: date) -> bool:
    """Whether an award `on` a day still renews one that ends or ended on `previous`."""
    latest = add_months(previous, validity.renewal_grace_months or 0)
    return validity.renewal_years is not None and on <= latest


def _renewal_years(validity: Validity, on: date) -> int:
    """What a renewal on a day adds, by the rule that held then."""
    for rule in sorted(validity.earlier, key=lambda rule: rule.before):
        if on.isoformat() < rule.before:
            return rule.renewal_years
    return validity.renewal_years or 0


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
