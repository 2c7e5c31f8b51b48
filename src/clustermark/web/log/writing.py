"""Writes entries of the log, in the transaction of the act they tell of."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from clustermark.casework.log import GENESIS, LogEntry, instant, salted_digest
from clustermark.web.database import hold
from clustermark.web.log.models import LogRow, LogText

if TYPE_CHECKING:
    from clustermark.web.accounts.models import User

Fact = str | int | bool | None


def write(
    *,
    actor: User | None,
    role: str,
    act: str,
    subject: str,
    reason: str = "",
    before: str | None = None,
    after: str | None = None,
    facts: Mapping[str, Fact] | None = None,
) -> LogRow:
    """Append an entry; must run inside a transaction, the one of the act itself.

    `subject` is ``KIND:REFERENCE``; `reason` is a person's words: its salted digest goes into the log,
    the words beside it. Without an `actor` the system acts. Raises RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An entry of the log is written in the transaction of its act.")
    hold("log")  # one writer at a time: the chain has one end
    last = LogRow.objects.order_by("-number").first()
    salt = secrets.token_hex(16)
    entry = LogEntry(
        number=1 if last is None else last.number + 1,
        at=instant(timezone.now()),
        actor="system" if actor is None else f"user:{actor.reference}",
        role=role,
        act=act,
        subject=subject,
        reason=salted_digest(reason, salt) if reason else None,
        before=before,
        after=after,
        facts=dict(facts or {}),
        previous=GENESIS if last is None else last.hash,
    )
    row = LogRow(**entry.model_dump(exclude={"format"}), hash=entry.hash)
    row.save(force_insert=True)
    if reason:
        LogText.objects.create(row=row, salt=salt, text=reason)
    return row
