"""The dossier of a case in the engine's own shape: the same rows, rules and kernel as for a folder of files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from clustermark.dossiers.dossier import Dossier, EvidenceFile
from clustermark.dossiers.raw import RawDossier, RawRow, RawTable
from clustermark.dossiers.reading import check_raw
from clustermark.dossiers.tables import TABLES
from clustermark.ground.problems import ProblemList
from clustermark.web.cases.models import Case, Claim, Evidence
from clustermark.web.cases.models.assessment import Said
from clustermark.web.cases.queries.sealed import content_of, latest
from clustermark.web.files.store import BlobStore

KEPT_APART = frozenset({"ratings", "evidence"})
"""Tables that are not kept as rows of texts but made of claims, ratings and evidence."""
RATING_COLUMNS = tuple(column.name for column in TABLES["ratings"].columns)
EVIDENCE_COLUMNS = tuple(column.name for column in TABLES["evidence"].columns)

Content = dict[str, Any]
"""A dossier as plain data: `tables` (name → header and rows of texts) and `files` (name → sha256 and size)."""


def working_content(case: Case) -> Content:
    """The dossier as it is being worked on: tables, claims and evidence. Three queries."""
    tables = {
        table.name: {"header": table.header, "rows": table.rows}
        for table in case.tables.all()
        if table.name not in KEPT_APART
    }
    evidence = list(case.evidence.select_related("file"))
    if evidence:
        rows = [evidence_row(one) for one in evidence]
        tables["evidence"] = {"header": list(EVIDENCE_COLUMNS), "rows": rows}
    claims = [claim_row(claim) for claim in case.claims.all() if says_something(claim)]
    if claims:
        tables["ratings"] = {"header": list(RATING_COLUMNS), "rows": claims}
    ordered = {name: tables[name] for name in TABLES if name in tables}
    files = {one.name: {"sha256": one.file.sha256, "size": one.file.size} for one in evidence}
    return {"tables": {**ordered, **tables}, "files": files}


def sealed_content(case: Case) -> Content | None:
    """The dossier as last submitted; None before the first submission."""
    record = latest(case, "dossier")
    return None if record is None else content_of(record)["dossier"]


def content_for_panel(case: Case) -> Content:
    """What the panel assesses: the sealed dossier, and the evidence received since by answers to questions."""
    content = sealed_content(case)
    if content is None:
        return working_content(case)
    later = [one for one in case.evidence.select_related("file") if one.name not in content["files"]]
    if not later:
        return content
    known = content["tables"].get("evidence", {"header": list(EVIDENCE_COLUMNS), "rows": []})
    at = [known["header"].index(name) if name in known["header"] else None for name in EVIDENCE_COLUMNS]
    rows = [[("" if i is None else row[i]) for i in at] for row in known["rows"]]
    rows += [evidence_row(one) for one in later]
    files = {
        **content["files"],
        **{one.name: {"sha256": one.file_id, "size": one.file.size} for one in later},
    }
    tables = {**content["tables"], "evidence": {"header": list(EVIDENCE_COLUMNS), "rows": rows}}
    return {"tables": tables, "files": files}


def with_ratings(content: Content, rows: Iterable[Sequence[str]]) -> Content:
    """`content` with further rows in its table of ratings."""
    known = content["tables"].get("ratings", {"header": list(RATING_COLUMNS), "rows": []})
    at = [known["header"].index(name) if name in known["header"] else None for name in RATING_COLUMNS]
    before = [[("" if i is None else row[i]) for i in at] for row in known["rows"]]
    table = {"header": list(RATING_COLUMNS), "rows": [*before, *map(list, rows)]}
    return {**content, "tables": {**content["tables"], "ratings": table}}


def raw_of(content: Content, *, name: str) -> RawDossier:
    """`content` as a raw dossier, from which the engine's own reading goes on."""
    tables = {
        table: RawTable(
            table,
            f"{table}.csv",
            tuple(stated["header"]),
            tuple(
                RawRow(number, tuple(row))
                for number, row in enumerate(stated["rows"], start=2)
                if any(cell.strip() for cell in row)
            ),
        )
        for table, stated in content["tables"].items()
    }
    files = {
        file: EvidenceFile(file, facts["size"], facts["sha256"]) for file, facts in content["files"].items()
    }

    def opened(file: str) -> AbstractContextManager[IO[bytes]]:
        return BlobStore().open(files[file].sha256)

    return RawDossier(path=Path(name), tables=tables, files=files, open_file=opened)


def dossier_of(
    content: Content, *, name: str, frozen_on: date | None = None
) -> tuple[Dossier | None, ProblemList]:
    """The dossier that `content` states, None when it has errors; and every problem."""
    problems = ProblemList()
    dossier = check_raw(raw_of(content, name=name), problems)
    if dossier is not None and frozen_on is not None:
        dossier = replace(dossier, frozen_on=frozen_on)
    return dossier, problems


def says_something(claim: Claim) -> bool:
    """Whether the dossier has a row for the claim; a reason alone leaves the value to the records."""
    return claim.rating is not None or claim.value is not None or bool(claim.reason)


def claim_row(claim: Claim) -> list[str]:
    """A claim as a row of the table of ratings."""
    return rating_row(
        indicator=claim.indicator, view="claim", rating=claim.rating, value=claim.value, reason=claim.reason
    )


def said_row(said: Said, *, view: str, rater: str = "", rated_on: date | None = None) -> list[str]:
    """An expert's rating or a consensus as a row of the table of ratings."""
    return rating_row(
        indicator=said.indicator,
        view=view,
        rater=rater,
        rating=said.rating,
        value=said.value,
        reason=said.reason,
        recommendation=said.recommendation,
        evidence=said.evidence,
        rated_on=rated_on,
    )


def rating_row(
    *,
    indicator: str,
    view: str,
    rater: str = "",
    rating: int | None = None,
    value: Decimal | None = None,
    reason: str = "",
    recommendation: str = "",
    evidence: Sequence[str] = (),
    rated_on: date | None = None,
) -> list[str]:
    """One row of the table of ratings, as texts in the order of its columns."""
    cells: Mapping[str, str] = {
        "indicator": indicator,
        "view": view,
        "rater": rater,
        "rating": "" if rating is None else str(rating),
        "value": "" if value is None else format(value.normalize(), "f"),
        "reason": reason,
        "recommendation": recommendation,
        "evidence": ";".join(evidence),
        "rated_on": rated_on.isoformat() if rated_on else "",
    }
    return [cells[name] for name in RATING_COLUMNS]


def evidence_row(one: Evidence) -> list[str]:
    """A piece of evidence as a row of its table."""
    cells: Mapping[str, str] = {
        "evidence_id": one.evidence_id,
        "title": one.title,
        "kind": one.kind,
        "file": one.name,
        "sha256": one.file_id,
        "own_date": one.own_date.isoformat() if one.own_date else "",
        "received_on": one.received_on.isoformat() if one.received_on else "",
        "indicators": ";".join(one.indicators),
        "page": one.page,
    }
    return [cells[name] for name in EVIDENCE_COLUMNS]
