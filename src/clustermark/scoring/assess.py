"""Assess: one dossier under one scheme gives one scorecard. The whole road, from records to level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from clustermark.dossiers.dossier import Dossier
from clustermark.ground.texts import Language, use_language
from clustermark.scoring.evaluate import Column, Truth
from clustermark.scoring.facts import FactValue, Records, compute_facts
from clustermark.scoring.kernel import Scores, Values, point_places, scale_of, score
from clustermark.scoring.levels import Decided, decide_levels
from clustermark.scoring.scorecard import Scorecard
from clustermark.scoring.values import columns_of, value_dossiers
from clustermark.scoring.views import ScoredView, parse_view, said

if TYPE_CHECKING:
    from clustermark.schemes.scheme import Scheme


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


def assess(
    dossier: Dossier,
    scheme: Scheme,
    *,
    view: str = "consensus",
    as_of: date | None = None,
    language: Language = "en",
) -> Scorecard:
    """The scorecard of `dossier` under `scheme`.

    `view` is ``claim``, ``consensus`` or ``expert:NAME``. `as_of` is the reference date to which all time
    windows relate (default: the date of the latest rating or, without ratings, today). Texts are in
    `language`. Raises `ProblemsError` for an unknown view and for facts that cannot be computed.

    >>> from clustermark import Dossier, Scheme, assess
    >>> card = assess(Dossier.open("examples/oka-valley"), Scheme.load("ecei-silver-2017"))
    >>> card.level
    'silver'
    """
    from clustermark.scoring.explaining import scorecard_of  # noqa: PLC0415 - words build on this module

    chosen = parse_view(view, dossier)
    day = as_of or reference_date(dossier)
    scored = score_dossiers(scheme, [dossier], [chosen], as_of=day)
    with use_language(language):
        return scorecard_of(scored, dossier, chosen, language=language)


def reference_date(dossier: Dossier) -> date:
    """The date a dossier is assessed at when none is given: its latest rating, else today."""
    rated = [day for row in dossier.rows("ratings") if isinstance(day := row.values.get("rated_on"), date)]
    return max(rated, default=None) or date.today()  # noqa: DTZ011 - a reference date is a day, not an instant


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
    columns: dict[str, Column] = columns_of(scheme, facts)
    valued = value_dossiers(scheme, columns, statements)
    places = point_places(scheme.document.indicators)
    scores = score(valued.values, [scale_of(item, places) for item in scheme.document.indicators])
    decided = decide_levels(scheme, columns, valued.values, scores)
    return Scored(scheme, as_of, facts, valued.values, valued.checklists, scores, decided)
