"""Who said what of each indicator: both originals and the consensus, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import local, number
from clustermark.web.cases.models import Case, Seat
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


def voices_of(case: Case) -> list[VoicesRow]:
    """Every indicator of the scheme with every submitted expert's rating and the consensus. Three queries."""
    seats = list(
        case.seats.filter(state=Seat.State.SEATED, submitted_at__isnull=False)
        .select_related("expert")
        .prefetch_related("ratings")
    )
    given = {seat.pk: {one.indicator: one for one in seat.ratings.all()} for seat in seats}
    agreed = {one.indicator: one for one in case.consensus.all()}
    rows = []
    for spec in scheme_of(case.edition).document.indicators:
        said = [given[seat.pk].get(spec.code) for seat in seats]
        rows.append(
            VoicesRow(
                code=spec.code,
                title=local(spec.title),
                experts=[_voice(seat.expert.name, one) for seat, one in zip(seats, said, strict=True)],
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
