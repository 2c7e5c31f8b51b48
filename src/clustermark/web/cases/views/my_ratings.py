"""All my ratings of a case: what is done, what is missing, and after submission the seal."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clustermark.web.cases.queries.workspace import groups_of, items_of, missing_of, own_seal, own_seat
from clustermark.web.cases.views.page import case_page


@login_required
def my_ratings(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The overview of my ratings."""
    page = case_page(request, reference, "rating.view_own", tab="work")
    seat = own_seat(page.case, page.by)
    items = items_of(page.case, seat)
    context = {
        "page": page,
        "case": page.case,
        "seat": seat,
        "groups": groups_of(page.scheme, items),
        "done": sum(item.progress == "rated" for item in items),
        "all": len(items),
        "first": next((item.code for item in items if item.progress != "rated"), None),
        "missing": missing_of(page.case, page.by, items),
        "seal": own_seal(seat) if seat.submitted_at else None,
        "may_edit": page.may("rating.edit"),
        "may_submit": page.may("rating.submit"),
    }
    return render(request, "cases/my_ratings.html", context)
