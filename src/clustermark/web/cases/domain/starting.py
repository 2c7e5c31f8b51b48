"""Starts a case: a self-assessment that only the cluster sees until it submits it."""

from __future__ import annotations

from django.db import transaction

from clustermark.casework.policy import Allowed, Subject, decide
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.acting import Refused
from clustermark.web.cases.domain.importing import take_content
from clustermark.web.cases.models import Case, SchemeEdition
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.queries.scorecards import consensus_content
from clustermark.web.clusters.models import Cluster
from clustermark.web.log.writing import write


def start_case(
    *,
    cluster: Cluster,
    edition: SchemeEdition,
    by: Person,
    level: str = "",
    visit_form: str = Case.VisitForm.ON_SITE,
    language: str = "en",
    previous: Case | None = None,
) -> Case:
    """A new draft of `cluster`; with `previous` a renewal that starts from its dossier.

    Raises `Refused`, and `ProblemsError` when the scheme is not open or has no such level.
    """
    subject = Subject(kind="cluster", organisation=cluster.organisation_id)
    answer = decide(by.actor, "case.start", subject)
    if not isinstance(answer, Allowed):
        raise Refused(answer)
    levels = [one.level for one in scheme_of(edition).document.levels]
    place = Place(edition.scheme)
    if not edition.open:
        raise ProblemsError(
            [Problem("scheme-closed", _("This scheme version takes no applications."), place)]
        )
    if previous is not None and previous.cluster_id != cluster.pk:
        raise ProblemsError([Problem("previous-other", _("The case before is of another cluster."), place)])
    if level and level not in levels:
        message = _("The scheme has no such level.")
        raise ProblemsError(
            [Problem("level-unknown", message, place, found=level, allowed=", ".join(levels))]
        )
    with transaction.atomic():
        case = Case.objects.create(
            cluster=cluster,
            edition=edition,
            kind=Case.Kind.RENEWAL if previous else Case.Kind.FIRST,
            level=level or levels[-1],
            visit_form=visit_form,
            language=language,
            previous=previous,
            started_by=by.user,
        )
        facts = {"scheme": edition.digest}
        write(actor=by.user, role="cluster", act="start", subject=case.subject, facts=facts)
        if previous is not None:
            take_content(case=case, content=consensus_content(previous), by=by)
    return case
