"""What people think of each other's work, after the decision; the secretariat alone reads it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clustermark.casework.policy import Subject
from clustermark.web.accounts.access import require
from clustermark.web.cases.domain.feedback import AFTER, OF_DOSSIER, OF_PANEL, give_feedback
from clustermark.web.cases.forms.feedback import OF_DOSSIER_WORDS, OF_PANEL_WORDS, FeedbackForm
from clustermark.web.cases.models import Feedback, Seat
from clustermark.web.cases.views.page import CasePage, case_page, problems_in


@login_required
def feedback(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The forms that are mine to fill in: the cluster on each expert, an expert on the dossier."""
    return _show(request, case_page(request, reference, "feedback.give", tab="feedback"))


@login_required
@require_POST
def give(request: HttpRequest, reference: uuid.UUID, pk: int) -> HttpResponse:
    """Send one of them."""
    page = case_page(request, reference, "feedback.give", tab="feedback")
    seat = get_object_or_404(Seat, pk=pk, case=page.case, state=Seat.State.SEATED)
    form = _form(page, seat, request.POST)
    if form.is_valid():
        with problems_in(page, form):
            give_feedback(seat=seat, by=page.by, marks=form.marks(), text=form.cleaned_data["text"])
            messages.success(request, _("Thank you. The secretariat alone reads it."))
            return redirect("feedback", page.case.reference)
    return _show(request, page, typed={pk: form})


def _form(page: CasePage, seat: Seat, data: Any = None) -> FeedbackForm:
    own = seat.expert_id == page.by.user.pk
    points, words = (OF_DOSSIER, OF_DOSSIER_WORDS) if own else (OF_PANEL, OF_PANEL_WORDS)
    return FeedbackForm(points, words, data, prefix=f"seat-{seat.pk}")


def _show(
    request: HttpRequest, page: CasePage, *, typed: dict[int, FeedbackForm] | None = None
) -> HttpResponse:
    seats = page.case.seats.filter(state=Seat.State.SEATED).select_related("expert")
    if not page.may("feedback.rate_expert"):
        seats = seats.filter(expert=page.by.user)
    given = set(
        page.case.feedback.filter(from_cluster=page.may("feedback.rate_expert")).values_list(
            "seat_id", flat=True
        )
    )
    context = {
        "page": page,
        "case": page.case,
        "open": page.case.state in AFTER,
        "seats": [
            {
                "seat": seat,
                "own": seat.expert_id == page.by.user.pk,
                "given": seat.pk in given,
                "form": (typed or {}).get(seat.pk) or _form(page, seat),
            }
            for seat in seats
        ],
    }
    return render(request, "cases/feedback.html", context, status=422 if typed else 200)


@login_required
def all_feedback(request: HttpRequest) -> HttpResponse:
    """Everything that was said, for the secretariat, with the means of each expert."""
    require(request, "feedback.view", Subject(kind="office"))
    rows = Feedback.objects.select_related("case__cluster", "seat__expert").order_by("-given_at", "-pk")
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    words = {True: OF_PANEL_WORDS, False: OF_DOSSIER_WORDS}
    shown = [
        {
            "row": row,
            "marks": [(words[row.from_cluster][name], mark) for name, mark in row.marks.items()],
        }
        for row in page
    ]
    return render(request, "cases/all_feedback.html", {"page": page, "shown": shown})
