"""Rows as the documents of `clustermark.register`, and back; everything is computed from these."""

from __future__ import annotations

from collections.abc import Iterable

from clustermark.register.entries import Act, Certificate
from clustermark.web.register.models import Award, AwardAct

CERTIFICATE_FIELDS = tuple(Certificate.model_fields)
ACT_FIELDS = tuple(name for name in Act.model_fields if name != "certificate")


def certificate_of(award: Award) -> Certificate:
    """The award as it was made."""
    return Certificate.model_validate({name: getattr(award, name) for name in CERTIFICATE_FIELDS})


def act_of(row: AwardAct, number: str) -> Act:
    """One act of the certificate with this number."""
    return Act(certificate=number, **{name: getattr(row, name) for name in ACT_FIELDS})


def acts_of(award: Award) -> list[Act]:
    """The acts of an award in their order; one query unless they were fetched before."""
    return [act_of(row, award.number) for row in award.acts.all()]


def row_of(certificate: Certificate, **links: object) -> Award:
    """A row for a certificate, not saved; `links` are its case and cluster."""
    values = {name: getattr(certificate, name) for name in CERTIFICATE_FIELDS}
    return Award(**values, holder_search=search_key(certificate.holder), **links)


def act_row(award: Award, act: Act) -> AwardAct:
    """A row for an act, not saved."""
    return AwardAct(award=award, **{name: getattr(act, name) for name in ACT_FIELDS})


def search_key(name: str) -> str:
    """The form in which names are searched: without differences of case and white space."""
    return " ".join(name.casefold().split())[:300]


def acts_by_award(awards: Iterable[int]) -> dict[int, list[AwardAct]]:
    """The acts of several awards by the key of the award; one query."""
    found: dict[int, list[AwardAct]] = {}
    for row in AwardAct.objects.filter(award__in=awards).order_by("pk"):
        found.setdefault(row.award_id, []).append(row)
    return found
