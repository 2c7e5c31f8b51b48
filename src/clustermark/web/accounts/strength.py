"""Setting up a second factor proves it: the session counts as strong from then on."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest


@receiver(authenticator_added)
def proven(request: HttpRequest, authenticator: Authenticator, **_more: Any) -> None:
    """Note in the session that the factor just set up was shown to work; recovery codes were only handed out."""
    if authenticator.type in (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN):
        record_authentication(
            request,
            request.user,
            "mfa",
            id=authenticator.pk,
            type=str(authenticator.type),
            reauthenticated=False,
        )
