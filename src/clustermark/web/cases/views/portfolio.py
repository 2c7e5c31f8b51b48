"""An agency's portfolio: its clusters with level, validity and gaps."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clustermark.casework.policy import Denied, Role, decide
from clustermark.ground.texts import gettext as _
from clustermark.web.cases.domain.acting import Refused
from clustermark.web.cases.queries.portfolio import agencies_of, clusters_of, holdings, portfolio_subject
from clustermark.web.cases.views.page import by_of

PAGE = 20


@login_required
def portfolio(request: HttpRequest) -> HttpResponse:
    """The clusters that the agency looks after; nothing that was not decided."""
    by = by_of(request)
    if not by.actor.is_(Role.AGENCY):
        raise Refused(Denied("not-agency", _("Only the agency that looks after this cluster may do this.")))
    agencies = agencies_of(by.actor)
    name = request.GET.get("name", "").strip()
    page = Paginator(clusters_of(agencies, name=name), PAGE).get_page(request.GET.get("page"))
    shown = [
        cluster
        for cluster in page.object_list
        if decide(by.actor, "portfolio.view", portfolio_subject(cluster, agencies))
    ]
    context = {"page": page, "agencies": agencies, "name": name, "rows": holdings(shown)}
    return render(request, "cases/portfolio.html", context)
