"""The quote or invoice data of a case's fee as PDF in the house style."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clustermark.ground.texts import current_language, date_text, local, number
from clustermark.reports.pdf import typeset
from clustermark.web.cases.models import Case, Fee


def fee_pdf(case: Case, fee: Fee, *, provenance: str) -> bytes:
    """The quote, or the invoice data once there is an invoice; `provenance` says how far the price is official."""
    facts = [
        (_("Case"), str(case)),
        (_("Cluster"), case.cluster.name),
        (_("Scheme"), f"{local(case.edition.title)} {case.edition.version}"),
        (_("Quoted on"), date_text(fee.quoted_on)),
    ]
    if fee.invoiced_on:
        facts += [
            (_("Invoice number"), fee.invoice_number),
            (_("Invoiced on"), date_text(fee.invoiced_on)),
            (_("Invoice to"), fee.invoice_to),
        ]
    if fee.paid_on:
        facts.append((_("Paid on"), date_text(fee.paid_on)))
    data = {
        "kind": _("Invoice data") if fee.invoiced_on else _("Quote"),
        "title": case.cluster.name,
        "author": "Clustermark",
        "language": current_language(),
        "facts": [{"label": label, "text": text} for label, text in facts],
        "sections": [
            {
                "title": _("Amount"),
                "header": [_("For"), _("Amount")],
                "rows": [[local(fee.title), f"{number(fee.amount)} {fee.currency}"]],
            }
        ],
        "foot": provenance,
        "example_legend": "",
        "words": {"page_of": _("Page {page} of {pages}")},
    }
    return typeset("paper.typ", data, day=fee.invoiced_on or fee.quoted_on)
