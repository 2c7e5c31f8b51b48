"""Who belonged to whom: stated by the cluster, confirmed by both sides."""

from __future__ import annotations

from datetime import date
from typing import Any

from clustermark.casework.policy import Subject
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person, today
from clustermark.web.clusters.models import Cluster
from clustermark.web.log.writing import write
from clustermark.web.register.domain.acting import require
from clustermark.web.register.domain.recording import recording
from clustermark.web.register.models import Participation


def state_participation(
    *,
    cluster: Cluster,
    by: Person,
    participant_id: str,
    participant: str,
    joined_on: date,
    left_on: date | None = None,
) -> Participation:
    """The cluster states and confirms today that a participant belongs, or belonged, to it.

    Stating it again for the same first day confirms it anew, with the last day as it is known now. A participant that
    confirmed another name or an earlier last day is asked again.
    """
    require(by, "participation.state", _subject(cluster))
    if joined_on > today() or (left_on is not None and not joined_on < left_on <= today()):
        message = _("Days stand in their order, and none of them is still to come.")
        raise ProblemsError([Problem("days-order", message, Place(participant, field="joined_on"))])
    now: dict[str, Any] = {
        "participant": participant,
        "left_on": left_on,
        "cluster_confirmed_on": today(),
    }
    with recording():
        same: dict[str, Any] = {"cluster": cluster, "participant_id": participant_id, "joined_on": joined_on}
        before = Participation.objects.filter(**same).first()
        if before is not None and not _covers(before, participant, left_on):
            now["participant_confirmed_on"] = None
        row, made = Participation.objects.update_or_create(**same, defaults=now)
        write(
            actor=by.user,
            role="cluster",
            act="participation_stated",
            subject=f"cluster:{cluster.reference}",
            facts={"participation": row.pk, "new": made},
        )
    return row


def _covers(before: Participation, participant: str, left_on: date | None) -> bool:
    """Whether who confirmed what was stated before has confirmed this too."""
    longer = before.left_on is not None and (left_on is None or left_on > before.left_on)
    return before.participant == participant and not longer


def confirm_participation(*, token: str) -> Participation:
    """The participant confirms, today, by the secret link it was sent. Raises ProblemsError for an unknown link."""
    with recording():
        row = Participation.objects.select_for_update().filter(token=token).first()
        if row is None:
            message = _("This link is not known. Ask the cluster for a new one.")
            raise ProblemsError([Problem("token-unknown", message, Place("membership"))])
        row.participant_confirmed_on = today()
        row.save(update_fields=["participant_confirmed_on"])
        write(
            actor=None,
            role="participant",
            act="participation_confirmed",
            subject=f"participation:{row.pk}",
        )
    return row


def _subject(cluster: Cluster) -> Subject:
    return Subject(kind="cluster", organisation=cluster.organisation_id)
