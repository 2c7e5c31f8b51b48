"""Takes a whole dossier into a case: from a file a person uploads, or from the case before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction

from clustermark.dossiers.raw import RawDossier
from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.acting import locked, note, require
from clustermark.web.cases.models import Case, Claim, DossierTable, Evidence
from clustermark.web.cases.queries.dossiers import KEPT_APART, Content
from clustermark.web.cases.queries.subjects import forget_subject
from clustermark.web.files.models import StoredFile


def content_of_raw(raw: RawDossier) -> Content:
    """An opened dossier as plain data."""
    return {
        "tables": {
            name: {"header": list(table.header), "rows": [list(row.cells) for row in table.rows]}
            for name, table in raw.tables.items()
        },
        "files": {name: {"sha256": file.sha256, "size": file.size} for name, file in raw.files.items()},
    }


def take_content(*, case: Case, content: Content, by: Person) -> None:
    """Replace the working dossier by `content`; its files must be in the store already.

    Claims become claims; ratings of experts and consensus are left behind. Raises `Refused`.
    """
    with transaction.atomic():
        current = locked(case)
        require(by, "dossier.edit", current)
        _tables(current, content, by)
        _claims(current, content, by)
        _evidence(current, content, by)
        note(
            case=current, act="take_dossier", by=by, role="cluster", facts={"tables": len(content["tables"])}
        )
    forget_subject(case)


def _tables(case: Case, content: Content, by: Person) -> None:
    case.tables.all().delete()
    DossierTable.objects.bulk_create(
        DossierTable(case=case, name=name, header=table["header"], rows=table["rows"], edited_by=by.user)
        for name, table in content["tables"].items()
        if name not in KEPT_APART
    )


def rows_of(content: Content, table: str) -> list[dict[str, str]]:
    """The rows of a table as dictionaries of texts."""
    stated = content["tables"].get(table)
    if stated is None:
        return []
    return [dict(zip(stated["header"], row, strict=False)) for row in stated["rows"]]


def _claims(case: Case, content: Content, by: Person) -> None:
    case.claims.all().delete()
    Claim.objects.bulk_create(
        Claim(
            case=case,
            indicator=row["indicator"],
            rating=int(row["rating"]) if row.get("rating", "").isdigit() else None,
            value=_decimal(row.get("value", "")),
            reason=row.get("reason", ""),
            edited_by=by.user,
        )
        for row in rows_of(content, "ratings")
        if row.get("view") == "claim"
    )


def _evidence(case: Case, content: Content, by: Person) -> None:
    case.evidence.all().delete()
    files = StoredFile.objects.in_bulk([facts["sha256"] for facts in content["files"].values()])
    Evidence.objects.bulk_create(
        Evidence(
            case=case,
            evidence_id=row["evidence_id"],
            file=files[content["files"][row["file"]]["sha256"]],
            name=row["file"],
            title=row.get("title", ""),
            kind=row.get("kind", ""),
            own_date=_date(row.get("own_date", "")),
            received_on=_date(row.get("received_on", "")),
            page=row.get("page", ""),
            indicators=[code.strip() for code in row.get("indicators", "").split(";") if code.strip()],
            added_by=by.user,
        )
        for row in rows_of(content, "evidence")
        if row.get("file") in content["files"]
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
