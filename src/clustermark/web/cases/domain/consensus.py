"""The consensus: written by the panel together, agreed by each, sealed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from clustermark.casework.policy import Denied
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.acting import Refused, acting, locked, require
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.domain.rating import check_said, same_said
from clustermark.web.cases.domain.sealing import seal
from clustermark.web.cases.models import Case, Consensus, Seat
from clustermark.web.cases.queries.facts import consensus_digest
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.queries.scorecards import consensus_content


def record_consensus(
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
) -> Consensus:
    """Save the consensus on one indicator; raises `Conflict` when the other expert saved since."""
    spec = scheme_of(case.edition).indicator(indicator)
    check_said(spec, rating=rating, value=value, follows_records=follows_records)
    with transaction.atomic():
        current = locked(case)
        require(by, "consensus.edit", current)
        row, _new = Consensus.objects.get_or_create(
            case=current, indicator=indicator, defaults={"version": 0}
        )
        if version is not None and row.version != version:
            if same_said(row, (rating, value, follows_records, reason, recommendation, list(evidence))):
                return row
            raise Conflict(row)
        row.rating, row.value, row.follows_records = rating, value, follows_records
        row.reason, row.recommendation, row.evidence = reason, recommendation, list(evidence)
        row.edited_by = by.user
        row.version += 1
        row.save()
    return row


def agree_consensus(*, case: Case, by: Person) -> None:
    """Agree to the consensus as it stands; when every expert has, it is sealed. Any later edit undoes an agreement."""
    with transaction.atomic():
        with acting(case=case, act="agree_consensus", by=by) as doing:
            agreed = consensus_digest(list(doing.case.consensus.all()))
            seat = Seat.objects.get(case=doing.case, expert=by.user, state=Seat.State.SEATED)
            if seat.agreed_digest == agreed:
                raise Refused(Denied("agreed", _("You have agreed to this consensus already.")))
            seat.agreed_digest = agreed
            seat.save(update_fields=["agreed_digest"])
            doing.after = agreed
        if not case.seats.filter(state=Seat.State.SEATED).exclude(agreed_digest=agreed).exists():
            seal_consensus(case=case)


def seal_consensus(*, case: Case) -> None:
    """Seal the consensus with the dossier and both originals, and go on to the report."""
    with acting(case=case, act="seal_consensus", by=None) as doing:
        content = {
            "format": "clustermark-sealed-consensus/1",
            "case": doing.case.number,
            "scheme": doing.case.edition.digest,
            "follows_records": sorted(
                doing.case.consensus.filter(follows_records=True).values_list("indicator", flat=True)
            ),
            "dossier": consensus_content(doing.case),
        }
        doing.after = seal(case=doing.case, kind="consensus", content=content, by=None).digest
