"""The cluster's own acts on its application: submit, withdraw."""

from __future__ import annotations

from django.db.models.functions import Length
from django.utils import timezone

from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.domain.acting import acting
from clustermark.web.cases.domain.sealing import seal
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.dossiers import dossier_of, working_content
from clustermark.web.database import hold


def submit_dossier(*, case: Case, by: Person, reason: str = "") -> None:
    """Seal the dossier and hand it in; a second time, after a return, as its next version."""
    with acting(case=case, act="submit", by=by, reason=reason) as doing:
        current = doing.case
        content = working_content(current)
        dossier, _problems = dossier_of(content, name=str(current), frozen_on=today())
        current.submitted_at = timezone.now()
        current.number = current.number or next_number()
        record = seal(
            case=current,
            kind="dossier",
            content={
                "format": "clustermark-sealed-dossier/1",
                "case": current.number,
                "scheme": current.edition.digest,
                "dossier_digest": dossier.digest if dossier else None,
                "dossier": content,
            },
            by=by.user,
            reason=reason,
        )
        doing.after = record.digest
        doing.facts = {"number": current.number, "version": record.version}


def next_number() -> str:
    """The next number of a case: year and serial, such as 2026-0001. Inside the transaction that uses it."""
    year = today().year
    hold("case-number")
    # by length first: 2026-10000 comes after 2026-9999
    last = Case.objects.filter(number__startswith=f"{year}-").order_by(Length("number"), "number").last()
    serial = int(str(last.number).partition("-")[2]) + 1 if last else 1
    return f"{year}-{serial:04}"


def withdraw_case(*, case: Case, by: Person, reason: str) -> None:
    """Take the application back; it ends the case."""
    with acting(case=case, act="withdraw", by=by, reason=reason):
        pass
