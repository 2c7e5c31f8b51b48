"""The people of the sample site, to sign in as one of them by a button; only with DEBUG, never on a real site."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from clustermark.web.accounts.models import Grant, User
from clustermark.web.seeding import PASSWORD, PEOPLE, address, sample_code


@require_http_methods(["GET", "POST"])
def sample_people(request: HttpRequest) -> HttpResponse:
    """Who there is, with password and the code of the moment; with POST, sign in as one of them."""
    logins = {address(login_): role for login_, _name, role, _body, _country in PEOPLE}
    if request.method == "POST":
        email = request.POST.get("email", "")
        if email not in logins:
            raise Http404
        user = get_object_or_404(User, email=email)
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        record_authentication(request, user, "password", email=email)
        record_authentication(request, user, "mfa", type="totp")
        UserSession.objects.create_from_request(request)
        return redirect("start")
    people = [
        {"user": user, "role": Grant.Role(logins[user.email]).label}
        for user in User.objects.filter(email__in=logins).order_by("pk")
    ]
    return render(
        request, "site/sample_people.html", {"people": people, "password": PASSWORD, "code": sample_code()}
    )
