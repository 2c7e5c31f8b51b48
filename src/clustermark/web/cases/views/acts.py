"""Acts that need no more than a reason: one page says what will happen and what is missing, and does it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clustermark.casework.definition import Act, life
from clustermark.ground.texts import local
from clustermark.web.cases.domain import (
    admission,
    consensus,
    deciding,
    panel,
    rating,
    reporting,
    review,
    submitting,
    visiting,
)
from clustermark.web.cases.queries.facts import missing_for_act
from clustermark.web.cases.views.page import case_page, problems_in

VERBS: dict[str, Callable[..., Any]] = {
    "submit": submitting.submit_dossier,
    "withdraw": submitting.withdraw_case,
    "admit": admission.admit_case,
    "return": admission.return_case,
    "agree_panel": panel.agree_panel,
    "reopen_panel": panel.reopen_panel,
    "open_review": panel.confirm_panel,
    "finish_review": review.finish_review,
    "finish_visit": visiting.finish_visit,
    "submit_ratings": rating.submit_ratings,
    "agree_consensus": consensus.agree_consensus,
    "send_report": reporting.send_report,
    "finish_hearing": reporting.finish_hearing,
    "recommend": reporting.recommend,
    "resume": deciding.resume_decision,
    "appeal": deciding.appeal,
    "close": deciding.close_case,
}
"""Act → its verb. Acts that want more than a reason (a panel, a decision) have pages of their own."""


class ReasonForm(forms.Form):
    """The reason of an act, where it takes one."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, act: Act, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if act.reason == "none":
            del self.fields["reason"]
        elif act.reason == "optional":
            self.fields["reason"].required = False


@login_required
def do_act(request: HttpRequest, reference: uuid.UUID, name: str) -> HttpResponse:
    """Show what an act will do and what is missing for it; with POST, do it."""
    if name not in VERBS:
        raise Http404
    act = life().act(name)
    page = case_page(request, reference, act.permission or "", tab="overview")
    form = ReasonForm(act, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with problems_in(page, form):
            VERBS[name](case=page.case, by=page.by, **form.cleaned_data)
            done = _("Done: {act}.").format(act=local(act.title))
            messages.success(request, done)
            return redirect("case", page.case.reference)
    context = {
        "page": page,
        "case": page.case,
        "act": act,
        "title": local(act.title),
        "next_state": life().state(act.to) if act.to else None,
        "missing": missing_for_act(page.case, act, by=page.by) if page.case.state in act.from_ else [],
        "possible": page.case.state in act.from_,
        "form": form,
    }
    return render(request, "cases/act.html", context, status=422 if form.errors else 200)
