"""What verifiers fetch: the key document and the signed status lists."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from clustermark.certificates.credential import MEDIA_TYPE
from clustermark.certificates.status import Purpose
from clustermark.ground.problems import ProblemsError
from clustermark.web.register.caching import public
from clustermark.web.register.queries.signing import keys_in_use, list_numbers, signed_list


@require_safe
@public(frame=False)
def did_document(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 - Django hands it over
    """The public keys of this issuer, at the place that `did:web` gives."""
    row = keys_in_use()
    if row is None:
        raise Http404
    return HttpResponse(row.document, content_type="application/did+json")


@require_safe
@public(frame=False)
def status_list(request: HttpRequest, purpose: Purpose, number: int | None = None) -> HttpResponseBase:
    """A signed status list of one purpose, the first without a number; 503 while there are no keys to sign with."""
    # the first list stands at one address alone
    if number is not None and (number == 1 or number not in list_numbers()):
        raise Http404
    try:
        token = signed_list(purpose, number or 1, at=request.head, now=timezone.now())  # type: ignore[attr-defined] # set by `public`
    except ProblemsError as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(token, content_type=f"application/{MEDIA_TYPE}")
