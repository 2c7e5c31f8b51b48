"""What an award continues: the certificate that a renewal renews, and the term that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Exists, OuterRef

from clustermark.register.entries import Act, Certificate
from clustermark.register.life import end_of, first_term, term_of_renewal
from clustermark.scoring.scorecard import Scorecard
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.register.models import Award, AwardAct
from clustermark.web.register.queries.documents import act_of, certificate_of


def _renewed(number: str) -> Exists:
    return Exists(Award.objects.filter(previous=OuterRef(number)).exclude(spans__state="void"))


RENEWED = _renewed("number")
"""Whether another certificate, which is not void, renews an award."""
RENEWED_OF_ACT = _renewed("award__number")
"""The same for the award of an act."""


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate with its life."""

    certificate: Certificate
    acts: list[Act]

    @property
    def ends(self) -> date:
        """Its last day."""
        return end_of(self.certificate, self.acts) or date.min


def renewed_by(numbers: Iterable[str]) -> dict[str, str]:
    """The certificates that renew those with these numbers, by the number renewed; one query."""
    after = Award.objects.filter(previous__in=list(numbers)).exclude(spans__state="void").order_by("pk")
    return {award.previous: award.number for award in after if award.previous}


@dataclass(frozen=True, slots=True)
class Term:
    """First and last day of an award, and the number of the certificate that it renews, if it renews one."""

    first: date
    last: date | None
    renews: str | None = None


def held_before(case: Case) -> dict[str, Held]:
    """The cluster's certificates that a renewal may continue, by level: of each level the one that ends last.

    One query: whatever was issued here has an act.
    """
    if case.previous is None:
        return {}
    schemes = {case.edition.scheme, case.previous.edition.scheme}
    held = Award.objects.filter(cluster=case.cluster_id, scheme__in=schemes).exclude(RENEWED)
    rows = AwardAct.objects.filter(award__in=held).select_related("award").order_by("award", "pk")
    found: dict[str, Held] = {}
    for _key, life in groupby(rows, key=lambda row: row.award_id):
        acts = list(life)
        award = acts[0].award
        one = Held(certificate_of(award), [act_of(row, award.number) for row in acts])
        if award.level not in found or found[award.level].ends <= one.ends:
            found[award.level] = one
    return found


def term_of_award(case: Case, card: Scorecard, before: Held | None, *, on: date) -> Term:
    """The term of an award decided `on` a day, by the rules of the scheme version of the case.

    A renewal continues the certificate `before` it as the register knows it, whatever the dossier says. Where that
    cannot be continued any more, the award is a first one, as it is where the case is no renewal.
    """
    validity = scheme_of(case.edition).document.validity
    if before is None or validity is None:
        return Term(on, card.valid_until)
    continued = term_of_renewal(before.certificate, before.acts, validity, on=on)
    if continued is not None:
        return Term(*continued, renews=before.certificate.number)
    return Term(*first_term(validity, assessed_on=card.as_of, decided_on=on))
