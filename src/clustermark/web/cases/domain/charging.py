"""The fee: quoted from the price list of the scheme, invoiced, paid. No payment provider."""

from __future__ import annotations

from django.db import transaction

from clustermark.casework.policy import Denied
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.domain.acting import Refused, locked, note, require
from clustermark.web.cases.domain.noticing import tell
from clustermark.web.cases.models import Case, Fee
from clustermark.web.cases.queries.schemes import scheme_of


def quote_fee(*, case: Case, item: str, by: Person) -> Fee:
    """Quote a line of the scheme's price list; a new quote replaces one that was not invoiced."""
    lines = {fee.item: fee for fee in scheme_of(case.edition).document.fees}
    if item not in lines:
        place = Place(case.subject, field="fee")
        allowed = ", ".join(lines) or None
        message = _("The price list has no such line.")
        raise ProblemsError([Problem("fee-unknown", message, place, found=item, allowed=allowed)])
    line = lines[item]
    with transaction.atomic():
        current = locked(case)
        require(by, "case.fee", current)
        if Fee.objects.filter(case=current).exclude(invoiced_on=None).exists():
            raise Refused(Denied("invoiced", _("The fee was invoiced already.")))
        fee, _new = Fee.objects.update_or_create(
            case=current,
            defaults={
                "item": line.item,
                "title": line.title,
                "amount": line.amount,
                "currency": line.currency,
                "quoted_on": today(),
            },
        )
        facts = {"item": item, "amount": str(line.amount), "currency": line.currency}
        note(case=current, act="quote_fee", by=by, role="secretariat", facts=facts)
        tell(case=current, name="fee_quoted", actor=by.user, facts=facts)
    return fee


def invoice_fee(*, case: Case, by: Person, number: str, invoice_to: str) -> None:
    """Write down the invoice: its number and to whom."""
    if not number.strip() or not invoice_to.strip():
        place = Place(case.subject, field="invoice")
        raise ProblemsError([Problem("invoice-data", _("An invoice needs a number and an address."), place)])
    with transaction.atomic():
        current = locked(case)
        require(by, "case.fee", current)
        fee = _quoted(current)
        fee.invoice_number, fee.invoice_to, fee.invoiced_on = number, invoice_to, today()
        fee.save()
        note(case=current, act="invoice_fee", by=by, role="secretariat", facts={"invoice": number})


def mark_paid(*, case: Case, by: Person) -> None:
    """The fee was paid."""
    with transaction.atomic():
        current = locked(case)
        require(by, "case.fee", current)
        fee = _quoted(current)
        fee.paid_on = today()
        fee.save(update_fields=["paid_on"])
        note(case=current, act="mark_paid", by=by, role="secretariat")


def _quoted(case: Case) -> Fee:
    fee = Fee.objects.filter(case=case).first()
    if fee is None:
        raise Refused(Denied("not-quoted", _("No fee was quoted yet.")))
    return fee
