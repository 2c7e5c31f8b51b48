"""What the secretariat watches: certificates in force that were decided here, and what is due for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.db.models import QuerySet

from clustermark.register.entries import Act, Certificate
from clustermark.register.life import IN_FORCE, State, end_of, state_on
from clustermark.register.surveillance import calendar, reviews_open, suspensions_overdue
from clustermark.schemes.document import SchemeDocument
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case
from clustermark.web.register.models import Award, AwardAct
from clustermark.web.register.queries.documents import act_of, certificate_of
from clustermark.web.register.queries.ending import Ending, ending_of, renewals_of, schemes_by_digest
from clustermark.web.register.queries.renewing import RENEWED_OF_ACT

AHEAD = timedelta(days=92)
BACK = timedelta(days=366)


@dataclass(slots=True)
class Watched:
    """One certificate with what the secretariat has to do about it.

    `overdue` is the end of the term of a suspension that is over, `ending` tells of an end that is near.
    """

    award: Award
    state: State
    until: date | None
    looks: list[date] = field(default_factory=list)
    reviews: list[Act] = field(default_factory=list)
    overdue: date | None = None
    ending: Ending | None = None


def in_force_here() -> list[tuple[Award, Certificate]]:
    """Certificates in force today that rest on a scheme published here."""
    day = today()
    awards = Award.objects.filter(
        scheme_digest__isnull=False,
        spans__first__lte=day,
        spans__last__gte=day,
        spans__state__in=sorted(IN_FORCE),
    ).select_related("cluster")
    return [(award, certificate_of(award)) for award in awards.order_by("number")]


def watched() -> list[Watched]:
    """What is due, reported, overdue or ends soon, for certificates that live; two queries, a third for new schemes.

    Whatever was decided here has an act, so that the acts bring their certificates with them.
    """
    day = today()
    rows = (
        AwardAct.objects.filter(
            award__scheme_digest__isnull=False,
            award__spans__first__lte=day,
            award__spans__last__gte=day,
            award__spans__state__in=sorted(IN_FORCE | {"suspended"}),
        )
        .annotate(renewed=RENEWED_OF_ACT)
        .select_related("award")
        .order_by("award__number", "pk")
    )
    lives = [list(group) for _key, group in groupby(rows, key=lambda row: row.award_id)]
    awards = [life[0].award for life in lives]
    schemes, cases = schemes_by_digest(award.scheme_digest for award in awards), renewals_of(awards)
    found = []
    for life in lives:
        award = life[0].award
        acts = [act_of(row, award.number) for row in life]
        one = _watched(award, acts, schemes, day)
        if not getattr(life[0], "renewed", False) and one.state in IN_FORCE:
            one.ending = ending_of(award, acts, schemes.get(award.scheme_digest or ""), cases)
        found.append(one)
    return [one for one in found if one.looks or one.reviews or one.overdue or one.ending]


def _watched(award: Award, life: list[Act], schemes: Mapping[str, SchemeDocument], day: date) -> Watched:
    certificate = certificate_of(award)
    one = Watched(award, state_on(certificate, life, day), end_of(certificate, life))
    if suspensions_overdue(certificate, life, day):
        one.overdue = [act.until for act in life if act.kind == "suspend"][-1]
    scheme = schemes.get(award.scheme_digest or "")
    if scheme is not None and scheme.surveillance is not None:
        done = max((act.on for act in life if act.kind == "surveillance_done"), default=date.min)
        due = calendar(certificate, life, scheme.surveillance)
        one.looks = [
            item.on
            for item in due
            if item.kind == "look" and done < item.on and day - BACK < item.on <= day + AHEAD
        ]
        one.looks += _looks_noted(life)
        one.reviews = reviews_open(life, scheme.surveillance)
    return one


def _looks_noted(life: list[Act]) -> list[date]:
    """The days on which a look was said to be due, as far as nobody has looked since."""
    open_: list[date] = []
    for act in life:
        if act.kind == "surveillance_due":
            open_.append(act.on)
        elif act.kind == "surveillance_done":
            open_ = []
    return open_


def decided_without_certificate() -> QuerySet[Case]:
    """Cases whose decision is to award and whose certificate was not issued."""
    cases = Case.objects.filter(state__in=("decided", "closed"), award=None).exclude(decided_level="")
    return cases.select_related("cluster").order_by("decided_on", "pk")
