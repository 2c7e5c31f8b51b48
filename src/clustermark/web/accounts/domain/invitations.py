"""People are invited; an invitation is taken once, in time, by who holds its link."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clustermark.ground.texts import Language, date_text
from clustermark.web.accounts.domain.grants import grant_role
from clustermark.web.accounts.domain.people import create_person
from clustermark.web.accounts.models import Grant, Invitation, Organisation, User
from clustermark.web.accounts.refusals import refused
from clustermark.web.log.writing import write
from clustermark.web.mail.domain.outbox import queue_mail
from clustermark.web.site.language import speaking

SALT = "clustermark.invitation"
VALID_FOR = timedelta(days=14)


def token_of(invitation: Invitation) -> str:
    """What the link carries: the reference, signed."""
    return signing.dumps(str(invitation.reference), salt=SALT)


def invitation_of(token: str) -> Invitation | None:
    """The invitation of a link that can still be taken; None for a link that was made up, used or is too old."""
    try:
        reference = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return (
        Invitation.objects.select_related("organisation")
        .filter(
            reference=reference,
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=timezone.now(),
        )
        .first()
    )


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    role: Grant.Role | str,
    organisation: Organisation,
    language: Language = "en",
    actor: User | None,
    actor_role: str = "secretariat",
    valid_for: timedelta = VALID_FOR,
) -> Invitation:
    """Invite somebody to a role for a body; the mail with the link is written in the same transaction."""
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        name=name.strip(),
        role=role,
        organisation=organisation,
        language=language,
        invited_by=actor,
        expires_at=timezone.now() + valid_for,
    )
    write(
        actor=actor,
        role=actor_role,
        act="invitation.send",
        subject=f"invitation:{invitation.reference}",
        facts={"role": str(role), "organisation": organisation.pk},
    )
    link = settings.SITE_URL + reverse("accept-invitation", args=[token_of(invitation)])
    with speaking(language):
        values = {
            "name": invitation.name,
            "role": str(Grant.Role(role).label),
            "organisation": organisation.name,
            "link": link,
            "until": date_text(timezone.localtime(invitation.expires_at).date()),
        }
    queue_mail(mail="invitation", to=invitation.email, language=language, values=values)
    return invitation


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, name: str = "", password: str | None = None, user: User | None = None
) -> User:
    """Take the role: as `user` who has signed in with the invited address, else with a new account.

    Raises ProblemsError when the invitation was used meanwhile, is too old, or the address has an account
    that nobody signed in to.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.withdrawn_at or invitation.expires_at <= timezone.now():
        raise refused("invitation-over", _("This invitation is no longer valid. Ask for a new one."))
    if user is not None and user.email != invitation.email:
        raise refused("invitation-of-another", _("This invitation is for another mail address."))
    if user is None:
        if User.objects.filter(email=invitation.email).exists():
            raise refused(
                "account-exists", _("There is an account with this address. Sign in to take the role.")
            )
        user = create_person(
            email=invitation.email,
            name=name or invitation.name,
            password=password,
            language=invitation.language,  # type: ignore[arg-type]  # written from the list of languages
        )
    grant_role(
        user=user, role=invitation.role, organisation=invitation.organisation, actor=invitation.invited_by
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    write(
        actor=user,
        role=invitation.role,
        act="invitation.accept",
        subject=f"invitation:{invitation.reference}",
    )
    return user


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, actor: User, actor_role: str = "secretariat") -> None:
    """Nobody can take it any more. Raises ProblemsError when somebody has."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise refused("invitation-accepted", _("This invitation was accepted already."))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    write(
        actor=actor,
        role=actor_role,
        act="invitation.withdraw",
        subject=f"invitation:{invitation.reference}",
    )
