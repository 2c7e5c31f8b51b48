"""The page behind the QR code, and the files of a certificate."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from clustermark.certificates.badge import MAX_WIDTH, MIN_WIDTH, badge_svg
from clustermark.certificates.credential import MEDIA_TYPE
from clustermark.ground.texts import current_language
from clustermark.register.feeds import certificate_description, script_text
from clustermark.web.accounts.people import today
from clustermark.web.files.serving import serve
from clustermark.web.register.caching import public
from clustermark.web.register.models import IssuedFile
from clustermark.web.register.queries.certificates import CertificatePage, certificate_page
from clustermark.web.register.queries.signing import site_address
from clustermark.web.register.queries.whole import marks, notice_of, register_of
from clustermark.web.register.views.day import asked_day

BADGE_WIDTH = 240


def found(number: str, request: HttpRequest) -> CertificatePage:
    """The certificate of the address, on the day that is asked for; Http404 where there is none."""
    page = certificate_page(number, asked_day(request))
    if page is None:
        raise Http404
    return page


@require_safe
@public()
def certificate(request: HttpRequest, number: str) -> HttpResponseBase:
    """What stands behind the QR code: the state today or on a day, the history, the files."""
    page = found(number, request)
    address = site_address()
    told = certificate_description(
        page.certificate,
        register_of(notice_of(marks()), [page.certificate], page.acts),
        as_of=today(),
        site=f"{address}/register",
        owner=page.record.scheme.title.get("en", "") if page.record else "",
    )
    snippet = (
        f'<a href="{address}{reverse("certificate", args=[number])}">'
        f'<img src="{address}{reverse("badge", args=[number])}" width="{BADGE_WIDTH}" '
        f'alt="{page.award.level}, {number}"></a>'
    )
    context = {
        "shown": page,
        "award": page.award,
        "today": today(),
        "is_today": page.day == today(),
        "notice": notice_of(marks()),
        "described": script_text(told),
        "snippet": snippet if page.record else "",
    }
    return render(request, "register/certificate.html", context)


@require_safe
@public(frame=False)
def certificate_pdf(request: HttpRequest, number: str, language: str) -> HttpResponseBase:
    """The signed PDF in one of its languages."""
    file = _file(found(number, request), language)
    return serve(file.pdf, f"{number}-{language}.pdf", download=True)


@require_safe
@public(frame=False)
def certificate_token(request: HttpRequest, number: str) -> HttpResponseBase:
    """The credential (VC-JWT)."""
    file = _file(found(number, request), "")
    response = HttpResponse(file.token, content_type=f"application/{MEDIA_TYPE}")
    response.headers["Content-Disposition"] = f'attachment; filename="{number}.jwt"'
    return response


def _file(page: CertificatePage, language: str) -> IssuedFile:
    for file in page.files:
        if language in {"", file.language}:
            return file
    raise Http404


@require_safe
@public(frame=False)
def badge(request: HttpRequest, number: str) -> HttpResponseBase:
    """The badge with the state of today; `?width=` in pixels."""
    page = found(number, request)
    if page.record is None:
        raise Http404
    asked = request.GET.get("width", "")
    width = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else BADGE_WIDTH
    state = page.state
    svg = badge_svg(
        page.record,
        language=current_language(),
        width=min(max(width, MIN_WIDTH), MAX_WIDTH),
        state=None if page.in_force else state,
    )
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    # a picture on other people's pages: nothing in it may run or load
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
