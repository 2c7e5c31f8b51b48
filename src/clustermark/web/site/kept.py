"""What was typed when a session ended: any form of the site, kept at the same browser until the same person signs in.

A form sent without a session is put into the new, still anonymous session, which outlives the sign-in; the person then
comes to a page that holds what was typed and sends it on. Nobody else does (`typist.py`). Forms that show what was
typed in themselves do so before (`cases/views/typed.py`). Only a browser that has our token (CSRF) gets here; files
are not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clustermark.web.site.typist import keep, kept

KEY = "kept"
LARGEST = 64 * 1024
"""Characters of a form that are kept."""
SHORT = 60
"""Characters up to which a value without line breaks is sent on without being shown."""


def keeping(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keep a form that is answered with the page of sign-in; forget it when it is sent again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return get_response(request)
        known = request.user.is_authenticated
        response = get_response(request)
        if known:
            if (kept(request, KEY) or {}).get("path") == request.path:
                del request.session[KEY]
            return response
        if not _asks_to_sign_in(request, response):
            return response
        if request.headers.get("HX-Request"):
            # a part of a page: the page of sign-in must not be put into it
            return HttpResponse(status=401)
        return _keep(request)

    return middleware


def _asks_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a view sent somebody here to the sign-in with nothing kept by itself."""
    there = f"{reverse('account_login')}?next={request.path}"
    own = request.session.get("typed", {}).get("path") == request.path
    return response.status_code == 302 and response.headers.get("Location") == there and not own


def _keep(request: HttpRequest) -> HttpResponse:
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    if sum(len(name) + len(str(value)) for name, value in fields) > LARGEST:
        return redirect_to_login(request.path)
    came_from = urlsplit(request.headers.get("Referer", "")).path
    typed = {"path": request.path, "page": came_from or request.path, "fields": fields}
    if not keep(request, KEY, typed):
        return redirect_to_login(request.path)
    messages.info(request, _("Your session has ended. Sign in; what you typed is kept."))
    return redirect_to_login(reverse("kept"))


def shown(form: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """The kept fields: name, value, and whether a person should see and can still change it."""
    return [
        (name, value, len(value) > SHORT or "\n" in value or " " in value) for name, value in form["fields"]
    ]
