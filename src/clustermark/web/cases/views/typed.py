"""What was typed when a session ended: kept at the same browser until the same person has signed in again.

A form sent without a session is put into the new, still anonymous session, which outlives the sign-in; the page then
shows the form with what was typed, to nobody else (`site/typist.py`). Only a browser that has our token (CSRF) can do
so, and only small forms.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _

from clustermark.web.site.typist import keep, kept

LARGEST = 64 * 1024
"""Characters of a form that are kept."""
KEY = "typed"
View = Callable[..., HttpResponseBase]


def keeps_typed(view: View) -> View:
    """Like `login_required`, but a form sent after the session ended is kept for after the sign-in."""
    guarded = login_required(view)

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated or request.method != "POST":
            return guarded(request, *args, **kwargs)
        if request.headers.get("Accept", "").startswith("application/json"):
            return HttpResponse(status=401)
        typed = request.POST.copy()
        typed.pop("csrfmiddlewaretoken", None)
        text = typed.urlencode()
        # one form: the last one that was sent
        if len(text) <= LARGEST and keep(request, KEY, {"path": request.path, "text": text}):
            messages.info(request, _("Your session has ended. Sign in; what you typed is kept."))
        return redirect_to_login(request.path)

    return wrapped


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What was typed on this page before the sign-in, once; None where nothing was."""
    found = kept(request, KEY)
    if request.method != "GET" or found is None or found["path"] != request.path:
        return None
    del request.session[KEY]
    messages.warning(request, _("This is what you typed before you signed in. It is not saved yet."))
    return QueryDict(found["text"])
