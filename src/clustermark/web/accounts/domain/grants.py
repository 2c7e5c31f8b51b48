"""Roles are given and ended; every change stands in the log."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clustermark.casework.duties import last_administrator
from clustermark.web.accounts.models import Grant, Organisation, User
from clustermark.web.accounts.refusals import refused
from clustermark.web.log.writing import write


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: Grant.Role | str,
    organisation: Organisation,
    starts_on: date | None = None,
    ends_on: date | None = None,
    actor: User | None,
    actor_role: str = "admin",
    reason: str = "",
) -> Grant:
    """Give `user` a role for a body, from today unless said otherwise.

    Raises ProblemsError when they hold it already or the dates are the wrong way round.
    """
    first = starts_on or timezone.localdate()
    if ends_on is not None and ends_on < first:
        raise refused("grant-dates", _("The last day is before the first."), field="ends_on")
    held = Grant.objects.filter(user=user, role=role, organisation=organisation).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=first)
    )
    if ends_on is not None:
        held = held.filter(starts_on__lte=ends_on)
    if held.exists():
        raise refused("grant-held", _("This person holds the role for this body already."), field="role")
    grant = Grant.objects.create(
        user=user, role=role, organisation=organisation, starts_on=first, ends_on=ends_on, granted_by=actor
    )
    write(
        actor=actor,
        role=actor_role,
        act="grant.give",
        subject=f"user:{user.reference}",
        reason=reason,
        facts=_facts(grant),
    )
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, actor: User | None, actor_role: str = "admin", reason: str = "") -> Grant:
    """End a role: yesterday is its last day, or it never counted when it began today or later.

    Raises ProblemsError for the last administrator's own right, and when it has ended already.
    """
    grant = Grant.objects.select_for_update().select_related("user").get(pk=grant.pk)
    today = timezone.localdate()
    if grant.ends_on is not None and grant.ends_on < today:
        raise refused("grant-ended", _("This role has ended already."))
    if grant.role == Grant.Role.ADMIN:
        denied = last_administrator(leaving=grant.user_id, administrators=administrators(today))
        if denied is not None:
            raise refused(denied.code, denied.reason)
    before = grant.ends_on
    grant.ends_on = today - timedelta(days=1)
    grant.starts_on = min(grant.starts_on, grant.ends_on)
    grant.save(update_fields=["starts_on", "ends_on"])
    write(
        actor=actor,
        role=actor_role,
        act="grant.end",
        subject=f"user:{grant.user.reference}",
        reason=reason,
        facts={**_facts(grant), "ends_before": before.isoformat() if before else None},
    )
    return grant


def administrators(today: date) -> frozenset[int]:
    """The users who hold the right of administration on `today` and can sign in."""
    held = Grant.objects.filter(role=Grant.Role.ADMIN, starts_on__lte=today, user__is_active=True).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    )
    return frozenset(held.values_list("user_id", flat=True))


def _facts(grant: Grant) -> dict[str, str | int | bool | None]:
    return {
        "role": str(grant.role),
        "organisation": grant.organisation_id,
        "starts_on": grant.starts_on.isoformat(),
        "ends_on": grant.ends_on.isoformat() if grant.ends_on else None,
    }
