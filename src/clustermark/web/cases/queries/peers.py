"""Where a cluster stands among the decided cases of the same scheme: only what the gate of disclosure tells."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Max

from clustermark.ground.exact import digest
from clustermark.ground.texts import Language, current_language
from clustermark.ground.texts import gettext as _
from clustermark.reports.section import Section
from clustermark.scoring.scorecard import Scorecard
from clustermark.web.cases.models import Case, SealedRecord
from clustermark.web.cases.queries.memory import Memory
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.queries.scorecards import scorecard_of_content
from clustermark.web.cases.queries.sealed import content_of

if TYPE_CHECKING:
    from clustermark.analysis.peers import PeerReport
    from clustermark.analysis.portfolio import Portfolio

DECIDED = ("decided", "appealed", "closed")


@dataclass(frozen=True, slots=True)
class Peers:
    """The comparison as a section of the report, or why there is none."""

    section: Section | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What the gate told of the peers of a case, or why there is nothing."""

    report: PeerReport | None
    why: str = ""


def peers_of(case: Case, own: Scorecard | None) -> Peers:
    """The benchmark of the case, whose scorecard is `own`, as a section of the report."""
    from clustermark.reports.sections.peers import peers_section  # noqa: PLC0415 - loads NumPy

    found = benchmark_of(case, own)
    if found.report is None or own is None:
        return Peers(None, found.why)
    return Peers(peers_section(found.report, {score.code: score.unit for score in own.indicators}))


def benchmark_of(case: Case, own: Scorecard | None) -> Benchmark:
    """The case, whose scorecard is `own`, among the latest of every other cluster under its scheme version.

    One query, and one more for what was not compared before. The scheme's minimum of peers holds.
    """
    disclosure = scheme_of(case.edition).document.disclosure
    latest = (
        Case.objects.filter(edition=case.edition, state__in=DECIDED)
        .exclude(cluster=case.cluster)
        .values("cluster")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    records = SealedRecord.objects.filter(case__in=latest, kind="consensus").order_by("pk")
    found = list(records.values_list("pk", "digest", "case_id"))
    others = {case_id for _pk, _digest, case_id in found}
    if len(others) < disclosure.min_peers:
        why = _(
            "Under this scheme {n} other clusters were decided on so far; figures of peers are shown from {least} on,"
            " so that no cluster can be told from the others."
        ).format(n=len(others), least=disclosure.min_peers)
        return Benchmark(None, why)
    if own is None:
        return Benchmark(None, _("There is no scorecard."))
    language = current_language()
    beside = digest([sealed for _pk, sealed, _case in found])
    key = (case.edition.digest, own.dossier_digest, str(own.as_of), beside, language)
    return Benchmark(
        _reports.get(key, lambda: _compared(own, [pk for pk, _sealed, _case in found], language))
    )


_reports: Memory[PeerReport] = Memory(16)


def _compared(card: Scorecard, keys: list[int], language: Language) -> PeerReport:
    from clustermark.analysis.disclosure import Ledger  # noqa: PLC0415 - loads NumPy
    from clustermark.analysis.peers import benchmark, publish  # noqa: PLC0415 - as above

    records = SealedRecord.objects.filter(pk__in=keys).select_related("case__edition", "case__cluster")
    latest = {record.case_id: record for record in records.order_by("pk")}
    cards = [
        found
        for record in latest.values()
        if (
            found := scorecard_of_content(
                record.case, content_of(record)["dossier"], view="consensus", language=language, sealed=record
            )[0]
        )
    ]
    edition = records[0].case.edition
    scheme = scheme_of(edition)
    told = publish(
        portfolio_of([card, *cards]),
        year=card.as_of.year,
        scheme=scheme.document,
        scheme_digest=scheme.digest,
        ledger=Ledger(),
    )
    return benchmark(told, OWN)


OWN = "0"
"""How the own row is called; others are numbered, for names say nothing here."""


def portfolio_of(cards: list[Scorecard]) -> Portfolio:
    """The scorecards as one year of a portfolio; the first one is the own."""
    import numpy as np  # noqa: PLC0415 - only comparisons need it

    from clustermark.analysis.portfolio import Portfolio  # noqa: PLC0415 - as above

    codes = tuple(score.code for score in cards[0].indicators)
    nan = float("nan")
    rows = [{score.code: score.value for score in card.indicators} for card in cards]
    n = len(cards)
    return Portfolio(
        source="cases",
        clusters=np.array([str(number) for number in range(n)]),
        years=np.full(n, cards[0].as_of.year),
        schemes=np.array([card.scheme for card in cards]),
        sectors=np.array([card.sector or "" for card in cards]),
        countries=np.array([card.country or "" for card in cards]),
        sizes=np.full(n, nan),
        founded=np.full(n, nan),
        levels=np.array([card.level or "" for card in cards]),
        synthetic=np.zeros(n, dtype=bool),
        codes=codes,
        values=np.array([[_float(row[code]) for code in codes] for row in rows]),
        raters=(),
        ratings=np.zeros((0, n, len(codes))),
    )


def _float(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)
