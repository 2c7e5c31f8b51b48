"""Who said what of each indicator: both originals and the consensus, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F

from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import local, number
from clustermark.web.cases.models import Case, Rating, Seat
from clustermark.web.cases.models.assessment import Said
from clustermark.web.cases.queries.schemes import scheme_of


@dataclass(frozen=True, slots=True)
class Voice:
    """What one said: the answer in words, and why."""

    name: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class VoicesRow:
    """One indicator: what each expert said and what was agreed; `apart` when the experts differ."""

    code: str
    title: str
    experts: list[Voice]
    consensus: Voice
    apart: bool


SHOWN = ("indicator", "rating", "value", "follows_records", "reason")
"""What of a rating or a consensus is shown."""


def voices_of(case: Case) -> list[VoicesRow]:
    """Every indicator of the scheme with every submitted expert's rating and the consensus. Two queries."""
    ratings = Rating.objects.filter(
        seat__case=case, seat__state=Seat.State.SEATED, seat__submitted_at__isnull=False
    )
    names: dict[int, str] = {}
    given: dict[tuple[int, str], Rating] = {}
    shown = ratings.annotate(expert=F("seat__expert__name")).only("seat_id", *SHOWN)
    for one in shown.order_by("seat_id"):
        names[one.seat_id] = one.expert
        given[one.seat_id, one.indicator] = one
    agreed = {one.indicator: one for one in case.consensus.only("case_id", *SHOWN)}
    rows = []
    for spec in scheme_of(case.edition).document.indicators:
        said = [given.get((seat, spec.code)) for seat in names]
        rows.append(
            VoicesRow(
                code=spec.code,
                title=local(spec.title),
                experts=[_voice(name, one) for name, one in zip(names.values(), said, strict=True)],
                consensus=_voice("", agreed.get(spec.code)),
                apart=len({_answer(one) for one in said}) > 1,
            )
        )
    return rows


def _voice(name: str, said: Said | None) -> Voice:
    return Voice(name, _answer(said), said.reason if said else "")


def _answer(said: Said | None) -> str:
    if said is None or not said.given:
        return "–"
    if said.follows_records:
        return _("as the records")
    return str(said.rating) if said.rating is not None else number(said.value)
