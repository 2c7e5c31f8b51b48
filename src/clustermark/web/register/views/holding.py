"""The holder's own page: consent to show points, changes to report, participants to confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clustermark.casework.policy import Subject, decide
from clustermark.ground.problems import ProblemsError
from clustermark.ground.texts import local
from clustermark.register.entries import Act
from clustermark.register.life import IN_FORCE
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.views.page import by_of
from clustermark.web.register.domain.acting import may_award
from clustermark.web.register.domain.consenting import give_consent, withdraw_consent
from clustermark.web.register.domain.living import report_change
from clustermark.web.register.domain.participating import state_participation
from clustermark.web.register.domain.recording import scheme_of_award
from clustermark.web.register.forms.office import ChangeForm, ParticipationForm
from clustermark.web.register.models import Award, Consent, Participation
from clustermark.web.register.queries.certificates import CertificatePage
from clustermark.web.register.queries.duties import duties_of
from clustermark.web.register.queries.ending import Ending, ending_of, renewals_of
from clustermark.web.register.queries.tasks import renewal_start
from clustermark.web.register.views.office import problems_on


def _award(request: HttpRequest, number: str) -> tuple[Award, Person]:
    award = get_object_or_404(
        Award.objects.select_related("cluster", "case").filter(cluster__isnull=False), number=number
    )
    by = by_of(request)
    if not may_award(by, "certificate.report_change", award):
        raise Http404
    return award, by


def _change_form(award: Award, data: Any = None) -> ChangeForm | None:
    scheme = scheme_of_award(award)
    if scheme is None or scheme.surveillance is None or not scheme.surveillance.changes:
        return None
    reviewed = _("%(change)s (the secretariat reviews it)")
    choices = [
        (one.change, reviewed % {"change": local(one.title)} if one.review else local(one.title))
        for one in scheme.surveillance.changes
    ]
    return ChangeForm(choices, data)


def _stopped(shown: CertificatePage) -> Act | None:
    """The act by which the certificate is suspended, withdrawn or void; the holder is told its reason."""
    kind = {"suspended": "suspend", "withdrawn": "withdraw", "void": "void"}.get(shown.state)
    return next((act for act in shown.acts[::-1] if act.kind == kind), None)


def _ending(award: Award, shown: CertificatePage) -> Ending | None:
    """What is to be told of the end and the renewal; nothing where it cannot be renewed by the state it is in."""
    if shown.renewed_by or shown.state not in IN_FORCE | {"expired"}:
        return None
    return ending_of(award, shown.acts, scheme_of_award(award), renewals_of([award]))


@login_required
def holding(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate as its holder sees it; with POST, a change is reported."""
    award, by = _award(request, number)
    form = _change_form(award, request.POST or None)
    if request.method == "POST" and form is not None and form.is_valid():
        with problems_on(form):
            review = report_change(award=award, by=by, **form.cleaned_data)
            text = _("Reported. The secretariat will look into it.") if review else _("Reported.")
            messages.success(request, text)
            return redirect("holding", number)
    shown = CertificatePage(award, today())
    subject = Subject(kind="cluster", organisation=award.cluster.organisation_id if award.cluster else None)
    context = {
        "award": award,
        "shown": shown,
        "ending": _ending(award, shown),
        "renewal_start": renewal_start(award) if decide(by.actor, "case.start", subject) else "",
        "form": form,
        "consent": Consent.objects.filter(award=award, withdrawn_on=None).first(),
        "may_consent": bool(may_award(by, "certificate.consent", award)),
        "duties": duties_of(award, shown.acts),
        "stopped": _stopped(shown),
    }
    return render(request, "register/holding.html", context, status=422 if form and form.errors else 200)


@login_required
@require_POST
def consent(request: HttpRequest, number: str) -> HttpResponse:
    """Give the consent, or take it back."""
    award, by = _award(request, number)
    try:
        if "withdraw" in request.POST:
            withdraw_consent(award=award, by=by)
            messages.success(request, _("The points are not shown any more."))
        else:
            give_consent(award=award, by=by)
            messages.success(request, _("The points of this certificate are shown now."))
    except ProblemsError as error:  # said already, in another tab
        for problem in error.problems:
            messages.error(request, problem.message)
    return redirect("holding", number)


@login_required
def participants(request: HttpRequest, number: str) -> HttpResponse:
    """Participants whom the cluster confirms, and the links by which they confirm."""
    award, by = _award(request, number)
    assert award.cluster is not None  # noqa: S101 - asked for when it was found
    form = ParticipationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            state_participation(cluster=award.cluster, by=by, **form.cleaned_data)
            messages.success(
                request, _("Stated. Send the participant its link, so that it confirms as well.")
            )
            return redirect("holding-participants", number)
    rows = Participation.objects.filter(cluster=award.cluster)
    subject = Subject(kind="cluster", organisation=award.cluster.organisation_id)
    context = {
        "award": award,
        "form": form,
        "rows": rows,
        "may_state": bool(decide(by.actor, "participation.state", subject)),
    }
    return render(request, "register/participants.html", context, status=422 if form.errors else 200)
