"""What happens around every page: its language, headers that hold for all, and what no page reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from clustermark.ground.texts import Language
from clustermark.web.site.language import speaking

GetResponse = Callable[[HttpRequest], HttpResponse]
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def language_of(request: HttpRequest) -> Language:
    """The person's language: their setting, else the cookie, else what the browser asks for, else English."""
    spoken = (
        request.user.language
        if request.user.is_authenticated
        else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    )
    if spoken not in get_args(Language):
        spoken = translation.get_language_from_request(request)
    return next((language for language in get_args(Language) if language == spoken), "en")


def language(get_response: GetResponse) -> GetResponse:
    """Speak the person's language in Django's texts and in the engine's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        spoken = language_of(request)
        with speaking(spoken):
            request.LANGUAGE_CODE = spoken
            response = get_response(request)
        response.headers.setdefault("Content-Language", spoken)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    return middleware


def readable(get_response: GetResponse) -> GetResponse:
    """Refuse addresses with the character that no text may hold (NUL): PostgreSQL does not take it.

    The API says so in its own words; forms say so at their fields.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = (value for _name, values in request.GET.lists() for value in values)
        if not request.path.startswith("/api/") and any("\0" in text for text in (request.path, *asked)):
            raise BadRequest("NUL")
        return get_response(request)

    return middleware


def headers(get_response: GetResponse) -> GetResponse:
    """Ask for no powers of the browser, and let no shared machine keep a page of somebody signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
