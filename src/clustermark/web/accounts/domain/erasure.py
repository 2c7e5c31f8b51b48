"""A person's data are erased; what they did stays in the log under their reference."""

from __future__ import annotations

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from clustermark.ground.problems import Problem, ProblemsError
from clustermark.web.accounts.domain.grants import end_grant
from clustermark.web.accounts.models import Expert, Grant, Invitation, Tie, User
from clustermark.web.log.models import LogRow, LogText
from clustermark.web.log.writing import write
from clustermark.web.mail.models import Outbox

WAITING = timedelta(days=30)
"""Between the wish and the deed, so that a person can think again."""


@transaction.atomic
def schedule_erasure(*, user: User, actor: User, actor_role: str = "self") -> date:
    """Erase the person's data when thirty days have passed; the day."""
    user.erase_on = timezone.localdate() + WAITING
    user.save(update_fields=["erase_on"])
    write(
        actor=actor,
        role=actor_role,
        act="person.schedule_erasure",
        subject=f"user:{user.reference}",
        facts={"on": user.erase_on.isoformat()},
    )
    return user.erase_on


@transaction.atomic
def keep_person(*, user: User, actor: User, actor_role: str = "self") -> None:
    """Take the wish back."""
    user.erase_on = None
    user.save(update_fields=["erase_on"])
    write(actor=actor, role=actor_role, act="person.keep", subject=f"user:{user.reference}")


@transaction.atomic
def erase_person(*, user: User, actor: User | None = None, actor_role: str = "system") -> None:
    """Replace name and address, end every right and session, and erase the words they gave as reasons or declared.

    The log keeps its entries, which know the person by reference only. Raises ProblemsError for the last
    administrator.
    """
    today = timezone.localdate()
    for grant in Grant.objects.filter(user=user).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today)):
        end_grant(grant=grant, actor=actor, actor_role=actor_role)
    sessions = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    for kept in (sessions, EmailAddress.objects.filter(user=user), Authenticator.objects.filter(user=user)):
        kept.delete()
    SocialAccount.objects.filter(user=user).delete()
    Outbox.objects.filter(to=user.email).delete()
    Tie.objects.filter(user=user).update(note="")
    user.seats.update(interest="")
    Expert.objects.filter(user=user).update(country="", languages=[], sectors=[])
    gone, logged = f"{user.reference}@erased.invalid", f"user:{user.reference}"
    # invitations were sent to the address of their day
    taken = LogRow.objects.filter(actor=logged, act="invitation.accept").values_list("subject", flat=True)
    references = [subject.partition(":")[2] for subject in taken]
    Invitation.objects.filter(Q(email=user.email) | Q(reference__in=references)).update(email=gone, name="–")
    # what they wrote, and what others wrote about them alone
    LogText.objects.filter(Q(row__actor=logged) | Q(row__subject=logged)).delete()
    user.name, user.email, user.country = "–", gone, ""
    user.is_active, user.erase_on, user.erased_at = False, None, timezone.now()
    user.set_unusable_password()
    user.save()
    write(actor=actor, role=actor_role, act="person.erase", subject=f"user:{user.reference}")


def erase_due(today: date) -> int:
    """Erase everyone whose day has come; how many. Raises ProblemsError for who cannot be, after all others."""
    due = list(User.objects.filter(erase_on__lte=today, erased_at__isnull=True))
    problems: list[Problem] = []
    for user in due:
        try:
            erase_person(user=user)
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return len(due)
