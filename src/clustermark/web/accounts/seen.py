"""When and from where a session was last used, for the page that lists them: to about a quarter of an hour."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

EVERY = 600
"""Seconds between two notes of one session by one process; without this every page would write."""
MOST = 10_000
"""Sessions that a process remembers."""
_noted: dict[str, float] = {}


def seen(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Note the session of who asks, when its last note is old; the first is that of the sign-in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        key = request.session.session_key
        if key is not None and request.user.is_authenticated:
            now = time.monotonic()
            if len(_noted) > MOST:
                _noted.clear()
            if now - _noted.setdefault(key, now) >= EVERY:
                _noted[key] = now
                UserSession.objects.filter(session_key=key).update(
                    last_seen_at=timezone.now(), ip=get_adapter().get_client_ip(request)
                )
        return response

    return middleware
