"""What a dossier's plain data state, read row by row: claims, evidence, whether a table is empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from clustermark.dossiers.rows import NONE
from clustermark.web.accounts.people import Person
from clustermark.web.cases.models import Case, Claim, Evidence
from clustermark.web.cases.queries.dossiers import Content
from clustermark.web.files.models import StoredFile
from clustermark.web.site.numbers import whole_number


def rows_of(content: Content, table: str) -> list[dict[str, str]]:
    """The rows of a table as dictionaries of texts."""
    stated = content["tables"].get(table)
    if stated is None:
        return []
    return [dict(zip(stated["header"], row, strict=False)) for row in stated["rows"]]


def claims_of(content: Content) -> list[Claim]:
    """The claims that the table of ratings states, not saved."""
    return [
        Claim(
            indicator=row.get("indicator", ""),
            rating=whole_number(row.get("rating", ""), None),
            value=decimal_of(row.get("value", "")),
            reason=row.get("reason", ""),
        )
        for row in rows_of(content, "ratings")
        if row.get("view") == "claim"
    ]


def evidence_of(
    content: Content, files: dict[str, StoredFile], *, case: Case | None = None, by: Person | None = None
) -> list[Evidence]:
    """The evidence that `content` states and has files for, not saved; `files` by their SHA-256."""
    return [
        Evidence(
            case=case,
            evidence_id=row.get("evidence_id", ""),
            file=files[content["files"][row["file"]]["sha256"]],
            name=row["file"],
            title=row.get("title", ""),
            kind=row.get("kind", ""),
            own_date=day_of(row.get("own_date", "")),
            received_on=day_of(row.get("received_on", "")),
            page=row.get("page", ""),
            indicators=[code.strip() for code in row.get("indicators", "").split(";") if code.strip()],
            added_by=by.user if by else None,
        )
        for row in rows_of(content, "evidence")
        if row.get("file") in content["files"]
    ]


def day_of(text: str) -> date | None:
    """The day that a cell states; None when it states none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def decimal_of(text: str) -> Decimal | None:
    """The number that a cell states; None when it states none."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def says_none(rows: Sequence[Sequence[str]]) -> bool:
    """Whether these rows state that the table is empty."""
    stated = [row for row in rows if any(cell.strip() for cell in row)]
    return len(stated) == 1 and stated[0][0].strip().lower() == NONE and not any(stated[0][1:])


def filled(rows: Sequence[Sequence[str]]) -> bool:
    """Whether there is a row that states something."""
    return any(any(cell.strip() for cell in row) for row in rows) and not says_none(rows)
