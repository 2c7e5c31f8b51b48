"""A cluster: its cases, its self-assessments, and how a new one is started."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clustermark.casework.policy import Role, decide
from clustermark.ground.problems import ProblemsError
from clustermark.web.cases.domain.starting import start_case
from clustermark.web.cases.models import Case, SchemeEdition
from clustermark.web.cases.queries.portfolio import lives_of, valid_today
from clustermark.web.cases.queries.scorecards import claim_card
from clustermark.web.cases.views.page import by_of
from clustermark.web.cases.views.typed import keeps_typed, typed_before
from clustermark.web.clusters.forms.start import StartForm
from clustermark.web.clusters.models import Cluster
from clustermark.web.clusters.queries.mine import OVER, cases_of, clusters_of, standing_of
from clustermark.web.clusters.queries.subjects import subject_of_cluster


@login_required
def clusters(request: HttpRequest) -> HttpResponse:
    """The clusters that the one who asks acts for; the only one is shown at once."""
    found = list(clusters_of(by_of(request).actor))
    if len(found) == 1:
        return redirect("cluster", found[0].reference)
    return render(request, "clusters/list.html", {"clusters": found})


@keeps_typed
def cluster(request: HttpRequest, reference: uuid.UUID) -> HttpResponseBase:
    """A cluster's home: running cases, self-assessments, earlier cases; with POST a new case is started."""
    by = by_of(request)
    found = Cluster.objects.select_related("organisation").filter(reference=reference).first()
    if found is None or not decide(by.actor, "cluster.view", subject_of_cluster(found)):
        raise Http404
    may_start = bool(decide(by.actor, "case.start", subject_of_cluster(found)))
    page = cases_of(found, drafts=may_start, page=request.GET.get("page"))
    lines, (working, decided) = page.object_list, standing_of(found)
    form = None
    if may_start:
        editions = SchemeEdition.objects.filter(open=True)
        bound = request.POST if request.method == "POST" else typed_before(request)
        form = StartForm(editions, decided, bound, initial=_renewing(request, decided))
        if request.method == "POST" and form.is_valid():
            try:
                case = start_case(cluster=found, by=by, **form.wanted())
            except ProblemsError as error:
                for problem in error.problems:
                    form.add_error(None, problem.message)
            else:
                messages.success(
                    request,
                    _("The self-assessment was started. Only your own people see it until you submit it."),
                )
                return redirect("dossier", case.reference)
    card = claim_card(working)[0] if working and may_start else None
    held = next((case for case in decided if case.decided_level), None)
    decision = held.decisions.last() if held else None
    valid, until = (
        valid_today(decision, lives_of([held]).get(held.pk, ())) if held and decision else (False, None)
    )
    context = {
        "cluster": found,
        "page": page,
        "running": [line for line in lines if line.case.state not in OVER and line.case.state != "draft"],
        "drafts": [line for line in lines if line.case.state == "draft"],
        "over": [line for line in lines if line.case.state in OVER],
        "held": held,
        "valid": valid,
        "until": until,
        "working": working,
        "card": card,
        "form": form,
        "linked": by.actor.is_(Role.MANAGER, Role.TEAM, Role.SECRETARIAT),
    }
    return render(request, "clusters/home.html", context, status=422 if form and form.errors else 200)


def _renewing(request: HttpRequest, decided: list[Case]) -> dict[str, str]:
    """What is chosen beforehand when the address names the case to renew."""
    asked = next((case for case in decided if str(case.reference) == request.GET.get("renew")), None)
    if asked is None:
        return {}
    return {
        "previous": str(asked.reference),
        "aim": f"{asked.edition_id}:{asked.decided_level or asked.level}",
        "visit_form": asked.visit_form,
        "language": asked.language,
    }
