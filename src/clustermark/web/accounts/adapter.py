"""How allauth behaves here: nobody signs up unasked; accounts come from invitations."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from clustermark.web.accounts.mails import write_account_mail


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth publishes no types
    """Mail and password, by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth hands it over
        """Nobody signs up; the secretariat invites."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through our outbox, in our words and the reader's language."""
        write_account_mail(template_prefix, email, context)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whether to ask once more who it is before a change that matters; not within minutes of signing in."""
        records = get_authentication_records(self.request, self.request.user)
        recent = (
            time.time() - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in records
        )
        return bool(super().is_reauthentication_required(app=app)) and not any(recent)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # as above
    """Single sign-on for people who have an account; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002
        """Nobody signs up; the secretariat invites."""
        return False
