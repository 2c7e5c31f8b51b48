"""The road from records to level, in numbers: for one dossier or many, the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clustermark.dossiers.dossier import Dossier
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.arrays import Truth, Values
from clustermark.scoring.facts import FactValue, Records, compute_facts
from clustermark.scoring.kernel import Scores, point_places, scale_of, score
from clustermark.scoring.levels import Decided, decide_levels
from clustermark.scoring.values import columns_of, value_dossiers
from clustermark.scoring.views import ScoredView, said


@dataclass(frozen=True, slots=True)
class Scored:
    """Everything the road computed for n dossiers under one scheme, before it is put into words.

    `facts` name → n values; `values` (k, n) for the kernel; `scores` what the kernel found; `decided` the
    truth of gates and levels; `checklists` the truth of every checklist point by code.
    """

    scheme: Scheme
    as_of: date
    facts: Mapping[str, Sequence[FactValue]]
    values: Values
    checklists: Mapping[str, list[Truth]]
    scores: Scores
    decided: Decided


def score_dossiers(
    scheme: Scheme,
    dossiers: Sequence[Dossier],
    views: Sequence[ScoredView],
    *,
    as_of: date,
    records: Records | None = None,
) -> Scored:
    """Score n dossiers, each in its view, by the one road: facts, values, kernel, gates and levels."""
    facts = compute_facts(scheme, dossiers, as_of=as_of, records=records)
    statements = [said(dossier, view) for dossier, view in zip(dossiers, views, strict=True)]
    columns = columns_of(scheme, facts)
    valued = value_dossiers(scheme, columns, statements)
    places = point_places(scheme.document.indicators)
    scores = score(valued.values, [scale_of(item, places) for item in scheme.document.indicators])
    decided = decide_levels(scheme, columns, valued.values, scores)
    return Scored(scheme, as_of, facts, valued.values, valued.checklists, scores, decided)
