"""What somebody typed before they had to sign in again: to be sent now, or left."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clustermark.web.site import typist
from clustermark.web.site.kept import KEY, shown


@login_required
def kept(request: HttpRequest) -> HttpResponse:
    """The kept form; with POST it is forgotten, and the page where it was typed opens."""
    found = typist.kept(request, KEY)
    if found is None:
        return redirect("start")
    if request.method == "POST":
        del request.session[KEY]
        return redirect(found["page"])
    return render(request, "site/kept.html", {"kept": found, "fields": shown(found)})
