"""Separation of duties: who may not sit on a panel or decide, and why. Refused, not warned.

An override exists for the rules marked so; it needs a reason and a second person of the secretariat, and
stands in the log and in the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clustermark.casework.policy import Denied
from clustermark.ground.texts import date_text
from clustermark.ground.texts import gettext as _
from clustermark.schemes.document import Panel
from clustermark.scoring.validity import add_months


@dataclass(frozen=True, slots=True)
class TieTo:
    """What connected a person with the cluster, from a day to a day (None: open)."""

    kind: Literal["employed", "advised", "interest"]
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class AccreditedFor:
    """An accreditation under one scheme."""

    scheme: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An expert as the rules see them.

    `is_expert`: whether they hold the role of an expert today; `acts_for_cluster`: a role for the cluster today.
    """

    user: int
    country: str
    accreditations: tuple[AccreditedFor, ...] = ()
    ties: tuple[TieTo, ...] = ()
    is_expert: bool = True
    acts_for_cluster: bool = False
    decides: bool = False


OVERRIDABLE = frozenset({"same-country", "cooling-off"})
"""Refusals that the secretariat may override with a reason and a second person."""


def why_not_seated(
    candidate: Candidate, *, panel: Panel, scheme: str, cluster_country: str, today: date
) -> Iterator[Denied]:
    """Every reason why `candidate` may not sit on the panel of a cluster's case; nothing when they may."""
    if not candidate.is_expert:
        yield Denied("not-expert", _("Does not hold the role of an expert today."))
    if candidate.acts_for_cluster or any(
        _lasts(tie, today) for tie in candidate.ties if tie.kind == "employed"
    ):
        yield Denied("works-for", _("Works for the cluster."))
    if any(_lasts(tie, today) for tie in candidate.ties if tie.kind == "advised"):
        yield Denied("advises", _("Advises the cluster."))
    if any(_lasts(tie, today) for tie in candidate.ties if tie.kind == "interest"):
        yield Denied("interest", _("Has declared an interest in the cluster."))
    for tie in candidate.ties:
        until = _cools_until(tie, panel.cooling_off_years, today)
        if until is not None and today < until:
            yield Denied(
                "cooling-off",
                _("Worked for or advised the cluster; may sit from {day} on.").format(day=date_text(until)),
            )
    if not panel.same_country_allowed and candidate.country == cluster_country:
        yield Denied("same-country", _("Comes from the cluster's country, which this scheme forbids."))
    if not any(
        one.scheme == scheme and one.starts_on <= today <= one.ends_on for one in candidate.accreditations
    ):
        yield Denied("not-accredited", _("Has no accreditation for this scheme that is valid today."))
    if candidate.decides:
        yield Denied("decides", _("Is a decision maker on this case."))


def _lasts(tie: TieTo, today: date) -> bool:
    return (tie.starts_on is None or tie.starts_on <= today) and (tie.ends_on is None or today <= tie.ends_on)


def _cools_until(tie: TieTo, years: int, today: date) -> date | None:
    """The first day on which a tie that has ended stands in the way no more."""
    if tie.kind == "interest" or tie.ends_on is None or tie.ends_on >= today:
        return None
    return add_months(tie.ends_on, 12 * years)


def last_administrator(*, leaving: int, administrators: frozenset[int]) -> Denied | None:
    """Why a right of administration may not end: somebody must be left to give it again."""
    if administrators - {leaving}:
        return None
    return Denied("last-administrator", _("The last administrator cannot give up this right."))
