"""A case at a glance: where it stands, who acts next and by when, what the one who asks can do."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clustermark.web.cases.queries.subjects import subject_of
from clustermark.web.cases.views.page import CasePage, case_page


@login_required
def overview(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """The overview of a case; a proposed expert declares first."""
    page = case_page(request, reference, "case.view", tab="overview")
    seat = subject_of(page.case).seat(page.by.actor.id)
    if seat is not None and not seat.declared_free:
        return redirect("declare", reference)
    context = {
        "page": page,
        "case": page.case,
        "next_words": _next(page),
        "dossier_words": _dossier(page),
    }
    return render(request, "cases/overview.html", context)


def _next(page: CasePage) -> str:
    """Who acts next, in words for the one who asks; nothing where nobody does any more."""
    side = page.state.acts_next
    if side == "cluster":
        return _("It is your turn.") if page.is_applicant else _("It is the cluster's turn.")
    return {
        "secretariat": _("It is the secretariat's turn."),
        "experts": _("It is the experts' turn."),
        "committee": _("It is the committee's turn."),
    }.get(side, "")


def _dossier(page: CasePage) -> str:
    if not page.may("dossier.view"):
        return ""
    return (
        _("Go on with the dossier") if page.may("dossier.edit") else _("See the dossier as it was handed in")
    )
