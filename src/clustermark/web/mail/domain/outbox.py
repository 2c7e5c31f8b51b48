"""Mails are written with the act and sent after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from clustermark.ground.texts import Language
from clustermark.web.mail.models import Outbox
from clustermark.web.mail.wording import text_of

MOST_ATTEMPTS = 6
ACCOUNT_MAILS = ("password_reset", "confirm_address", "unknown_account")
KEPT = timedelta(days=7)
"""How long mails about accounts are kept: they name strangers and hold links that open accounts, for three days."""


def queue_mail(*, mail: str, to: str, language: Language, values: Mapping[str, str]) -> Outbox:
    """Write a mail and the job that sends it; must run in the transaction of the act it tells of.

    `mail` is a name of `wording.PLACEHOLDERS`. Raises RuntimeError outside a transaction.
    """
    from clustermark.web.mail.tasks import send_mail  # noqa: PLC0415 - the job calls this module

    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A mail is written in the transaction of its act.")
    text = text_of(mail, language).filled(values)
    row = Outbox.objects.create(
        to=to, mail=mail, language=language, subject=text.subject[:300], body=text.body
    )
    send_mail.enqueue(row.pk)
    return row


@transaction.atomic
def send(pk: int) -> timedelta | None:
    """Send the mail unless it was sent or erased; how long to wait before the next attempt where it failed."""
    row = Outbox.objects.select_for_update().filter(pk=pk, sent_at__isnull=True).first()
    if row is None:
        return None
    row.attempts += 1
    try:
        EmailMessage(row.subject, row.body, to=[row.to]).send()
    except OSError as error:
        row.error = str(error)[:300]
        row.save(update_fields=["attempts", "error"])
        return timedelta(minutes=4**row.attempts) if row.attempts < MOST_ATTEMPTS else None
    row.sent_at, row.error = timezone.now(), ""
    row.save(update_fields=["attempts", "sent_at", "error"])
    return None


def forget_account_mails() -> int:
    """Delete mails about accounts that are older than `KEPT`; how many."""
    old = Outbox.objects.filter(mail__in=ACCOUNT_MAILS, written_at__lt=timezone.now() - KEPT)
    return old.delete()[0]
