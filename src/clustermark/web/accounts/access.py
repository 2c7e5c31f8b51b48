"""How views ask the policy."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from clustermark.casework.policy import Actor, Subject, decide
from clustermark.web.accounts.queries.actor import actor_of


def require(request: HttpRequest, action: str, subject: Subject) -> Actor:
    """The actor, when the policy allows `action`; else PermissionDenied with the reason, which the page shows."""
    actor = actor_of(request)
    answer = decide(actor, action, subject)
    if not answer:
        raise PermissionDenied(answer.reason)  # type: ignore[union-attr]  # what is not true is Denied
    return actor
