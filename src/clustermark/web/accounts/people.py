"""A person who acts: the user with what the policy knows of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from clustermark.casework.policy import Actor, Granted, Role
from clustermark.web.accounts.models import User


@dataclass(frozen=True, slots=True)
class Person:
    """A user and the actor that the policy decides about; domain verbs take one as `by`."""

    user: User
    actor: Actor


def today() -> date:
    """The day where the site is."""
    return timezone.localdate()


def person(user: User, *, strong: bool = True) -> Person:
    """`user` with the grants they have; `strong`: signed in with a second factor. One query."""
    grants = tuple(
        Granted(Role(grant.role), grant.organisation_id, grant.starts_on, grant.ends_on)
        for grant in user.grants.all()
    )
    return Person(user, Actor(id=user.pk, today=today(), grants=grants, strong=strong))
