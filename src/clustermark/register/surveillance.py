"""Watching holders between award and renewal: what is due when, who is drawn, which changes ask for a review."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Literal

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Act, Certificate
from clustermark.register.life import end_of, state_on
from clustermark.schemes.surveillance import Surveillance
from clustermark.scoring.validity import add_months

NOT_LIVING = frozenset({"void", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Due:
    """Something due on a day for one certificate; `months` is how many before the end a reminder stands."""

    on: date
    certificate: str
    kind: Literal["look", "reminder", "end"]
    months: int | None = None


def calendar(certificate: Certificate, acts: Sequence[Act], rules: Surveillance) -> list[Due]:
    """Everything that is due for a certificate by its scheme, in the order of days: looks, reminders, the end.

    Looks are counted from the decision and never fall on or after the end. Nothing is due for a certificate that
    was withdrawn or voided, or whose dates are not known.
    """
    end = end_of(certificate, acts)
    start = certificate.decided_on or certificate.valid_from
    if end is None or start is None or state_on(certificate, acts, end) in NOT_LIVING:
        return []
    due = [Due(end, certificate.number, "end")]
    due += [
        Due(add_months(end, -months), certificate.number, "reminder", months)
        for months in rules.reminder_months
        if add_months(end, -months) > start
    ]
    due += [Due(day, certificate.number, "look") for day in _looks(start, end, rules.every_months)]
    return sorted(due, key=lambda item: (item.on, item.kind, item.months or 0))


def _looks(start: date, end: date, every: int | None) -> Iterator[date]:
    months = every
    while every is not None and months is not None and add_months(start, months) < end:
        yield add_months(start, months)
        months += every


def due_between(
    certificates: Iterable[tuple[Certificate, Sequence[Act]]], rules: Surveillance, first: date, last: date
) -> list[Due]:
    """What is due from `first` to `last`, both included: a job that missed a day loses nothing by asking for more."""
    found = [due for item, acts in certificates for due in calendar(item, acts, rules)]
    return sorted(
        (due for due in found if first <= due.on <= last), key=lambda due: (due.on, due.certificate)
    )


def draw(
    certificates: Iterable[Certificate], rules: Surveillance, *, seed: str, year: int
) -> list[Certificate]:
    """Who is looked at this year by lot: `draw_percent` of the certificates, rounded up; in the order drawn.

    Each certificate's lot is SHA-256 of ``SEED/YEAR/NUMBER``; the lowest are drawn. So anyone who knows the seed can
    repeat the draw, the order of the list does not matter, and a certificate more changes nobody else's lot.
    """
    if rules.draw_percent is None:
        return []
    lots = sorted(certificates, key=lambda item: (_lot(seed, year, item.number), item.number))
    return lots[: ceil(Fraction(rules.draw_percent) * len(lots) / 100)]


def _lot(seed: str, year: int, number: str) -> bytes:
    return hashlib.sha256(f"{seed}/{year}/{number}".encode()).digest()


def asks_for_review(rules: Surveillance, change: str) -> bool:
    """Whether a reported change of this kind triggers a review; ProblemsError for a kind the scheme does not have."""
    for item in rules.changes:
        if item.change == change:
            return item.review
    problem = Problem(
        "change-unknown",
        _("The scheme does not have this kind of change."),
        Place("change"),
        found=change,
        allowed=", ".join(item.change for item in rules.changes) or _("none"),
    )
    raise ProblemsError([problem])


def reviews_open(acts: Sequence[Act], rules: Surveillance) -> list[Act]:
    """The reported changes that asked for a review and have not been looked at since (`surveillance_done`)."""
    waiting: list[Act] = []
    for act in acts:
        if act.kind == "surveillance_done":
            waiting = []
        elif act.kind == "report_change" and act.change is not None and asks_for_review(rules, act.change):
            waiting.append(act)
    return waiting


def suspensions_overdue(certificate: Certificate, acts: Sequence[Act], day: date) -> bool:
    """Whether the certificate is suspended on a day and the term of the suspension is over: the owner has to act."""
    if state_on(certificate, acts, day) != "suspended":
        return False
    latest = [act for act in acts if act.kind == "suspend" and act.on <= day][-1]
    return latest.until is not None and latest.until < day
