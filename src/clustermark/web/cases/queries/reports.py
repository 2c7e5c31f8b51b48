"""The report of a case: the engine's own report model, its charts, its files."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.safestring import SafeString, mark_safe

from clustermark.casework.overrides import Override, Overrides
from clustermark.ground.exact import digest
from clustermark.reports.analyses import Analyses
from clustermark.scoring.scorecard import Scorecard
from clustermark.web.cases.models import Case
from clustermark.web.cases.queries.memory import Memory

FORMATS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}
"""The forms of the full report by the ending of their file; a job makes them."""


def overrides_of(case: Case) -> Overrides | None:
    """The overrides that stand in the case; None where there is none. One query."""
    rows = case.overrides.exclude(confirmed_by=None).select_related("expert", "requested_by", "confirmed_by")
    found = [
        Override(
            expert=one.expert.name,
            refusal=one.refusal,
            reason=one.reason,
            requested_by=one.requested_by.name,
            confirmed_by=one.confirmed_by.name,
            confirmed_on=one.confirmed_at.date(),
        )
        for one in rows
        if one.confirmed_by is not None and one.confirmed_at is not None
    ]
    return Overrides(overrides=found) if found else None


def report_digest(card: Scorecard, overrides: Overrides | None) -> str:
    """The digest of what the full report is made from: the same digest, language and form give the same report."""
    stated = {
        "scheme": card.scheme_digest,
        "dossier": card.dossier_digest,
        "view": card.view,
        "as_of": str(card.as_of),
        "overrides": overrides.model_dump(mode="json") if overrides else None,
    }
    return digest(stated)


def report_bytes(card: Scorecard, overrides: Overrides | None, ending: str) -> bytes:
    """The full report with this ending (`FORMATS`), in the language of the scorecard."""
    from clustermark.reports.write import write_reports  # noqa: PLC0415 - brings the engines of documents

    with TemporaryDirectory() as folder:
        path = Path(folder) / f"report.{ending}"
        write_reports(card, [path], language=card.language, analyses=Analyses(overrides=overrides))
        return path.read_bytes()


def charts_of(card: Scorecard) -> dict[str, SafeString]:
    """The charts of the report as SVG, wide and narrow; drawn once for a scorecard."""
    key = (card.scheme_digest, card.dossier_digest, card.view, str(card.as_of), card.language)
    return _drawn.get(key, lambda: _charts(card))


_drawn: Memory[dict[str, SafeString]] = Memory(64)


def _charts(card: Scorecard) -> dict[str, SafeString]:
    from clustermark.reports import charts  # noqa: PLC0415 - starts the drawing engine
    from clustermark.reports.build import build_report  # noqa: PLC0415 - as above

    report = build_report(card, language=card.language)
    return {
        "indicators": _inline(charts.svg(charts.indicator_chart(report))),
        "indicators_narrow": _inline(charts.svg(charts.indicator_chart(report, width=340, narrow=True))),
        "dimensions": _inline(charts.svg(charts.dimension_chart(report, width=560))),
        "dimensions_narrow": _inline(charts.svg(charts.dimension_chart(report, width=340, narrow=True))),
        "indicators_alt": mark_safe(report.words["chart_alt"]),  # noqa: S308 - our own words
        "dimensions_alt": mark_safe(report.words["dimension_chart_alt"]),  # noqa: S308 - our own words
    }


def _inline(drawn: str) -> SafeString:
    """A drawn chart inside the page: it takes the page's width and colours; the figure around it says what it shows."""
    head, _bracket, rest = drawn.partition(">")
    head = re.sub(r'\s(?:width|height|class)="[^"]*"', "", head)
    svg = head + ' aria-hidden="true" focusable="false">' + rest
    return mark_safe(svg)  # noqa: S308 - drawn by us from data, texts escaped by the drawing engine
