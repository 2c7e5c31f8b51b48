"""What the cluster claims of an indicator: a rating by the rubric or a corrected value, with its reason."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from clustermark.ground.exact import MAX_DIGITS
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.acting import locked, require
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.domain.rating import check_said
from clustermark.web.cases.models import Case, Claim
from clustermark.web.cases.queries.schemes import scheme_of

PLACES = 4
"""Decimals of a corrected value, as the dossier's table of ratings has them."""


def record_claim(
    *,
    case: Case,
    indicator: str,
    by: Person,
    rating: int | None = None,
    value: Decimal | None = None,
    reason: str = "",
    comment: str = "",
    version: int | None = None,
) -> Claim:
    """Save the draft of one claim. Drafts are no acts: the log says nothing of them.

    `version` is the one that was edited (0: none was there yet; None: whatever is there). Raises `Conflict` when
    another was saved since, `Refused`, and `ProblemsError` for a claim that the indicator cannot have. Saving what
    is there already makes no new version.
    """
    spec = scheme_of(case.edition).indicator(indicator)
    check_said(spec, rating=rating, value=value, follows_records=False)
    _check_value(value, indicator)
    said = {"rating": rating, "value": value, "reason": reason.strip(), "comment": comment.strip()}
    with transaction.atomic():
        current = locked(case)
        require(by, "dossier.edit", current)
        row, _new = Claim.objects.get_or_create(case=current, indicator=indicator, defaults={"version": 0})
        if all(getattr(row, name) == there for name, there in said.items()):
            return row
        if version is not None and row.version != version:
            raise Conflict(row)
        for name, there in said.items():
            setattr(row, name, there)
        row.edited_by = by.user
        row.version += 1
        row.save()
    return row


def fits(value: Decimal) -> bool:
    """Whether a corrected value can be kept with all its digits."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= PLACES and abs(value) < 10 ** (MAX_DIGITS - PLACES)


def _check_value(value: Decimal | None, indicator: str) -> None:
    if value is not None and not fits(value):
        message = _("The corrected value has at most {places} decimals.").format(places=PLACES)
        place = Place("claim", field="value")
        raise ProblemsError([Problem("value-unfit", f"{indicator}: {message}", place, found=str(value))])
