"""To the provider of single sign-on and back: allauth's own steps, with what they leave open."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required  # type: ignore[untyped-decorator]  # allauth publishes no types
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the provider, by a page of ours that goes on by itself.

    A redirect in answer to the form would be refused: our policy lets forms end at this site (`form-action 'self'`),
    and browsers hold every redirect that follows to it, also those by which a provider hands on to another.
    """
    answer = _asking(request, lambda: views.login(request, provider_id))
    if answer.status_code != 302:
        return answer
    where = answer.headers["Location"]
    page = render(request, "accounts/leaving.html", {"where": where})
    page.headers["Refresh"] = f"0;url={where}"
    return page


@login_not_required  # type: ignore[untyped-decorator]  # as above
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The provider has sent the browser back, with a code or with a refusal."""
    return _asking(request, lambda: views.callback(request, provider_id))


def _asking(request: HttpRequest, step: Callable[[], HttpResponse]) -> HttpResponse:
    """The step's answer; a page that says so where the provider cannot be reached or answers nonsense."""
    try:
        return step()
    except OSError:  # of which every error of requests is one
        return render(request, "socialaccount/authentication_error.html", {"unreachable": True}, status=503)
