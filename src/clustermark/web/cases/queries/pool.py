"""The clusters that were decided on under a scheme, as rows of a portfolio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Max

from clustermark.ground.texts import Language
from clustermark.scoring.scorecard import Scorecard
from clustermark.web.cases.models import Case, SchemeEdition, SealedRecord
from clustermark.web.cases.queries.scorecards import scorecard_of_content
from clustermark.web.cases.queries.sealed import content_of

if TYPE_CHECKING:
    from clustermark.analysis.portfolio import Portfolio

DECIDED = ("decided", "appealed", "closed")


def decided_clusters(edition: SchemeEdition) -> list[int]:
    """Keys of the sealed consensus of the latest decided case of every cluster under this scheme version. One query."""
    latest = (
        Case.objects.filter(edition=edition, state__in=DECIDED)
        .values("cluster")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    found = (
        SealedRecord.objects.filter(case__in=latest, kind="consensus").values("case").annotate(last=Max("pk"))
    )
    return sorted(found.values_list("last", flat=True))


def cards_of(records: Sequence[int], language: Language) -> dict[str, Scorecard]:
    """The scorecards of sealed consensus records, by the key of the cluster."""
    rows = SealedRecord.objects.filter(pk__in=records).select_related("case__edition", "case__cluster")
    cards = {}
    for row in rows.order_by("pk"):
        content = content_of(row)["dossier"]
        card = scorecard_of_content(row.case, content, view="consensus", language=language, sealed=row)[0]
        if card is not None:
            cards[str(row.case.cluster_id)] = card
    return cards


def portfolio_of(cards: Mapping[str, Scorecard], *, year: int) -> Portfolio:
    """Scorecards under one scheme as one year of a portfolio; the keys are the names of the clusters."""
    import numpy as np  # noqa: PLC0415 - only comparisons need it

    from clustermark.analysis.portfolio import Portfolio  # noqa: PLC0415 - as above

    rows = list(cards.values())
    codes = tuple(score.code for score in rows[0].indicators)
    values = [{score.code: score.value for score in card.indicators} for card in rows]
    nan = float("nan")
    n = len(rows)
    return Portfolio(
        source="cases",
        clusters=np.array(list(cards)),
        years=np.full(n, year),
        schemes=np.array([card.scheme for card in rows]),
        sectors=np.array([card.sector or "" for card in rows]),
        countries=np.array([card.country or "" for card in rows]),
        sizes=np.full(n, nan),
        founded=np.full(n, nan),
        levels=np.array([card.level or "" for card in rows]),
        synthetic=np.zeros(n, dtype=bool),
        codes=codes,
        values=np.array([[_float(row[code]) for code in codes] for row in values]),
        raters=(),
        ratings=np.zeros((0, n, len(codes))),
    )


def _float(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)
