"""Certificates that end: which of the scheme's reminders is reached, and whether the renewal has begun."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from clustermark.register.entries import Act
from clustermark.register.life import IN_FORCE, end_of
from clustermark.register.surveillance import calendar
from clustermark.schemes.document import SchemeDocument
from clustermark.scoring.validity import add_months
from clustermark.web.accounts.people import today
from clustermark.web.cases.models import Case, SchemeEdition
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.register.models import Award
from clustermark.web.register.queries.documents import act_of, acts_by_award, certificate_of
from clustermark.web.register.queries.renewing import RENEWED


@dataclass(frozen=True, slots=True)
class Ending:
    """A certificate that ends `until` a day, or has ended then.

    `months` is the reminder that is reached, in months before the end; 0 after the end, while it can still be renewed
    until `latest`. `renewal` is the case that renews it, where one was started.
    """

    award: Award
    until: date
    months: int
    latest: date
    renewal: Case | None

    @property
    def ended(self) -> bool:
        """Whether it has ended."""
        return self.months == 0


def endings_of_holder(bodies: Collection[int]) -> list[Ending]:
    """Certificates of these organisations' clusters of whose end their scheme reminds today, the first to end first.

    Also those that have ended and can still be renewed. Four queries at most.
    """
    day = today()
    living = Q(spans__first__lte=day, spans__last__gte=day, spans__state__in=sorted(IN_FORCE | {"expired"}))
    mine = Award.objects.filter(living, cluster__organisation__in=bodies, scheme_digest__isnull=False)
    awards = list(mine.exclude(RENEWED).select_related("cluster", "case"))
    if not awards:
        return []
    acts, cases = acts_by_award(award.pk for award in awards), renewals_of(awards)
    schemes = schemes_by_digest(award.scheme_digest for award in awards)
    found = []
    for award in awards:
        life = [act_of(row, award.number) for row in acts.get(award.pk, ())]
        one = ending_of(award, life, schemes.get(award.scheme_digest or ""), cases)
        found += [one] if one else []
    return sorted(found, key=lambda one: (one.until, one.award.number))


def ending_of(
    award: Award, life: Sequence[Act], scheme: SchemeDocument | None, cases: Mapping[int, Case]
) -> Ending | None:
    """The end of an award, if it is to be told today; `cases` are those that renew, by the case that was decided."""
    certificate, day = certificate_of(award), today()
    until = end_of(certificate, life)
    if until is None or scheme is None:
        return None
    validity = scheme.validity
    renewable = validity is not None and validity.renewal_years is not None
    latest = add_months(until, (validity.renewal_grace_months or 0) if validity and renewable else 0)
    renewal = cases.get(award.case_id or 0)
    if until < day:
        return Ending(award, until, 0, latest, renewal) if renewable and day <= latest else None
    due = calendar(certificate, life, scheme.surveillance) if scheme.surveillance else []
    reached = [one.months for one in due if one.kind == "reminder" and one.months and one.on <= day]
    return Ending(award, until, min(reached), latest, renewal) if reached else None


def renewals_of(awards: Iterable[Award]) -> dict[int, Case]:
    """The cases that renew awards, by the case that each was issued from; those that came to nothing are left out."""
    cases = Case.objects.filter(previous__in=[award.case_id for award in awards if award.case_id])
    cases = cases.exclude(state__in=("withdrawn", "expired")).exclude(state="closed", decided_level="")
    return {case.previous_id: case for case in cases.order_by("pk") if case.previous_id is not None}


_SCHEMES: dict[str, SchemeDocument] = {}


def schemes_by_digest(digests: Iterable[str | None]) -> Mapping[str, SchemeDocument]:
    """Scheme versions published here, by digest; one query when there are some that were not asked for before.

    What has a digest never changes, so it is read once.
    """
    unknown = {digest for digest in digests if digest} - _SCHEMES.keys()
    if unknown:
        for edition in SchemeEdition.objects.filter(digest__in=unknown):
            _SCHEMES[edition.digest] = scheme_of(edition).document
    return _SCHEMES
