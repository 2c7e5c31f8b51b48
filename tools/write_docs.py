"""Writes the parts of docs/ that are generated: `python tools/write_docs.py`.

`GENERATED` maps each file to the function that gives its text; a test proves that all are current.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tools.cli_reference import cli_markdown  # noqa: E402 - after the path is set

from clustermark.analysis.agreement.panel import AgreementReport  # noqa: E402 - after the path is set
from clustermark.analysis.audit import SchemeAudit  # noqa: E402 - after the path is set
from clustermark.analysis.composite.result import CompositeResult  # noqa: E402 - after the path is set
from clustermark.analysis.improvement import ImprovementPlan  # noqa: E402 - after the path is set
from clustermark.analysis.peers import PeerReport, YearOnYear  # noqa: E402 - after the path is set
from clustermark.analysis.robustness.result import Robustness  # noqa: E402 - after the path is set
from clustermark.certificates.record import DecisionRecord  # noqa: E402 - after the path is set
from clustermark.certificates.verdict import Verdict  # noqa: E402 - after the path is set
from clustermark.dossiers.guide import tables_markdown, views_markdown  # noqa: E402 - after the path is set
from clustermark.dossiers.schema import dossier_schema  # noqa: E402 - after the path is set
from clustermark.ground.yaml12 import parse_yaml  # noqa: E402 - after the path is set
from clustermark.register.entries import Register  # noqa: E402 - after the path is set
from clustermark.register.holdings import MembershipStatement  # noqa: E402 - after the path is set
from clustermark.register.logged import LogEntry  # noqa: E402 - after the path is set
from clustermark.register.statistics import Statistic  # noqa: E402 - after the path is set
from clustermark.reports.announcement_case import DecidedCase  # noqa: E402 - after the path is set
from clustermark.reports.announcement_model import Announcement  # noqa: E402 - after the path is set
from clustermark.schemes.expressions import DIALECTS  # noqa: E402 - after the path is set
from clustermark.schemes.expressions.memo import encode  # noqa: E402 - after the path is set
from clustermark.schemes.expressions.sql import read_sql  # noqa: E402 - after the path is set
from clustermark.schemes.json_schema import schema_text  # noqa: E402 - after the path is set
from clustermark.schemes.remembered import to_remember  # noqa: E402 - after the path is set
from clustermark.schemes.scheme import LIBRARY, Scheme, shipped  # noqa: E402 - after the path is set
from clustermark.scoring.scorecard import Scorecard  # noqa: E402 - after the path is set
from clustermark.transparency.log import ConsistencyProof, InclusionProof  # noqa: E402 - after the path is set

_MADE = "<!-- Made by tools/write_docs.py from tools/texts and the program; do not edit. -->\n\n"


def _dossier_format() -> str:
    introduction = (ROOT / "tools/texts/dossier-format.md").read_text(encoding="utf-8")
    views = (
        "## Standard views\n\n"
        "Facts of a scheme read these tables or the views below, which add columns or bring tables together. "
        "Each has the columns that it keeps and those listed here.\n\n"
    )
    return _MADE + introduction + "\n## Tables\n\n" + tables_markdown() + "\n" + views + views_markdown()


def _dossier_schema() -> str:
    return json.dumps(dossier_schema(), ensure_ascii=False, indent=2) + "\n"


def _schema_of(model: type[BaseModel]) -> Callable[[], str]:
    """The JSON Schema of a document that a command writes."""
    return lambda: (
        json.dumps(model.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2) + "\n"
    )


def _cli() -> str:
    return "<!-- Made by tools/write_docs.py from the commands; do not edit. -->\n\n" + cli_markdown()


def _memo() -> str:
    """Every expression of the shipped schemes, parsed."""
    entries: dict[str, dict[str, object]] = {name: {} for name in DIALECTS}
    for scheme in map(Scheme.load, shipped()):
        document, parsed = scheme.document, scheme.expressions
        texts = [("fact", document.facts[name].value) for name in parsed.facts]
        items = document.indicators
        texts += [("measure", item.measure) for item in items if item.measure is not None]
        texts += [("measure", item.check) for item in items if item.check is not None]
        texts += [("measure", point.when) for item in items for point in item.checklist or []]
        texts += [("rule", rule) for rule in parsed.rules]
        for dialect, text in texts:
            entries[dialect][text] = encode(read_sql(text, DIALECTS[dialect]))
    return json.dumps(entries, ensure_ascii=False, sort_keys=True, indent=0) + "\n"


def _statements(scheme: str) -> Callable[[], str]:
    """What the file of a shipped scheme states, as JSON."""

    def text() -> str:
        content = (LIBRARY / f"{scheme}.yaml").read_bytes()
        return to_remember(content, parse_yaml(content.decode(), file=scheme).data)

    return text


def _openapi() -> str:
    """What the public API is; the site's settings are read, its database is not asked."""
    import django  # noqa: PLC0415 - only this file needs the site

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clustermark.web.settings")
    django.setup()
    from clustermark.web.register.api import api  # noqa: PLC0415 - after the site is set up

    return json.dumps(api.get_openapi_schema(path_prefix="/api/"), ensure_ascii=False, indent=1) + "\n"


GENERATED: dict[str, Callable[[], str]] = {
    "docs/dossier-format.md": _dossier_format,
    "docs/schemas/dossier.json": _dossier_schema,
    "docs/schemas/scheme.json": schema_text,
    "docs/schemas/scorecard.json": _schema_of(Scorecard),
    "docs/schemas/composite.json": _schema_of(CompositeResult),
    "docs/schemas/robustness.json": _schema_of(Robustness),
    "docs/schemas/improvement.json": _schema_of(ImprovementPlan),
    "docs/schemas/audit.json": _schema_of(SchemeAudit),
    "docs/schemas/agreement.json": _schema_of(AgreementReport),
    "docs/schemas/benchmark.json": _schema_of(PeerReport),
    "docs/schemas/year-on-year.json": _schema_of(YearOnYear),
    "docs/schemas/register.json": _schema_of(Register),
    "docs/schemas/statistic.json": _schema_of(Statistic),
    "docs/schemas/membership.json": _schema_of(MembershipStatement),
    "docs/schemas/decided-case.json": _schema_of(DecidedCase),
    "docs/schemas/announcement.json": _schema_of(Announcement),
    "docs/schemas/log-entry.json": _schema_of(LogEntry),
    "docs/schemas/log-inclusion.json": _schema_of(InclusionProof),
    "docs/schemas/log-consistency.json": _schema_of(ConsistencyProof),
    "docs/schemas/decision-record.json": _schema_of(DecisionRecord),
    "docs/schemas/verdict.json": _schema_of(Verdict),
    "docs/openapi.json": _openapi,
    "docs/cli.md": _cli,
    "src/clustermark/schemes/expressions/memo.json": _memo,
    **{f"src/clustermark/schemes/library/remembered/{name}.json": _statements(name) for name in shipped()},
}


def main() -> None:
    for name, text in GENERATED.items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
