"""The secretariat's pages: what is due, issuing, the acts of a life, the yearly draw."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from clustermark.casework.policy import Subject
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import gettext as words
from clustermark.register.feeds import ACT_WORDS
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.views.page import by_of, case_page
from clustermark.web.register.domain import living
from clustermark.web.register.domain.acting import require, subject_of_award
from clustermark.web.register.domain.drawing import draw_holders, drawn
from clustermark.web.register.domain.issuing import issue_certificate, missing_for_issue
from clustermark.web.register.forms.office import ActForm, DrawForm, IssueForm
from clustermark.web.register.models import Award
from clustermark.web.register.queries.certificates import CertificatePage
from clustermark.web.register.queries.possible import OFFICE_ACTS, possible_acts
from clustermark.web.register.queries.watched import decided_without_certificate, watched

ON_A_PAGE, TO_ISSUE = 50, 25
MOST = 200
"""Certificates that end, shown at once."""
VERBS: dict[str, Any] = {
    "extend": living.extend_award,
    "suspend": living.suspend_award,
    "reinstate": living.reinstate_award,
    "renew": living.renew_award,
    "surveillance_due": living.note_surveillance_due,
    "surveillance_done": living.note_surveillance_done,
    "withdraw": living.withdraw_award,
    "void": living.void_award,
}
"""Act → its verb."""


def office_person(request: HttpRequest, action: str) -> Person:
    """Who asks, if they may do `action`; `Refused` becomes the page that says why not."""
    by = by_of(request)
    require(by, action, Subject(kind="register"))
    return by


@contextmanager
def problems_on(form: Form) -> Iterator[None]:
    """Put the problems of a verb onto the fields that they name, the rest onto the form."""
    try:
        yield
    except ProblemsError as error:
        for problem in error.problems:
            name = problem.place.field
            text = f"{problem.message} {problem.allowed or ''}".strip()
            form.add_error(name if name in form.fields else None, text)


@login_required
def office(request: HttpRequest) -> HttpResponse:
    """What there is to issue, to look at, and to decide."""
    office_person(request, "register.surveillance")
    seen = watched()
    due = [one for one in seen if one.looks or one.reviews or one.overdue]
    context = {
        "page": Paginator(due, ON_A_PAGE).get_page(request.GET.get("page")),
        "ending": sorted((one.ending for one in seen if one.ending), key=lambda one: one.until)[:MOST],
        "to_issue": Paginator(decided_without_certificate(), TO_ISSUE).get_page(request.GET.get("issue")),
        "today": today(),
    }
    return render(request, "register/office/office.html", context)


@login_required
def issue(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Issue the certificate of a decided case; what is missing is said before the button."""
    page = case_page(request, reference, "certificate.issue")
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            award = issue_certificate(case=page.case, by=page.by, **form.cleaned_data)
            messages.success(request, _("The certificate %(number)s was issued.") % {"number": award.number})
            return redirect("office-certificate", award.number)
    context = {
        "case": page.case,
        "form": form,
        "missing": missing_for_issue(page.case),
        "anyway": not missing_for_issue(page.case, immediately=True),
        "award": Award.objects.filter(case=page.case).first(),
    }
    return render(request, "register/office/issue.html", context, status=422 if form.errors else 200)


def _award(request: HttpRequest, number: str) -> tuple[Award, Person]:
    award = get_object_or_404(Award.objects.select_related("cluster", "case"), number=number)
    by = by_of(request)
    require(by, "certificate.manage", subject_of_award(award))
    return award, by


@login_required
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """One certificate: its whole life with reasons, and what can be done to it today."""
    award, _by = _award(request, number)
    shown = CertificatePage(award, today())
    context = {"award": award, "shown": shown, "possible": possible_acts(award), "acts": shown.acts[::-1]}
    return render(request, "register/office/certificate.html", context)


@login_required
def act(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """One act: why it is not possible, or a form that does it."""
    if kind not in VERBS:
        raise Http404
    award, by = _award(request, number)
    chosen = next(one for one in possible_acts(award) if one.kind == kind)
    form = ActForm(OFFICE_ACTS[OFFICE_ACTS.index(chosen.kind)], request.POST or None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            VERBS[kind](award=award, by=by, **form.cleaned_data)
            done = _("Done: %(act)s.") % {"act": words(ACT_WORDS[chosen.kind])}
            messages.success(request, done)
            return redirect("office-certificate", number)
    context = {"award": award, "chosen": chosen, "form": form}
    return render(request, "register/office/act.html", context, status=422 if form.errors else 200)


@login_required
def draw(request: HttpRequest) -> HttpResponse:
    """The yearly draw: shown first, noted when the secretariat says so."""
    by = office_person(request, "register.surveillance")
    form = DrawForm(request.POST or None, initial={"year": today().year})
    chosen: list[Award] | None = None
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            if "note" in request.POST:
                noted = draw_holders(by=by, **form.cleaned_data)
                messages.success(request, _("Holders drawn: %(n)s.") % {"n": len(noted)})
                return redirect("office-register")
            chosen = drawn(**form.cleaned_data)
    context = {"form": form, "chosen": chosen}
    return render(request, "register/office/draw.html", context, status=422 if form.errors else 200)
