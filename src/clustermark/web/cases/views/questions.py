"""Clarification: questions of the experts and answers of the cluster, indicator by indicator."""

from __future__ import annotations

import uuid
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clustermark.ground.texts import local
from clustermark.web.cases.domain.review import OPEN_IN, answer_question, ask_question, close_question
from clustermark.web.cases.forms.questions import AnswerForm, QuestionForm
from clustermark.web.cases.models import Clarification
from clustermark.web.cases.queries.questions import visible_questions
from clustermark.web.cases.views.page import CasePage, case_page, problems_in


@login_required
def questions(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """All questions that the one who asks may know of, by indicator; `?state=` leaves one state."""
    page = case_page(request, reference, "clarification.view", tab="questions")
    found = list(visible_questions(page.case, page.by))
    state = request.GET.get("state", "")
    titles = {one.code: local(one.title) for one in page.scheme.document.indicators}
    order = {code: place for place, code in enumerate(titles)}
    shown = sorted(
        (one for one in found if state in ("", one.state)),
        key=lambda one: (order.get(one.indicator, len(order)), one.pk),
    )
    groups = [
        (code, titles.get(code, ""), list(asked)) for code, asked in groupby(shown, lambda one: one.indicator)
    ]
    counts = [
        (value, label, sum(one.state == value for one in found))
        for value, label in Clarification.State.choices
    ]
    context = {
        "page": page,
        "case": page.case,
        "groups": groups,
        "counts": counts,
        "all": len(found),
        "chosen": state,
        "on_panel": page.may("rating.view_own"),
    }
    return render(request, "cases/questions.html", context)


@login_required
@require_POST
def ask(request: HttpRequest, reference: uuid.UUID, code: str) -> HttpResponse:
    """Ask the cluster about one indicator; with problems the question is shown again as it was typed."""
    page = case_page(request, reference, "clarification.ask", tab="questions")
    if code not in {one.code for one in page.scheme.document.indicators}:
        raise Http404
    form = QuestionForm(request.POST)
    if form.is_valid():
        with problems_in(page, form):
            ask_question(case=page.case, indicator=code, question=form.cleaned_data["question"], by=page.by)
            messages.success(request, _("The cluster is asked."))
            return redirect("work-indicator", page.case.reference, code)
    context = {"page": page, "case": page.case, "code": code, "form": form}
    return render(request, "cases/question_ask.html", context, status=422)


@login_required
def question(request: HttpRequest, reference: uuid.UUID, expert: uuid.UUID, number: int) -> HttpResponse:
    """One question: its thread, the cluster's answer, closure by the expert who asked."""
    page = case_page(request, reference, "clarification.view", tab="questions")
    asked = (
        visible_questions(page.case, page.by).filter(seat__expert__reference=expert, number=number).first()
    )
    if asked is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": asked.answer})
    if request.method == "POST" and _done(request, page, asked, form):
        return redirect("question", page.case.reference, expert, number)
    context = {
        "page": page,
        "case": page.case,
        "asked": asked,
        "title": local(page.scheme.indicator(asked.indicator).title),
        "form": form,
        "on_panel": page.may("rating.view_own"),
        **_possible(page, asked),
    }
    return render(request, "cases/question.html", context, status=422 if form.errors else 200)


def _possible(page: CasePage, asked: Clarification) -> dict[str, Any]:
    running = page.case.state in OPEN_IN and asked.state != Clarification.State.CLOSED
    mine = asked.seat.expert_id == page.by.user.pk
    return {
        "may_answer": running and page.may("clarification.answer"),
        "may_close": running and mine and page.may("clarification.close"),
    }


def _done(request: HttpRequest, page: CasePage, asked: Clarification, form: AnswerForm) -> bool:
    """Whether the answer or closure that was asked for happened."""
    if request.POST.get("act") == "close":
        close_question(asked=asked, by=page.by)
        messages.success(request, _("The question is closed."))
        return True
    if form.is_valid():
        with problems_in(page, form):
            answer_question(asked=asked, answer=form.cleaned_data["answer"], by=page.by)
            messages.success(request, _("Your answer is with the expert."))
            return True
    return False
