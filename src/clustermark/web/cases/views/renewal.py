"""What changed in a renewal against the dossier that the case before was decided on."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from clustermark.scoring.scorecard import IndicatorScore
from clustermark.web.cases.domain.importing import as_taken
from clustermark.web.cases.queries.changes import changes_between
from clustermark.web.cases.queries.dossiers import KEPT_APART, content_for_panel
from clustermark.web.cases.queries.scorecards import scorecard_of_content
from clustermark.web.cases.views.dossier import context_of, dossier_page


@dataclass(frozen=True, slots=True)
class Moved:
    """The value of one indicator by the cluster's claim: then and now."""

    score: IndicatorScore
    before: Decimal | int | None
    points: Decimal
    points_before: Decimal


@login_required
def renewal_changes(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Every indicator whose value changed, and every table, row and file that did."""
    page, shown = dossier_page(request, reference)
    previous = page.case.previous
    if previous is None:
        raise Http404
    before = content_for_panel(previous)
    then, _problems = scorecard_of_content(previous, before, view="claim")
    old = {score.code: score for score in then.indicators} if then else {}
    moved = [
        Moved(score, old[score.code].value, score.points, old[score.code].points)
        for score in (shown.card.indicators if shown.card else [])
        if score.code in old and old[score.code].value != score.value
    ]
    context = context_of(
        page,
        shown,
        "renewal",
        previous=previous,
        then=then,
        moved=moved,
        # claims are told with their indicators, evidence with its files
        changes=changes_between(as_taken(before), as_taken(shown.content), without=KEPT_APART - {"evidence"}),
    )
    return render(request, "cases/dossier/renewal.html", context)
