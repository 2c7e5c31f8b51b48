"""Public pages may be kept by anyone: they say since when they are as they are, and a repeated question costs little.

A page depends on the state of the register, the day, the address and the language; nothing else. Somebody signed in
sees their own frame, so for them the page is private.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from clustermark.ground.texts import LANGUAGES
from clustermark.ground.version import VERSION
from clustermark.web.accounts.people import today
from clustermark.web.register.queries.whole import Head, head
from clustermark.web.site.language import speaking

P = ParamSpec("P")
SECONDS = 60
"""How long others may keep a page without asking again: an act shows everywhere within a minute."""


def public(
    *, frame: bool = True, seconds: int = SECONDS
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """A view that anyone may see and keep. With a `frame` it is a page (its language is chosen by `?lang=`);
    without, a file for machines, the same for everybody who asks in the same language.

    The view finds the state that it answers for as `request.head`.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            chosen = request.GET.get("lang", "") if request.method in {"GET", "HEAD"} else ""
            if chosen in LANGUAGES:
                with speaking(chosen):
                    request.LANGUAGE_CODE = chosen
                    return _answer(request, chosen, view, *args, **kwargs)
            return _answer(request, "", view, *args, **kwargs)

        def _answer(
            request: HttpRequest, chosen: str, view_: Any, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            known = head()
            request.head = known  # type: ignore[attr-defined] # for the view
            own = frame and request.user.is_authenticated
            tag, changed = etag(request, known), last_modified(known)
            if request.method in {"GET", "HEAD"} and not own:
                unchanged = get_conditional_response(
                    request, etag=tag, last_modified=int(changed.timestamp())
                )
                if unchanged is not None:
                    _mark(unchanged, tag, changed, frame=frame, seconds=seconds)
                    return unchanged
            response: HttpResponseBase = view_(request, *args, **kwargs)
            if chosen and isinstance(response, HttpResponse):
                response.headers["Content-Language"] = chosen
                if frame:
                    _remember(request, response, chosen)
                    return response
            if request.method in {"GET", "HEAD"} and response.status_code == 200 and not own:
                _mark(response, tag, changed, frame=frame, seconds=seconds)
            return response

        return answered  # type: ignore[return-value] # `wraps` hides that the first argument has no name

    return decorate


def etag(request: HttpRequest, known: Head) -> str:
    """The tag of what `request` asks for at a state of the register."""
    theme = request.COOKIES.get("theme", "")
    parts = (
        VERSION,
        settings.REGISTER_KIND,
        known.version,
        known.changed_at,
        today(),
        request.get_full_path(),
        translation.get_language(),
        theme,
    )
    return '"' + hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:32] + '"'


def last_modified(known: Head) -> datetime:
    """When the register changed last; the beginning of the day where that is later, for states change by themselves."""
    morning = datetime.combine(today(), time(), UTC)
    return max(known.changed_at.replace(microsecond=0), morning) if known.changed_at else morning


def _mark(response: HttpResponseBase, tag: str, changed: datetime, *, frame: bool, seconds: int) -> None:
    response.headers["ETag"] = tag
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    if not frame:
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])


def _remember(request: HttpRequest, response: HttpResponse, chosen: str) -> None:
    """Keep the chosen language for the next pages; the answer that does so is kept by nobody else."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=365 * 24 * 60 * 60,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    response.headers["Cache-Control"] = "private, no-store"
