"""Pages of refusal, in the frame where it still stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """A form without a valid token: expired session or another site; what was typed is still in the browser."""
    return render(request, "site/errors/forged.html", status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not allowed; `exception` carries the sentence that says why."""
    return render(request, "site/errors/403.html", {"reason": str(exception)}, status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """No such page, or none that this person may know of."""
    return render(request, "site/errors/404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Too many attempts from one address or for one account."""
    return render(request, "site/errors/429.html", status=429)


def failed(request: HttpRequest) -> HttpResponse:
    """Our fault."""
    return render(request, "site/errors/500.html", status=500)
