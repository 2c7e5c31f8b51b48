"""On this date, who held what; and proof that a participant belonged to a cluster on a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from clustermark.ground.documents import Document
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import date_text
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Register, Word
from clustermark.register.life import IN_FORCE
from clustermark.register.rows import EVERYTHING, Row, Scope, rows_on


def held_on(
    register: Register,
    day: date,
    *,
    known_on: date | None = None,
    holder_id: str | None = None,
    scope: Scope = EVERYTHING,
) -> list[Row]:
    """The certificates in force on a day, by holder.

    By default as the register knew it on that day; `known_on` asks with later knowledge, by which a void award
    never was and a renewal in the grace period left no gap.
    """
    found = rows_on(register, day=day, known_on=known_on or day, scope=scope)
    held = [row for row in found if row.state in IN_FORCE and holder_id in (None, row.holder_id)]
    return sorted(held, key=lambda row: (row.holder.casefold(), row.level, row.number))


@dataclass(frozen=True, slots=True)
class Participation:
    """What the records say of a participant in a cluster; confirmations are null until they are given.

    `left_on` is the first day on which the participant belonged no more.
    """

    participant_id: str
    participant: str
    cluster_id: str
    cluster: str
    joined_on: date
    left_on: date | None = None
    cluster_confirmed_on: date | None = None
    participant_confirmed_on: date | None = None


class MembershipStatement(Document):
    """That a participant belonged to a cluster on a day, confirmed by both; `certificates.membership` signs it."""

    format: Literal["clustermark-membership/1"] = "clustermark-membership/1"
    participant_id: Word
    participant: Word
    cluster_id: Word
    cluster: Word
    on: date
    joined_on: date
    cluster_confirmed_on: date
    participant_confirmed_on: date
    certificates: Annotated[
        list[str], Field(description="Numbers of the cluster's certificates in force that day.")
    ]
    stated_on: date


def prove_membership(
    participation: Participation, *, on: date, stated_on: date, register: Register | None = None
) -> MembershipStatement:
    """The statement that the participant belonged to the cluster `on` a day, with what the cluster held then.

    Raises ProblemsError with everything that stands against it: not yet or no longer a participant, a
    confirmation that is missing or given before the day, a day that is still to come.
    """
    problems = list(_against(participation, on, stated_on))
    if problems:
        raise ProblemsError(problems)
    held = held_on(register, on, known_on=stated_on, holder_id=participation.cluster_id) if register else []
    return MembershipStatement(
        participant_id=participation.participant_id,
        participant=participation.participant,
        cluster_id=participation.cluster_id,
        cluster=participation.cluster,
        on=on,
        joined_on=participation.joined_on,
        cluster_confirmed_on=participation.cluster_confirmed_on or on,
        participant_confirmed_on=participation.participant_confirmed_on or on,
        certificates=[row.number for row in held],
        stated_on=stated_on,
    )


def _against(participation: Participation, on: date, stated_on: date) -> Iterable[Problem]:
    place = Place(f"{participation.participant} – {participation.cluster}")
    if on > stated_on:
        yield Problem(
            "day-to-come", _("Nobody can confirm a day that is still to come."), place, date_text(on)
        )
    if on < participation.joined_on:
        message = _("The participant did not belong to the cluster yet.")
        yield Problem(
            "not-yet-participant", message, place, date_text(on), date_text(participation.joined_on)
        )
    if participation.left_on is not None and on >= participation.left_on:
        message = _("The participant did not belong to the cluster any more.")
        yield Problem("participant-left", message, place, date_text(on))
    confirmed = {
        "cluster": (participation.cluster_confirmed_on, _("The cluster has not confirmed this day.")),
        "participant": (
            participation.participant_confirmed_on,
            _("The participant has not confirmed this day."),
        ),
    }
    for who, (day, message) in confirmed.items():
        if day is None or not on <= day <= stated_on:
            found = None if day is None else date_text(day)
            yield Problem(f"{who}-unconfirmed", message, place, found)
