"""Nobody with a right that counts goes on without a second factor."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clustermark.casework.policy import Actor, Role
from clustermark.web.accounts.queries.actor import actor_of

STRONG_ROLES = (Role.EXPERT, Role.DECIDER, Role.SECRETARIAT, Role.ADMIN)
"""Roles that need a second factor."""
OPEN = (
    *(
        "/account/2fa/",
        "/account/reauthenticate/",
        "/account/logout/",
        "/account/login/",
        "/account/password/",
    ),
    *("/account/invitation/", "/language/", "/theme/", "/dev/"),
    *(
        "/register/",
        "/verify/",
        "/badge/",
        "/status/",
        "/transparency/",
        "/api/",
        "/.well-known/",
        "/robots.txt",
    ),
    "/sitemap.xml",
)
"""Where somebody may be while it is missing: setting it up, signing out, the settings of the frame, what is public."""


def wants_second_factor(actor: Actor) -> bool:
    """Whether this person has a role that needs a second factor and has not used one."""
    return not actor.strong and actor.is_(*STRONG_ROLES)


def second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Send people who need a second factor to the page that says so, before anything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OPEN) and wants_second_factor(actor_of(request)):
            return redirect("mfa_index")
        return get_response(request)

    return middleware
