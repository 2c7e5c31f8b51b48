"""A case at a glance: where it stands, who acts next and by when, what the one who asks can do."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clustermark.web.cases.queries.subjects import subject_of
from clustermark.web.cases.views.page import case_page


@login_required
def overview(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The overview of a case; a proposed expert declares first."""
    page = case_page(request, reference, "case.view", tab="overview")
    seat = subject_of(page.case).seat(page.by.actor.id)
    if seat is not None and not seat.declared_free:
        return redirect("declare", reference)
    return render(request, "cases/overview.html", {"page": page, "case": page.case})
