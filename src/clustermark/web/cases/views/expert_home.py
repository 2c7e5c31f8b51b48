"""The expert's own page: cases by what is to be done, accreditations, the record."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from clustermark.casework.policy import Denied, Role
from clustermark.web.cases.domain.acting import Refused
from clustermark.web.cases.queries.expert_home import accreditations_of, home_of
from clustermark.web.cases.views.page import by_of


@login_required
def expert_home(request: HttpRequest) -> HttpResponse:
    """My cases, my accreditations."""
    by = by_of(request)
    if not by.actor.is_(Role.EXPERT):
        raise Refused(Denied("not-expert", _("This page is for experts.")))
    context = {"home": home_of(by), "accreditations": accreditations_of(by)}
    return render(request, "cases/expert_home.html", context)
