"""Where a person is signed in: each browser in plain words, ended one by one or all others at once."""

from __future__ import annotations

from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from clustermark.web.accounts.access import signed_in
from clustermark.web.accounts.browsers import in_words
from clustermark.web.site.numbers import whole_number


@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions, this one first; with POST the one named by `session` ends, without it every other one."""
    user = signed_in(request)
    if request.method == "POST":
        number = request.POST.get("session", "")
        if number:
            others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
            get_object_or_404(others, pk=whole_number(number)).end()
        else:
            end_other_sessions(request, user)
        messages.success(request, _("You are signed out there."))
        return redirect("usersessions_list")
    found = UserSession.objects.purge_and_list(user)
    rows = [(one, in_words(one.user_agent), one.session_key == request.session.session_key) for one in found]
    rows.sort(key=lambda row: (row[2], row[0].last_seen_at), reverse=True)
    context = {"sessions": rows}
    return render(request, "usersessions/usersession_list.html", context)
