"""The reader's language and theme: kept in a cookie, the language of somebody signed in with the person."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from clustermark.ground.texts import LANGUAGES
from clustermark.web.accounts.domain.profile import choose_language
from clustermark.web.site.context import THEMES

YEAR = 365 * 24 * 60 * 60


def _back(request: HttpRequest) -> HttpResponse:
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(to if safe else "/")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on."""
    response = _back(request)
    spoken = request.POST.get("language", "")
    if spoken in LANGUAGES:
        if request.user.is_authenticated:
            choose_language(user=request.user, language=spoken)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            spoken,
            max_age=YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Show pages light, dark, or as the device has it."""
    response = _back(request)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie(
            "theme", theme, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return response
