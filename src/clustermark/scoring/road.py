"""The road of one indicator: the records that count, the facts, the formula, the band, the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clustermark.dossiers.dossier import Dossier
from clustermark.ground.texts import Language, local, use_language
from clustermark.schemes.document import Indicator
from clustermark.schemes.expressions.writing import to_text
from clustermark.schemes.scheme import Scheme
from clustermark.scoring.assess import assess
from clustermark.scoring.facts import Records, stated
from clustermark.scoring.records import Record, records_of
from clustermark.scoring.scorecard import FactValue, IndicatorScore, Scorecard


@dataclass(frozen=True, slots=True)
class FactRoad:
    """One fact: its value, where it is read, its expression, and every record it looks at."""

    fact: FactValue
    source: str
    expression: str
    stated: bool
    records: list[Record]


@dataclass(frozen=True, slots=True)
class Road:
    """Everything behind the score of one indicator.

    `counts` says in words what counts; `gap` is how far the value is from the next better band (None at the
    top or without a value).
    """

    card: Scorecard
    score: IndicatorScore
    indicator: Indicator
    counts: str
    facts: list[FactRoad]
    gap: Decimal | None


def road_of(
    dossier: Dossier,
    scheme: Scheme,
    code: str,
    *,
    view: str = "consensus",
    as_of: date | None = None,
    language: Language = "en",
) -> Road:
    """The road of the indicator `code`. Raises `ProblemsError` when the scheme has no such indicator."""
    indicator = scheme.indicator(code)
    card = assess(dossier, scheme, view=view, as_of=as_of, language=language)
    score = card.indicator(code)
    engine = Records([dossier], as_of=card.as_of)
    with use_language(language):
        facts = []
        for fact in score.facts:
            source = scheme.document.facts[fact.fact].from_
            expression = to_text(scheme.expressions.facts[fact.fact], {"as_of": card.as_of.isoformat()})
            records = records_of(scheme, fact.fact, engine)
            facts.append(FactRoad(fact, source, expression, stated(source, dossier), records))
    engine.close()
    gap = None
    if score.value is not None and score.next_edge is not None:
        gap = abs(score.next_edge - score.value)
    return Road(card, score, indicator, local(indicator.counts, language), facts, gap)
