"""The secretariat's check of an application: gates of the scheme, completeness, then admit or return."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clustermark.web.cases.queries.eligibility import eligibility_of
from clustermark.web.cases.views.page import case_page


@login_required
def eligibility(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Which gates are met, what the dossier holds, and what can be done."""
    page = case_page(request, reference, "case.admit", tab="eligibility")
    context = {
        "page": page,
        "case": page.case,
        "check": eligibility_of(page.case),
        "acts": page.acts_named("admit", "return"),
    }
    return render(request, "cases/eligibility.html", context)
