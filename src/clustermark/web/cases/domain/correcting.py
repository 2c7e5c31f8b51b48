"""Conditions and findings: corrected by the cluster with evidence, closed by an expert."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from clustermark.casework.policy import Denied
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.acting import Refused, locked, note, require
from clustermark.web.cases.domain.noticing import tell
from clustermark.web.cases.models import Case, Item


def correct_item(*, item: Item, by: Person, correction: str, evidence: Sequence[str] = ()) -> None:
    """The cluster says what was done, and which evidence (ids) shows it."""
    if not correction.strip():
        place = Place(f"item:{item.pk}", field="correction")
        raise ProblemsError([Problem("text-missing", _("Write a text."), place)])
    with transaction.atomic():
        case = locked(item.case)
        require(by, "item.correct", case)
        _still_open(item)
        _known(case, evidence)
        item.correction, item.evidence = correction, list(evidence)
        item.corrected_by, item.corrected_at = by.user, timezone.now()
        item.save()
        note(case=case, act="correct_item", by=by, role="cluster", reason=correction, facts={"item": item.pk})
        tell(case=case, name="item_corrected", actor=by.user)


def close_item(*, item: Item, by: Person, closing_note: str = "") -> None:
    """An expert closes the item: the correction is shown."""
    with transaction.atomic():
        case = locked(item.case)
        require(by, "item.close", case)
        _still_open(item)
        if item.corrected_at is None:
            raise Refused(Denied("not-corrected", _("The cluster has not yet said what was done.")))
        item.closed_by, item.closed_at, item.closing_note = by.user, timezone.now(), closing_note
        item.save()
        note(case=case, act="close_item", by=by, role="expert", reason=closing_note, facts={"item": item.pk})


def _known(case: Case, evidence: Sequence[str]) -> None:
    there = set(case.evidence.values_list("evidence_id", flat=True))
    unknown = [name for name in evidence if name not in there]
    if unknown:
        place = Place(case.subject, field="evidence")
        message = _("The case has no such evidence.")
        raise ProblemsError([Problem("evidence-unknown", message, place, found=", ".join(unknown))])


def _still_open(item: Item) -> None:
    item.refresh_from_db()
    if item.closed_at is not None:
        raise Refused(Denied("closed", _("This is closed.")))
