"""What the secretariat watches: certificates in force that were decided here, and what is due for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet

from clustermark.register.entries import Act, Certificate
from clustermark.register.life import IN_FORCE, State, end_of, state_on
from clustermark.register.surveillance import calendar, reviews_open, suspensions_overdue
from clustermark.schemes.document import SchemeDocument
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case, SchemeEdition
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.register.models import Award
from clustermark.web.register.queries.documents import act_of, acts_by_award, certificate_of

AHEAD = timedelta(days=92)
BACK = timedelta(days=366)


@dataclass(slots=True)
class Watched:
    """One certificate with what the secretariat has to do about it."""

    award: Award
    state: State
    until: date | None
    looks: list[date] = field(default_factory=list)
    reviews: list[Act] = field(default_factory=list)
    overdue: bool = False


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
    """What is due, reported or overdue, for certificates that live; a fixed number of queries."""
    day = today()
    awards = list(
        Award.objects.filter(
            scheme_digest__isnull=False,
            spans__first__lte=day,
            spans__last__gte=day,
            spans__state__in=sorted(IN_FORCE | {"suspended"}),
        ).order_by("number")
    )
    acts = acts_by_award(award.pk for award in awards)
    schemes = _schemes()
    found = [
        _watched(award, [act_of(row, award.number) for row in acts.get(award.pk, ())], schemes, day)
        for award in awards
    ]
    return [one for one in found if one.looks or one.reviews or one.overdue or _ends_soon(one, day)]


def _watched(award: Award, life: list[Act], schemes: dict[str, SchemeDocument], day: date) -> Watched:
    certificate = certificate_of(award)
    one = Watched(award, state_on(certificate, life, day), end_of(certificate, life))
    one.overdue = suspensions_overdue(certificate, life, day)
    scheme = schemes.get(award.scheme_digest or "")
    if scheme is not None and scheme.surveillance is not None:
        done = max((act.on for act in life if act.kind == "surveillance_done"), default=date.min)
        due = calendar(certificate, life, scheme.surveillance)
        one.looks = [
            item.on
            for item in due
            if item.kind == "look" and done < item.on and day - BACK < item.on <= day + AHEAD
        ]
        one.looks += [act.on for act in life if act.kind == "surveillance_due" and act.on > done]
        one.reviews = reviews_open(life, scheme.surveillance)
    return one


def _ends_soon(one: Watched, day: date) -> bool:
    return one.until is not None and one.until <= day + AHEAD


def _schemes() -> dict[str, SchemeDocument]:
    return {edition.digest: scheme_of(edition).document for edition in SchemeEdition.objects.all()}


def decided_without_certificate() -> QuerySet[Case]:
    """Cases whose decision is to award and whose certificate was not issued."""
    cases = Case.objects.filter(state__in=("decided", "closed"), award=None).exclude(decided_level="")
    return cases.select_related("cluster").order_by("decided_on", "pk")
