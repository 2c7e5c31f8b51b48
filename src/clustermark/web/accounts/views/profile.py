"""A person's own page: what is kept of them, to change, to take along, to erase."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clustermark.web.accounts.access import signed_in
from clustermark.web.accounts.domain.erasure import keep_person, schedule_erasure
from clustermark.web.accounts.domain.profile import describe_oneself
from clustermark.web.accounts.forms.people import ProfileForm
from clustermark.web.accounts.queries.people import personal_data


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name, country, language, roles, and the ways out."""
    user = signed_in(request)
    kept = {"name": user.name, "country": user.country, "language": user.language}
    form = ProfileForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        describe_oneself(user=user, **form.cleaned_data)
        messages.success(request, _("Your profile was saved."))
        return redirect("profile")
    grants = user.grants.select_related("organisation").order_by("role", "-starts_on")
    return render(request, "accounts/profile.html", {"form": form, "grants": grants})


@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept of the person, as a file."""
    text = json.dumps(personal_data(signed_in(request)), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@login_required
@require_POST
def erasure(request: HttpRequest) -> HttpResponse:
    """Wish for the erasure of one's data, or take the wish back."""
    if "keep" in request.POST:
        keep_person(user=signed_in(request), actor=signed_in(request))
        messages.success(request, _("Your data will be kept."))
    else:
        schedule_erasure(user=signed_in(request), actor=signed_in(request))
        messages.success(request, _("Your data will be erased on the day that is shown below."))
    return redirect("profile")
