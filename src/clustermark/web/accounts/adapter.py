"""How allauth behaves here: nobody signs up unasked; accounts come from invitations."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Mail and password, by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth hands it over
        """Nobody signs up; the secretariat invites."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on for people who have an account; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002
        """Nobody signs up; the secretariat invites."""
        return False
