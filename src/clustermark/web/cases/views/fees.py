"""The fee of a case: price list, quote, invoice data, paid or open; and the open fees of all cases."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clustermark.web.cases.domain.charging import invoice_fee, mark_paid, quote_fee
from clustermark.web.cases.models import Fee
from clustermark.web.cases.papers.invoice import fee_pdf
from clustermark.web.cases.queries.fees import open_fees, prices_for
from clustermark.web.cases.views.office import PAGE, for_office
from clustermark.web.cases.views.page import CasePage, case_page, problems_in


class InvoiceForm(forms.Form):
    """What the invoice bears; the invoice itself is written in the office's own books."""

    number = forms.CharField(label=gettext_lazy("Invoice number"), max_length=40)
    invoice_to = forms.CharField(
        label=gettext_lazy("Invoice to"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )


@login_required
def fee(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The fee of a case and what can be done with it."""
    page = case_page(request, reference, "case.fee.view", tab="fee")
    form = InvoiceForm(initial={"invoice_to": page.case.cluster.name})
    if request.method == "POST":
        page.require("case.fee")
        act = request.POST.get("act")
        if act == "invoice":
            form = InvoiceForm(request.POST)
        if (act != "invoice" or form.is_valid()) and _done(request, page, form):
            return redirect("fee", page.case.reference)
    known = Fee.objects.filter(case=page.case).first()
    context = {
        "page": page,
        "case": page.case,
        "fee": known,
        "prices": prices_for(page.case),
        "may_charge": page.may("case.fee"),
        "form": form,
    }
    return render(request, "cases/fee.html", context, status=422 if request.method == "POST" else 200)


def _done(request: HttpRequest, page: CasePage, form: InvoiceForm) -> bool:
    """Do the act that was asked for; whether it happened."""
    act: str = request.POST.get("act", "")
    verbs: dict[str, tuple[Any, dict[str, Any], str]] = {
        "quote": (quote_fee, {"item": request.POST.get("item", "")}, _("The fee was quoted to the cluster.")),
        "invoice": (invoice_fee, getattr(form, "cleaned_data", {}), _("The invoice was written down.")),
        "paid": (mark_paid, {}, _("The fee is paid.")),
    }
    if act not in verbs:
        raise Http404
    verb, values, words = verbs[act]
    with problems_in(page, form if act == "invoice" else None):
        verb(case=page.case, by=page.by, **values)
        messages.success(request, words)
        return True
    return False


@login_required
def fee_file(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The quote or the invoice data as PDF, in the reader's language."""
    page = case_page(request, reference, "case.fee.view", tab="fee")
    known = Fee.objects.filter(case=page.case).first()
    if known is None:
        raise Http404
    said = {price.line.item: price.provenance for price in prices_for(page.case)}
    content = fee_pdf(page.case, known, provenance=said.get(known.item, ""))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="fee-{page.case.number}.pdf"'
    return response


@login_required
def fees(request: HttpRequest) -> HttpResponse:
    """The fees that are not paid yet."""
    for_office(request)
    page = Paginator(open_fees(), PAGE).get_page(request.GET.get("page"))
    return render(request, "cases/office/fees.html", {"page": page})
