"""Experts for the secretariat: a list with what ends soon, and a page each with what can be changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from clustermark.ground.problems import ProblemsError
from clustermark.web.accounts.domain.experts import (
    accredit,
    add_tie,
    end_accreditation,
    end_tie,
    keep_profile,
)
from clustermark.web.accounts.forms.people import add_problems
from clustermark.web.accounts.models import Accreditation, Tie, User
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.forms.experts import AccreditForm, EndTieForm, ProfileForm, TieForm
from clustermark.web.cases.queries.expert_pages import (
    ending_accreditations,
    experts_of_office,
    held_by,
    loads_of,
    record_of,
)
from clustermark.web.cases.views.office import PAGE, for_office
from clustermark.web.site.numbers import whole_number


@login_required
def experts(request: HttpRequest) -> HttpResponse:
    """Every expert with languages, sectors, load and accreditations."""
    for_office(request, "expert.manage")
    name, ending = request.GET.get("name", "").strip(), request.GET.get("ending") == "1"
    page = Paginator(experts_of_office(name=name, ending=ending), PAGE).get_page(request.GET.get("page"))
    rows, loads = [], loads_of(page.object_list)
    for user in page.object_list:
        profile = getattr(user, "expert", None)
        held = held_by(list(profile.accreditations.all())) if profile else []
        rows.append((user, profile, loads.get(user.pk, 0), held))
    context = {
        "page": page,
        "rows": rows,
        "name": name,
        "ending": ending,
        "ends_soon": ending_accreditations().count(),
    }
    return render(request, "cases/office/experts.html", context)


@login_required
def expert(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """One expert; with POST a change, named by `act`."""
    by = for_office(request, "expert.manage")
    user = get_object_or_404(experts_of_office(), reference=reference)
    profile = getattr(user, "expert", None)
    initial = {"country": user.country, "most_cases": 3}
    if profile is not None:
        initial = {
            "country": profile.country,
            "languages": ", ".join(profile.languages),
            "sectors": ", ".join(profile.sectors),
            "most_cases": profile.most_cases,
        }
    forms_by_act: dict[str, forms.Form] = {
        "profile": ProfileForm(initial=initial, prefix="profile"),
        "accredit": AccreditForm(prefix="accredit"),
        "tie": TieForm(prefix="tie"),
    }
    ending: EndTieForm | None = None
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act in forms_by_act:
            forms_by_act[act] = type(forms_by_act[act])(request.POST, prefix=act)
        if act == "end-tie":
            ending = _end_tie(request, user, by)
            done = ending is None
        else:
            done = _changed(request, act, user, by, forms_by_act)
        if done:
            return redirect("expert", reference)
    record = record_of(user, page=request.GET.get("page"))
    context = {
        "expert": user,
        "profile": profile,
        "record": record,
        "forms": forms_by_act,
        "ties": [(tie, _form_to_end(tie, ending)) for tie in record.ties],
    }
    return render(
        request, "cases/office/expert.html", context, status=422 if request.method == "POST" else 200
    )


def _changed(
    request: HttpRequest, act: str, user: User, by: Person, forms_by_act: dict[str, forms.Form]
) -> bool:
    """Do what was asked for; False where something must be mended first."""
    if act == "end":
        return _ended(request, user, by)
    form = forms_by_act.get(act)
    if form is None:
        raise Http404
    if not form.is_valid():
        return False
    profile = getattr(user, "expert", None)
    if act == "accredit" and profile is None:
        form.add_error(None, _("Write the profile first."))
        return False
    verbs: dict[str, Callable[[], Any]] = {
        "profile": lambda: keep_profile(user=user, by=by, **form.cleaned_data),
        "accredit": lambda: accredit(expert=profile, by=by, **form.cleaned_data),  # type: ignore[arg-type]  # checked
        "tie": lambda: add_tie(user=user, by=by, **form.cleaned_data),
    }
    try:
        verbs[act]()
    except ProblemsError as error:
        add_problems(form, error)
        return False
    messages.success(request, _("Saved; it stands in the log."))
    return True


def _form_to_end(tie: Tie, typed: EndTieForm | None) -> EndTieForm | None:
    """The form that ends this tie, with what was typed into it; None where the tie has ended."""
    if tie.ends_on is not None and tie.ends_on < today():
        return None
    prefix = f"tie{tie.pk}"
    return typed if typed is not None and typed.prefix == prefix else EndTieForm(prefix=prefix)


def _end_tie(request: HttpRequest, user: User, by: Person) -> EndTieForm | None:
    """End a tie of this expert; the form where something must be mended first."""
    number = request.POST.get("tie", "")
    tie = get_object_or_404(Tie, pk=whole_number(number), user=user)
    form = EndTieForm(request.POST, prefix=f"tie{tie.pk}")
    if not form.is_valid():
        return form
    try:
        end_tie(tie=tie, by=by, **form.cleaned_data)
    except ProblemsError as error:
        add_problems(form, error)
        return form
    messages.success(request, _("The tie has ended; it stands in the log."))
    return None


def _ended(request: HttpRequest, user: User, by: Person) -> bool:
    number = request.POST.get("accreditation", "")
    held = get_object_or_404(Accreditation, pk=whole_number(number), expert__user=user)
    try:
        end_accreditation(accreditation=held, by=by, reason=request.POST.get("reason", ""))
    except ProblemsError as error:
        for problem in error.problems:
            messages.error(request, problem.message)
        return False
    messages.success(request, _("The accreditation has ended."))
    return True
