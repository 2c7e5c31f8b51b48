"""How views ask the policy."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from clustermark.casework.policy import Actor, Denied, Subject, decide
from clustermark.web.accounts.models import User
from clustermark.web.accounts.queries.actor import actor_of


def require(request: HttpRequest, action: str, subject: Subject) -> Actor:
    """The actor, when the policy allows `action`; else PermissionDenied with the reason, which the page shows."""
    actor = actor_of(request)
    answer = decide(actor, action, subject)
    if isinstance(answer, Denied):
        raise PermissionDenied(answer.reason)
    return actor


def signed_in(request: HttpRequest) -> User:
    """The user who asks, on a page that wants somebody signed in; else PermissionDenied."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
