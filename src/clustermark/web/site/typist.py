"""Who typed at this browser: remembered past the end of the session, so that what was typed is offered to nobody else.

A cookie names whoever signed in last by the reference that the log uses, signed by us; it opens nothing. What a form
held when the session had ended is kept with this name and for half a day, and only for the same person. Where nobody
is known (the cookies were cleared), nothing is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from clustermark.web.accounts.models import User

COOKIE = "typist"
SALT = "clustermark.typist"
KNOWN_FOR = 14 * 24 * 60 * 60
"""Seconds in which a browser still counts as that of who signed in."""
KEPT_FOR = 12 * 60 * 60
"""Seconds in which what was typed is offered."""
KEYS = ("kept", "typed")
"""Where a session keeps forms: of any page (`kept.py`), of pages that show it themselves (`cases/views/typed.py`)."""


def remembering(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Name in the cookie whoever has signed in by this request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        typist: User | None = getattr(request, "_typist", None)
        if typist is not None:
            response.set_signed_cookie(
                COOKIE,
                str(typist.reference),
                salt=SALT,
                httponly=True,
                samesite="Lax",
                secure=bool(settings.SESSION_COOKIE_SECURE),
            )
        return response

    return middleware


def keep(request: HttpRequest, key: str, what: dict[str, Any]) -> bool:
    """Keep what was typed for who typed it; whether it was: not where nobody knows who that is."""
    typist = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=KNOWN_FOR)
    if not typist:
        return False
    request.session[key] = {**what, "typist": typist, "at": time.time()}
    return True


def kept(request: HttpRequest, key: str) -> dict[str, Any] | None:
    """What this person typed here before, while it is fresh."""
    found: dict[str, Any] | None = request.session.get(key)
    user = request.user
    if found is None or not isinstance(user, User):
        return None
    theirs = found["typist"] == str(user.reference) and time.time() - found["at"] < KEPT_FOR
    return found if theirs else None


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **_more: Any) -> None:
    """From now on it is this person's browser; what others typed is gone from it."""
    request._typist = user  # type: ignore[attr-defined]  # for the cookie of the answer
    for key in KEYS:
        if request.session.get(key, {}).get("typist", str(user.reference)) != str(user.reference):
            del request.session[key]
