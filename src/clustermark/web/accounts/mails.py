"""Mails about accounts: in the secretariat's words and the reader's language, through the outbox like all others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from clustermark.ground.texts import current_language
from clustermark.web.accounts.models import User
from clustermark.web.mail.domain.outbox import queue_mail

MAILS = {
    "account/email/password_reset_key": "password_reset",
    "account/email/unknown_account": "unknown_account",
    "account/email/email_confirmation": "confirm_address",
    "account/email/email_confirmation_signup": "confirm_address",
}
"""What allauth calls its mails that are sent here → what they are called in `wording.PLACEHOLDERS`."""
_LINKS = {"password_reset": "password_reset_url", "confirm_address": "activate_url"}


def write_account_mail(prefix: str, email: str, context: Mapping[str, Any]) -> None:
    """Write the mail that allauth calls `prefix`, with the job that sends it.

    An address that nobody has an account with gets one too, as soon and as late as any other: what the page says, and
    how long it takes, is the same. Raises KeyError for a mail that is not in `MAILS`.
    """
    mail, user = MAILS[prefix], context.get("user")
    values = {"address": email, "link": settings.SITE_URL + reverse("account_login")}
    language = current_language()
    if isinstance(user, User):
        # the address of the site stands in its settings, not in what the browser sent
        values |= {"name": user.name, "link": settings.SITE_URL + urlsplit(context[_LINKS[mail]]).path}
        language = user.language  # type: ignore[assignment]  # written from the list of languages
    with transaction.atomic():
        queue_mail(mail=mail, to=email, language=language, values=values)
