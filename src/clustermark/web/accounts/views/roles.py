"""People and their roles, for the secretariat and administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clustermark.casework.policy import Actor, Role, Subject, decide
from clustermark.ground.problems import ProblemsError
from clustermark.web.accounts.access import require, signed_in
from clustermark.web.accounts.domain.grants import end_grant, grant_role
from clustermark.web.accounts.domain.invitations import invite, withdraw_invitation
from clustermark.web.accounts.forms.people import FilterForm, GrantForm, InviteForm, ReasonForm, add_problems
from clustermark.web.accounts.models import Grant, Invitation, User
from clustermark.web.accounts.queries.people import changes, grantable, open_invitations, people

ROLES = Subject(kind="grants")


def _acting_as(actor: Actor) -> str:
    return Role.ADMIN if actor.is_(Role.ADMIN) else Role.SECRETARIAT


@login_required
def people_list(request: HttpRequest) -> HttpResponse:
    """Everyone, with their roles."""
    actor = require(request, "grant.view", ROLES)
    page = people(
        search=request.GET.get("q", ""),
        role=request.GET.get("role", ""),
        page=request.GET.get("page"),
    )
    context: dict[str, Any] = {
        "page": page,
        "filter": FilterForm(request.GET),
        "today": actor.today,
        "invitations": open_invitations(),
        "now": timezone.now(),
        "may_invite": bool(decide(actor, "grant.invite", ROLES)),
    }
    return render(request, "accounts/people.html", context)


@login_required
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """One person: their roles, how they changed, and a form to give another."""
    actor = require(request, "grant.view", ROLES)
    user = get_object_or_404(User, reference=reference)
    manage = decide(actor, "grant.manage", ROLES)
    form = GrantForm(request.POST or None, roles=grantable(actor), initial={"starts_on": actor.today})
    if request.method == "POST":
        require(request, "grant.manage", ROLES)
        if form.is_valid():
            try:
                grant_role(
                    user=user, actor=signed_in(request), actor_role=_acting_as(actor), **form.cleaned_data
                )
            except ProblemsError as error:
                add_problems(form, error)
            else:
                messages.success(request, _("The role was given."))
                return redirect("person", reference=reference)
    context = {
        "person": user,
        "grants": user.grants.select_related("organisation", "granted_by").order_by("role", "-starts_on"),
        "changes": changes(user),
        "form": form,
        "manage": manage,
        "today": actor.today,
    }
    return render(request, "accounts/person.html", context)


@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role, with a reason."""
    actor = require(request, "grant.manage", ROLES)
    grant = get_object_or_404(Grant.objects.select_related("user", "organisation"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_grant(
                grant=grant, actor=signed_in(request), actor_role=_acting_as(actor), **form.cleaned_data
            )
        except ProblemsError as error:
            add_problems(form, error)
        else:
            messages.success(request, _("The role has ended."))
            return redirect("person", reference=grant.user.reference)
    return render(request, "accounts/end_grant.html", {"grant": grant, "form": form})


@login_required
def send_invitation(request: HttpRequest) -> HttpResponse:
    """Invite somebody to a role."""
    actor = require(request, "grant.invite", ROLES)
    form = InviteForm(request.POST or None, roles=grantable(actor))
    if request.method == "POST" and form.is_valid():
        invite(actor=signed_in(request), actor_role=_acting_as(actor), **form.cleaned_data)
        messages.success(request, _("The invitation is on its way."))
        return redirect("people")
    return render(request, "accounts/invite.html", {"form": form})


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation that nobody has taken."""
    actor = require(request, "grant.invite", ROLES)
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        withdraw_invitation(invitation=invitation, actor=signed_in(request), actor_role=_acting_as(actor))
    except ProblemsError as error:
        for problem in error.problems:
            messages.error(request, problem.message)
    else:
        messages.success(request, _("The invitation was withdrawn."))
    return redirect("people")
