"""Public pages may be kept by anyone: they say since when they are as they are, and a repeated question costs little.

A page depends on the state of the register, the day, the address, the language and the theme; nothing else. These are
its tag: what was made for a tag is kept and given again. Somebody signed in sees their own frame, and a visitor with a
session may be told something in it, so for them the page is private.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _

from clustermark.ground.texts import LANGUAGES
from clustermark.ground.version import VERSION
from clustermark.web.accounts.people import today
from clustermark.web.register import answers
from clustermark.web.register.queries.whole import Head, head
from clustermark.web.site.language import speaking

P = ParamSpec("P")
SAFE = frozenset({"GET", "HEAD"})
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
            chosen = request.GET.get("lang", "") if request.method in SAFE else ""
            if chosen in LANGUAGES:
                with speaking(chosen):
                    request.LANGUAGE_CODE = chosen
                    return _answer(request, chosen, lambda: view(request, *args, **kwargs))
            return _answer(request, "", lambda: view(request, *args, **kwargs))

        def _answer(
            request: HttpRequest, chosen: str, make: Callable[[], HttpResponseBase]
        ) -> HttpResponseBase:
            known = head()
            request.head = known  # type: ignore[attr-defined] # for the view
            if request.method not in SAFE:
                return make()
            if frame and has_session(request):
                response = make()
                response.headers["Cache-Control"] = "private, no-store"
                return _remember(request, response, chosen) if chosen else response
            if frame and chosen:
                with answers.TURNS.turn() as mine:
                    return _remember(request, make(), chosen) if mine else _busy()
            tag, changed = etag(request, known), last_modified(known)
            unchanged = get_conditional_response(request, etag=tag, last_modified=int(changed.timestamp()))
            if unchanged is not None:
                return _mark(unchanged, tag, changed, frame=frame, seconds=seconds)
            kept = answers.ANSWERS.find(tag)
            if kept is not None:
                return kept
            with answers.TURNS.turn() as mine:
                # while this one waited, another may have made it
                return answers.ANSWERS.find(tag) or (_make(tag, changed, chosen, make) if mine else _busy())

        def _make(
            tag: str, changed: datetime, chosen: str, make: Callable[[], HttpResponseBase]
        ) -> HttpResponseBase:
            response = make()
            if chosen:
                response.headers["Content-Language"] = chosen
            if response.status_code == HTTPStatus.OK:
                _mark(response, tag, changed, frame=frame, seconds=seconds)
                answers.ANSWERS.keep(tag, response)
            return response

        return answered  # type: ignore[return-value] # `wraps` hides that the first argument has no name

    return decorate


def has_session(request: HttpRequest) -> bool:
    """Whether the page may be one person's: somebody signed in, or a visitor who is told something once."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def _busy() -> HttpResponse:
    """Asks to come again later: the others who wait are many."""
    message = _("Too many pages are being asked for at the moment; please try again in a few seconds.")
    response = HttpResponse(f"{message}\n", status=429, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = "5"
    response.headers["Cache-Control"] = "no-store"
    return response


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


def _mark(
    response: HttpResponseBase, tag: str, changed: datetime, *, frame: bool, seconds: int
) -> HttpResponseBase:
    response.headers["ETag"] = tag
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    if not frame:
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def _remember(request: HttpRequest, response: HttpResponseBase, chosen: str) -> HttpResponseBase:
    """Keep the chosen language for the next pages; the answer that does so is kept by nobody else."""
    response.headers["Content-Language"] = chosen
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=365 * 24 * 60 * 60,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
