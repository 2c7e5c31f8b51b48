"""Conditions and findings: corrected by the cluster with evidence, closed by an expert."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clustermark.web.accounts.people import today
from clustermark.web.cases.domain.correcting import close_item, correct_item
from clustermark.web.cases.forms.deciding import CloseForm, CorrectForm
from clustermark.web.cases.models import Item
from clustermark.web.cases.views.page import CasePage, case_page, problems_in

UNSENT = frozenset({"reporting"})
"""While the report is being written its findings are the panel's own."""


@login_required
def items(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Every condition and finding with where it stands."""
    return _show(request, case_page(request, reference, "item.view", tab="items"))


@login_required
@require_POST
def correct(request: HttpRequest, reference: uuid.UUID, pk: int) -> HttpResponse:
    """The cluster says what was done."""
    page = case_page(request, reference, "item.correct", tab="items")
    item = get_object_or_404(_seen(page), pk=pk)
    form = CorrectForm(list(page.case.evidence.all()), request.POST, prefix=f"item-{pk}")
    if form.is_valid():
        with problems_in(page, form):
            correct_item(item=item, by=page.by, **form.cleaned_data)
            messages.success(request, _("The experts were told what was done."))
            return redirect("items", page.case.reference)
    return _show(request, page, typed={pk: form})


@login_required
@require_POST
def close(request: HttpRequest, reference: uuid.UUID, pk: int) -> HttpResponse:
    """An expert closes it."""
    page = case_page(request, reference, "item.close", tab="items")
    item = get_object_or_404(_seen(page), pk=pk)
    form = CloseForm(request.POST, prefix=f"item-{pk}")
    if form.is_valid():
        with problems_in(page, form):
            close_item(item=item, by=page.by, **form.cleaned_data)
            messages.success(request, _("It was closed."))
            return redirect("items", page.case.reference)
    return _show(request, page, typed={pk: form})


def _seen(page: CasePage):  # type: ignore[no-untyped-def] # a queryset of items
    rows = Item.objects.filter(case=page.case).select_related("stated_by", "corrected_by", "closed_by")
    return rows if page.may("report.view") else rows.exclude(kind=Item.Kind.FINDING)


def _show(request: HttpRequest, page: CasePage, *, typed: dict[int, Form] | None = None) -> HttpResponse:
    rows = list(_seen(page))
    evidence = list(page.case.evidence.all())
    names = {one.evidence_id: one.title for one in evidence}
    corrects, closes = page.may("item.correct"), page.may("item.close")

    def form_of(item: Item) -> Form | None:
        if typed and item.pk in typed:
            return typed[item.pk]
        if item.closed_at is not None:
            return None
        if corrects:
            initial = {"correction": item.correction, "evidence": item.evidence}
            return CorrectForm(evidence, prefix=f"item-{item.pk}", initial=initial)
        return CloseForm(prefix=f"item-{item.pk}") if closes and item.corrected_at is not None else None

    context = {
        "page": page,
        "case": page.case,
        "items": [
            {
                "item": one,
                "form": form_of(one),
                "late": one.closed_at is None and one.due_on is not None and one.due_on < today(),
                "evidence": [f"{code} {names.get(code, '')}" for code in one.evidence],
            }
            for one in rows
        ],
        "corrects": corrects,
    }
    return render(request, "cases/items.html", context, status=422 if typed or page.problems else 200)
