"""Who may do what: `decide(actor, action, subject)`; whatever no rule allows is denied, with a reason.

Pages, exports, mails, the API and the command line ask here and nowhere else. A rule is a predicate of a few
lines over an `Actor` (grants on a day) and a `Subject` (plain facts of a case, cluster or list). Rules that
hold whatever the role (separation of duties, blindness) stand in `duties` and are asked by the rules here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from clustermark.ground.texts import gettext as _


class Role(StrEnum):
    """What a person can be for a body."""

    MANAGER = "manager"
    TEAM = "team"
    EXPERT = "expert"
    SECRETARIAT = "secretariat"
    DECIDER = "decider"
    AGENCY = "agency"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Granted:
    """A role for a body (`organisation`, its id), valid from a day to a day."""

    role: Role
    organisation: int
    starts_on: date
    ends_on: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is valid on `day`."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `id` of the user (None: nobody signed in), their grants, and the day it is.

    `strong` is whether they signed in with a second factor.
    """

    id: int | None
    today: date
    grants: tuple[Granted, ...] = ()
    strong: bool = True

    def roles(self) -> frozenset[Role]:
        """The roles that hold today."""
        return frozenset(grant.role for grant in self.grants if grant.holds(self.today))

    def is_(self, *roles: Role) -> bool:
        """Whether one of `roles` holds today, for whatever body."""
        return not self.roles().isdisjoint(roles)

    def acts_for(self, organisation: int | None, *roles: Role) -> bool:
        """Whether one of `roles` holds today for this body."""
        return organisation is not None and any(
            grant.role in roles and grant.organisation == organisation and grant.holds(self.today)
            for grant in self.grants
        )


NOBODY = Actor(id=None, today=date.min)


@dataclass(frozen=True, slots=True)
class SeatOf:
    """A seat of the panel, as far as access depends on it."""

    user: int
    state: str
    declared_free: bool
    submitted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is acted on. A case has all fields; a cluster or a list leaves those of a case alone.

    `organisation` is the cluster organisation; `state` the state of the case; `private` a self-assessment;
    `seats` its panel; `assessed_by`, `decided_by` users who took part; `owner` the author of a note or draft.
    """

    kind: str
    organisation: int | None = None
    state: str | None = None
    private: bool = False
    seats: tuple[SeatOf, ...] = ()
    assessed_by: frozenset[int] = frozenset()
    decided_by: frozenset[int] = frozenset()
    tied: frozenset[int] = frozenset()
    owner: int | None = None
    region_of: frozenset[int] = field(default=frozenset())

    def seat(self, user: int | None) -> SeatOf | None:
        """The seat of this user on the panel; a vacated one is none."""
        return next((seat for seat in self.seats if seat.user == user and seat.state != "vacated"), None)

    @property
    def all_submitted(self) -> bool:
        """Whether every seated expert has submitted their ratings."""
        seated = [seat for seat in self.seats if seat.state == "seated"]
        return bool(seated) and all(seat.submitted for seat in seated)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """No; `reason` is a full sentence for the person who asked; `code` is stable."""

    code: str
    reason: str

    def __bool__(self) -> bool:
        return False


Answer = Allowed | Denied
Rule = Callable[[Actor, Subject], Answer]
ALLOWED = Allowed()


def decide(actor: Actor, action: str, subject: Subject) -> Answer:
    """Whether `actor` may do `action` to `subject`, and why not.

    >>> decide(NOBODY, "case.view", Subject(kind="case")).code
    'not-signed-in'
    """
    from clustermark.casework.permissions import PERMISSIONS  # noqa: PLC0415 - the table is made of this module's parts

    rule = PERMISSIONS.get(action)
    if rule is None:
        return Denied("action-unknown", _("There is no such act; what is not allowed is denied."))
    if actor.id is None:
        return Denied("not-signed-in", _("Sign in to do this."))
    return rule(actor, subject)


STRANGER = frozenset(
    f"not-{side}"
    for side in ("applicant", "manager", "secretariat", "administrator", "decider", "on-panel", "agency")
)
"""Codes of refusals that say no more than that somebody else may do it."""


def any_of(*rules: Rule) -> Rule:
    """Allowed when one of `rules` allows it; else the first reason that is about the one who asks, else the last."""

    def rule(actor: Actor, subject: Subject) -> Answer:
        refusals = []
        for one in rules:
            answer = one(actor, subject)
            if isinstance(answer, Allowed):
                return answer
            refusals.append(answer)
        return next((denied for denied in refusals if denied.code not in STRANGER), refusals[-1])

    return rule


def all_of(*rules: Rule) -> Rule:
    """Allowed when every one of `rules` allows it; else the reason of the first that does not."""

    def rule(actor: Actor, subject: Subject) -> Answer:
        return next((answer for one in rules if not (answer := one(actor, subject))), ALLOWED)

    return rule


def permitted(actor: Actor, actions: Iterable[str], subject: Subject) -> frozenset[str]:
    """Those of `actions` that are allowed."""
    return frozenset(action for action in actions if decide(actor, action, subject))
