"""Who acts: the person who asks for a page, with their grants, as the policy sees them."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils import timezone

from clustermark.casework.policy import NOBODY, Actor, Granted, Role
from clustermark.web.accounts.models import Grant


def signed_in_strongly(request: HttpRequest) -> bool:
    """Whether a second factor (authenticator, recovery code) or a passkey was used in this session."""
    return any(used["method"] == "mfa" for used in get_authentication_records(request, request.user))


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind `request`; one query, once a request. `NOBODY` when nobody is signed in."""
    known: Actor | None = getattr(request, "_actor", None)
    if known is None:
        known = _actor(request)
        request._actor = known  # type: ignore[attr-defined]  # kept as long as the request lives
    return known


def _actor(request: HttpRequest) -> Actor:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return NOBODY
    return actor_for(user.pk, strong=signed_in_strongly(request))


def actor_for(user: int, *, strong: bool) -> Actor:
    """The actor of a user as of today; one query."""
    grants = Grant.objects.filter(user_id=user).values_list("role", "organisation_id", "starts_on", "ends_on")
    return Actor(
        id=user,
        today=timezone.localdate(),
        grants=tuple(Granted(Role(role), body, starts, ends) for role, body, starts, ends in grants),
        strong=strong,
    )
