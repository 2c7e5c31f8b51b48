"""The panel of a case: chosen and proposed by the secretariat, agreed or objected to by the cluster."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from clustermark.web.accounts.models import Expert, User
from clustermark.web.cases.domain.panel import (
    answer_objection,
    confirm_override,
    decline_override,
    object_to_expert,
    propose_panel,
    request_override,
)
from clustermark.web.cases.models import Override
from clustermark.web.cases.queries.panel import MOST_SHOWN, choices_for, panel_of
from clustermark.web.cases.views.page import CasePage, case_page, problems_in
from clustermark.web.site.numbers import whole_number

CHOOSING = frozenset({"admitted"})


class ReasonForm(forms.Form):
    """Reasons that the other side reads."""

    reason = forms.CharField(label=gettext_lazy("Reasons"), widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(ReasonForm):
    """The answer to an objection."""

    answer = forms.ChoiceField(
        label=gettext_lazy("The objection"),
        choices=[
            ("upheld", gettext_lazy("is right: another expert is chosen")),
            ("rejected", gettext_lazy("is not right: the expert stays")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("answer", "reason")


@login_required
def panel(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The panel as it stands; for the secretariat also who could sit, who may not, and why."""
    return _shown(request, case_page(request, reference, "panel.view", tab="panel"))


def _shown(
    request: HttpRequest, page: CasePage, *, status: int = 200, declining: int | None = None
) -> HttpResponse:
    office = page.may("panel.propose")
    rules = page.scheme.document.panel
    choosing = office and page.case.state in CHOOSING and rules is not None
    name = request.GET.get("name", "").strip()
    seats = panel_of(page.case)
    choices = choices_for(page.case, name=name) if choosing else []
    context = {
        "page": page,
        "case": page.case,
        "panel": seats,
        "office": office,
        "rules": rules,
        "choosing": choosing,
        "name": name,
        "may_sit": [one for one in choices if one.may_sit][:MOST_SHOWN],
        "may_not": [one for one in choices if not one.may_sit][:MOST_SHOWN],
        "chosen": set(request.POST.getlist("experts")),
        "typed": request.POST,
        "acts": page.acts_named("agree_panel", "reopen_panel", "open_review"),
        "may_object": page.case.state == "panel" and page.may("panel.object"),
        "may_answer": page.case.state == "panel" and page.may("panel.answer_objection"),
        "may_confirm": page.may("panel.override.confirm"),
        "declining": declining,
    }
    return render(request, "cases/panel.html", context, status=status)


@login_required
@require_POST
def propose(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Propose the experts who were ticked."""
    page = case_page(request, reference, "panel.propose", tab="panel")
    chosen = [whole_number(value) for value in request.POST.getlist("experts")]
    experts = list(User.objects.filter(pk__in=chosen, expert__isnull=False))
    reason = request.POST.get("reason", "")
    return _done(
        request,
        page,
        lambda: propose_panel(case=page.case, experts=experts, by=page.by, reason=reason),
        _("The panel was proposed to the cluster."),
    )


@login_required
@require_POST
def override(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Ask that a refusal be set aside."""
    page = case_page(request, reference, "panel.override.request", tab="panel")
    number = request.POST.get("expert", "")
    expert = get_object_or_404(Expert.objects.select_related("user"), user=whole_number(number))
    code, reason = request.POST.get("code", ""), request.POST.get("reason", "")
    return _done(
        request,
        page,
        lambda: request_override(case=page.case, expert=expert.user, code=code, by=page.by, reason=reason),
        _("The override was asked for; another person of the secretariat must confirm it."),
    )


@login_required
@require_POST
def confirm(request: HttpRequest, reference: uuid.UUID, number: int) -> HttpResponse:
    """Confirm an override that another person asked for."""
    page = case_page(request, reference, "panel.override.confirm", tab="panel")
    asked = _asked(page, number)
    return _done(
        request,
        page,
        lambda: confirm_override(override=asked, by=page.by),
        _("The override is confirmed; it stands in the log and in the report."),
    )


@login_required
@require_POST
def decline(request: HttpRequest, reference: uuid.UUID, number: int) -> HttpResponse:
    """Turn down an override that another person asked for."""
    page = case_page(request, reference, "panel.override.decline", tab="panel")
    asked = _asked(page, number)
    reason = request.POST.get("reason", "")
    return _done(
        request,
        page,
        lambda: decline_override(override=asked, by=page.by, reason=reason),
        _("The override is turned down; who asked for it is told."),
        declining=number,
    )


def _asked(page: CasePage, number: int) -> Override:
    waiting = page.case.overrides.filter(confirmed_by=None, declined_by=None)
    return get_object_or_404(waiting.select_related("expert", "case"), pk=number)


@login_required
@require_POST
def objection(request: HttpRequest, reference: uuid.UUID, number: int) -> HttpResponse:
    """The cluster objects to an expert."""
    page = case_page(request, reference, "panel.object", tab="panel")
    seat = get_object_or_404(page.case.seats.select_related("expert", "case"), pk=number)
    reason = request.POST.get("reason", "")
    return _done(
        request,
        page,
        lambda: object_to_expert(seat=seat, by=page.by, reason=reason),
        _("Your objection is with the secretariat."),
    )


@login_required
@require_POST
def answer(request: HttpRequest, reference: uuid.UUID, number: int) -> HttpResponse:
    """The secretariat answers an objection."""
    page = case_page(request, reference, "panel.answer_objection", tab="panel")
    seat = get_object_or_404(page.case.seats.select_related("expert", "case"), pk=number, objection="open")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say whether the objection is right, and why."))
        return _shown(request, page, status=422)
    upheld = form.cleaned_data["answer"] == "upheld"
    return _done(
        request,
        page,
        lambda: answer_objection(seat=seat, upheld=upheld, by=page.by, reason=form.cleaned_data["reason"]),
        _("The objection was answered."),
    )


def _done(
    request: HttpRequest,
    page: CasePage,
    verb: Callable[[], Any],
    words: str,
    *,
    declining: int | None = None,
) -> HttpResponse:
    """Do it and show the panel; where something was missing, the page again with all that was typed."""
    with problems_in(page):
        verb()
        messages.success(request, words)
        return redirect("panel", page.case.reference)
    page.case.refresh_from_db()
    return _shown(request, page, status=422, declining=declining)
