"""Notices are read; nothing else happens."""

from __future__ import annotations

from django.utils import timezone

from clustermark.web.accounts.models import User
from clustermark.web.cases.models import Notice


def read_notices(*, user: User, notice: int | None = None) -> int:
    """Mark all unread notices of a person as read, or the one with this id; how many were marked."""
    unread = Notice.objects.filter(user=user, read_at=None)
    if notice is not None:
        unread = unread.filter(pk=notice)
    return unread.update(read_at=timezone.now())
