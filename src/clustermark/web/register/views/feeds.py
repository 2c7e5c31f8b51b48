"""The register for machines that follow it: Atom, sitemaps, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from clustermark.register.feeds import atom
from clustermark.web.accounts.people import today
from clustermark.web.register.caching import public
from clustermark.web.register.models import Award
from clustermark.web.register.queries.newest import newest_acts
from clustermark.web.register.queries.signing import site_address

IN_A_FILE = 20_000
"""Addresses in one sitemap; the protocol allows 50,000."""
XML = "application/xml; charset=utf-8"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PAGES = ("register", "register-map", "statistics", "membership", "verify", "transparency")


@require_safe
@public(frame=False)
def feed(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 - Django hands it over
    """The newest public acts."""
    made = atom(newest_acts(), as_of=today(), site=f"{site_address()}/register")
    return HttpResponse(made, content_type="application/atom+xml; charset=utf-8")


@require_safe
@public(frame=False)
def sitemap_index(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 - Django hands it over
    """The list of sitemaps: one of the pages, and one for every so many certificates."""
    files = -(-Award.objects.count() // IN_A_FILE)
    places = [reverse("sitemap", args=[part]) for part in range(files + 1)]
    return _xml("sitemapindex", "sitemap", places)


@require_safe
@public(frame=False)
def sitemap(request: HttpRequest, part: int) -> HttpResponseBase:  # noqa: ARG001 - Django hands it over
    """The pages of the register (part 0), or one lot of certificates."""
    if part == 0:
        return _xml("urlset", "url", [reverse(name) for name in PAGES])
    numbers = Award.objects.order_by("pk").values_list("number", flat=True)
    lot = list(numbers[(part - 1) * IN_A_FILE : part * IN_A_FILE])
    if not lot:
        raise Http404
    return _xml("urlset", "url", [f"/register/{number}/" for number in lot])


def _xml(root: str, item: str, places: Iterable[str]) -> HttpResponse:
    address = site_address()
    lines = "".join(f"<{item}><loc>{escape(address + place)}</loc></{item}>\n" for place in places)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {SPACE}>\n{lines}</{root}>\n'
    return HttpResponse(text, content_type=XML)


@require_safe
@public(frame=False)
def robots(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 - Django hands it over
    """What is public is open to all; the rest is nobody's to read."""
    text = (
        "User-agent: *\nDisallow: /account/\nDisallow: /cases/\nDisallow: /office/\n"
        f"Sitemap: {site_address()}{reverse('sitemap-index')}\n"
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
