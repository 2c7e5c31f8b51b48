"""Taking an invitation."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from clustermark.ground.problems import ProblemsError
from clustermark.web.accounts.access import signed_in
from clustermark.web.accounts.domain.invitations import accept_invitation, invitation_of
from clustermark.web.accounts.forms.people import AcceptForm, add_problems
from clustermark.web.accounts.models import Invitation, User


@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """A new account, or one more role of an account that is signed in."""
    invitation = invitation_of(token)
    if invitation is None:
        return render(request, "accounts/invitation_over.html", status=410)
    if request.user.is_authenticated:
        return _take(request, invitation, signed_in(request))
    known = User.objects.filter(email=invitation.email).exists()
    form = AcceptForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
    if request.method == "POST" and not known and form.is_valid():
        try:
            user = accept_invitation(invitation=invitation, **form.cleaned_data)
        except ProblemsError as error:
            add_problems(form, error)
        else:
            answer: HttpResponse = perform_login(request, user)
            return answer
    return render(
        request, "accounts/invitation.html", {"invitation": invitation, "form": form, "known": known}
    )


def _take(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    """Somebody is signed in: they take the role with one press when it is theirs."""
    if request.method == "POST":
        try:
            accept_invitation(invitation=invitation, user=user)
        except ProblemsError as error:
            for problem in error.problems:
                messages.error(request, problem.message)
        else:
            messages.success(request, _("You have taken the role."))
            return redirect("start")
    mine = user.email == invitation.email
    return render(request, "accounts/invitation_take.html", {"invitation": invitation, "mine": mine})
