"""An expert's own ratings: drafts that nobody else sees, then sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.schemes.document import Indicator
from clustermark.web.accounts.models import User
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.domain.acting import acting, locked, require
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.domain.sealing import seal
from clustermark.web.cases.models import Case, Consensus, Rating, Seat
from clustermark.web.cases.models.assessment import Said
from clustermark.web.cases.queries.dossiers import RATING_COLUMNS, said_row
from clustermark.web.cases.queries.schemes import scheme_of


def record_rating(
    *,
    case: Case,
    indicator: str,
    by: Person,
    rating: int | None = None,
    value: Decimal | None = None,
    follows_records: bool = False,
    reason: str = "",
    recommendation: str = "",
    evidence: Sequence[str] = (),
    version: int | None = None,
) -> Rating:
    """Save the draft of one rating. Drafts are no acts: the log says nothing of them.

    `version` is the one that was edited (None: whatever is there); raises `Conflict` when another was saved since
    that says something else, `Refused`, and `ProblemsError` for a rating that the indicator cannot have.
    """
    spec = scheme_of(case.edition).indicator(indicator)
    check_said(spec, rating=rating, value=value, follows_records=follows_records)
    with transaction.atomic():
        current = locked(case)
        require(by, "rating.edit", current)
        seat = Seat.objects.get(case=current, expert=by.user, state=Seat.State.SEATED)
        row, _new = Rating.objects.get_or_create(seat=seat, indicator=indicator, defaults={"version": 0})
        if version is not None and row.version != version:
            if same_said(row, (rating, value, follows_records, reason, recommendation, list(evidence))):
                return row
            raise Conflict(row)
        row.rating, row.value, row.follows_records = rating, value, follows_records
        row.reason, row.recommendation, row.evidence = reason, recommendation, list(evidence)
        row.rated_on = today() if row.given else None
        row.version += 1
        row.save()
    return row


def same_said(row: Said, said: tuple[object, ...]) -> bool:
    """Whether `row` already says this: a draft that saved itself and the same form sent by hand do not conflict."""
    return said == (
        row.rating,
        row.value,
        row.follows_records,
        row.reason,
        row.recommendation,
        list(row.evidence),
    )


def check_said(spec: Indicator, *, rating: int | None, value: Decimal | None, follows_records: bool) -> None:
    """Raise `ProblemsError` when an indicator with this scale cannot be answered like this."""
    problems = []
    place = Place("rating", field=spec.code)
    if spec.scale == "rubric" and (value is not None or follows_records):
        problems.append(
            Problem("rating-kind", _("This indicator is rated by its rubric."), place, allowed="0–5")
        )
    if spec.scale != "rubric" and rating is not None:
        message = _("This indicator is measured: follow the records, or correct the value.")
        problems.append(Problem("rating-kind", message, place))
    if rating is not None and spec.rubric is not None and not 0 <= rating < len(spec.rubric):
        allowed = f"0–{len(spec.rubric) - 1}"
        problems.append(
            Problem("rating-range", _("There is no such step."), place, found=str(rating), allowed=allowed)
        )
    if value is not None and follows_records:
        message = _("Either the records are followed or the value is corrected.")
        problems.append(Problem("rating-both", message, place))
    if problems:
        raise ProblemsError(problems)


def submit_ratings(*, case: Case, by: Person) -> None:
    """Seal the expert's ratings; when all have submitted, the consensus opens in the same transaction."""
    with transaction.atomic():
        with acting(case=case, act="submit_ratings", by=by) as doing:
            seat = Seat.objects.get(case=doing.case, expert=by.user, state=Seat.State.SEATED)
            now = timezone.now()
            record = seal(
                case=doing.case,
                kind="ratings",
                content=_ratings_content(doing.case, seat, by.user, now.date()),
                by=by.user,
                seat=seat,
            )
            doing.after = record.digest
            seat.submitted_at = now
            seat.save(update_fields=["submitted_at"])
        if not case.seats.filter(state=Seat.State.SEATED, submitted_at=None).exists():
            open_consensus(case=case)


def _ratings_content(case: Case, seat: Seat, expert: User, rated_on: date) -> dict[str, object]:
    return {
        "format": "clustermark-sealed-ratings/1",
        "case": case.number,
        "scheme": case.edition.digest,
        "expert": str(expert.reference),
        "columns": [*RATING_COLUMNS, "follows_records"],
        "ratings": [
            [*said_row(one, view="expert", rater=expert.name, rated_on=rated_on), one.follows_records]
            for one in seat.ratings.all()
        ],
    }


def open_consensus(*, case: Case) -> None:
    """Open the consensus; where the experts agree it is filled in."""
    with acting(case=case, act="open_consensus", by=None) as doing:
        seats = list(doing.case.seats.filter(state=Seat.State.SEATED).prefetch_related("ratings"))
        ratings: dict[str, list[Rating]] = {}
        for seat in seats:
            for one in seat.ratings.all():
                ratings.setdefault(one.indicator, []).append(one)
        Consensus.objects.bulk_create(
            _agreed(doing.case, code, found)
            for code, found in ratings.items()
            if len(found) == len(seats)
            and len({(one.rating, one.value, one.follows_records) for one in found}) == 1
        )


def _agreed(case: Case, code: str, found: Sequence[Rating]) -> Consensus:
    first = found[0]
    return Consensus(
        case=case,
        indicator=code,
        rating=first.rating,
        value=first.value,
        follows_records=first.follows_records,
        reason=first.reason,
        recommendation="\n".join(dict.fromkeys(one.recommendation for one in found if one.recommendation)),
        evidence=sorted({name for one in found for name in one.evidence}),
    )
