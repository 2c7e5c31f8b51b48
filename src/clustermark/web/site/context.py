"""What the frame of every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from clustermark.web.accounts.middleware import wants_second_factor
from clustermark.web.accounts.queries.actor import actor_of
from clustermark.web.site.navigation import navigation

THEMES = ("auto", "light", "dark")


def frame(request: HttpRequest) -> dict[str, Any]:
    """`actor`, whether a second factor is missing, `navigation`, `theme` and `languages` for templates.

    Asked of the database only where used.
    """
    theme = request.COOKIES.get("theme", "auto")
    links = SimpleLazyObject(lambda: navigation(request))
    return {
        "actor": SimpleLazyObject(lambda: actor_of(request)),
        "must_be_strong": SimpleLazyObject(lambda: wants_second_factor(actor_of(request))),
        "navigation": links,
        "navigation_more": SimpleLazyObject(lambda: [link for link in links if link.more]),
        "theme": theme if theme in THEMES else "auto",
        "languages": settings.LANGUAGES,
        "debug": settings.DEBUG,
    }
