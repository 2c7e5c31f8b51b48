"""What people think of each other's work, after the decision; the secretariat alone reads it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from clustermark.casework.policy import Denied
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.acting import Refused, locked, note, require
from clustermark.web.cases.models import Feedback, Seat

OF_PANEL = ("prepared", "fair", "clear", "useful")
OF_DOSSIER = ("complete", "clear", "evidenced", "honest")
AFTER = frozenset({"decided", "appealed", "closed"})


def give_feedback(*, seat: Seat, by: Person, marks: Mapping[str, int], text: str = "") -> Feedback:
    """The cluster rates the work of the expert on `seat`; that expert rates the dossier. 1 to 5 each."""
    from_cluster = seat.expert_id != by.user.pk
    allowed = OF_PANEL if from_cluster else OF_DOSSIER
    place = Place(f"seat:{seat.pk}", field="marks")
    if set(marks) != set(allowed) or not all(1 <= value <= 5 for value in marks.values()):
        message = _("Each point gets a mark from 1 to 5.")
        raise ProblemsError([Problem("marks", message, place, allowed=", ".join(allowed))])
    with transaction.atomic():
        case = locked(seat.case)
        require(by, "feedback.rate_expert" if from_cluster else "feedback.rate_dossier", case)
        if case.state not in AFTER or seat.state != Seat.State.SEATED:
            raise Refused(Denied("wrong-state", _("The case is not at the stage where this is done.")))
        if Feedback.objects.filter(seat=seat, from_cluster=from_cluster).exists():
            raise Refused(Denied("given", _("You have given this already.")))
        given = Feedback.objects.create(
            case=case, seat=seat, from_cluster=from_cluster, marks=dict(marks), text=text, given_by=by.user
        )
        role = "cluster" if from_cluster else "expert"
        note(case=case, act="give_feedback", by=by, role=role, facts={"expert": str(seat.expert.reference)})
    return given
