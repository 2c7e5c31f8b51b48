"""Takes a whole dossier into a case: from a file a person uploads, or from the case before."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from clustermark.dossiers.raw import RawDossier
from clustermark.ground.exact import digest
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person
from clustermark.web.cases.domain.acting import locked, note, require
from clustermark.web.cases.domain.claiming import fits
from clustermark.web.cases.domain.editing import Conflict
from clustermark.web.cases.models import Case, Claim, DossierTable, Evidence
from clustermark.web.cases.queries.dossiers import (
    EVIDENCE_COLUMNS,
    KEPT_APART,
    RATING_COLUMNS,
    Content,
    claim_row,
    evidence_row,
    says_something,
    working_content,
)
from clustermark.web.cases.queries.stated import claims_of, decimal_of, evidence_of, rows_of
from clustermark.web.cases.queries.subjects import forget_subject
from clustermark.web.files.models import StoredFile
from clustermark.web.log.writing import Fact
from clustermark.web.site.numbers import whole_number

LONGEST = {"evidence_id": 30, "title": 300, "kind": 40, "file": 200, "page": 120}
"""Characters that the database keeps of what is said of evidence."""
HIGHEST_RATING = 32_767
"""What the database keeps; the scheme allows far less, and says so as a problem of the dossier."""


def content_of_raw(raw: RawDossier) -> Content:
    """An opened dossier as plain data."""
    return {
        "tables": {
            name: {"header": list(table.header), "rows": [list(row.cells) for row in table.rows]}
            for name, table in raw.tables.items()
        },
        "files": {name: {"sha256": file.sha256, "size": file.size} for name, file in raw.files.items()},
    }


def take_content(*, case: Case, content: Content, by: Person, over: str | None = None) -> None:
    """Replace the working dossier by `content`; its files must be in the store already.

    Claims become claims and keep their comments; ratings of experts and consensus are left behind. `over` is the
    digest of the working content that `content` was compared with: raises `Conflict` when it is another by now.
    Raises `Refused`, and `ProblemsError` for what a case cannot hold.
    """
    with transaction.atomic():
        current = locked(case)
        require(by, "dossier.edit", current)
        before = digest(working_content(current))
        if over is not None and before != over:
            raise Conflict(current)
        problems = unfit(content)
        if problems:
            raise ProblemsError(problems)
        _tables(current, content, by)
        _claims(current, content, by)
        current.evidence.all().delete()
        files = StoredFile.objects.in_bulk([facts["sha256"] for facts in content["files"].values()])
        Evidence.objects.bulk_create(evidence_of(content, files, case=current, by=by))
        after = digest(working_content(current))
        facts: dict[str, Fact] = {"tables": len(content["tables"]), "before": before, "after": after}
        note(case=current, act="take_dossier", by=by, role="cluster", facts=facts)
    forget_subject(case)


def as_taken(content: Content) -> Content:
    """`content` as the working dossier states it once taken: claims alone, and what is kept of evidence."""
    tables = {name: table for name, table in content["tables"].items() if name not in KEPT_APART}
    files = {
        facts["sha256"]: StoredFile(sha256=facts["sha256"], size=facts["size"])
        for facts in content["files"].values()
    }
    evidence = evidence_of(content, files)
    if evidence:
        tables["evidence"] = {
            "header": list(EVIDENCE_COLUMNS),
            "rows": [evidence_row(one) for one in evidence],
        }
    claims = [one for one in claims_of(content) if says_something(one)]
    if claims:
        rows = [claim_row(one) for one in sorted(claims, key=lambda one: one.indicator)]
        tables["ratings"] = {"header": list(RATING_COLUMNS), "rows": rows}
    named = {one.name: {"sha256": one.file.sha256, "size": one.file.size} for one in evidence}
    return {"tables": tables, "files": named}


def unfit(content: Content) -> list[Problem]:
    """Why a case cannot hold `content`: ids, names and claims that stand twice, texts too long for their place."""
    problems = []
    rows = rows_of(content, "evidence")
    for column in ("evidence_id", "file"):
        problems += _twice("evidence", column, [row.get(column, "") for row in rows])
    claimed = [row.get("indicator", "") for row in rows_of(content, "ratings") if row.get("view") == "claim"]
    problems += _twice("ratings", "indicator", claimed)
    for number, row in enumerate(rows, start=2):
        if not row.get("evidence_id"):
            place = Place("evidence.csv", row=number, column="evidence_id")
            problems.append(Problem("cell-missing", _("A required cell is empty."), place))
        for column, longest in LONGEST.items():
            if len(row.get(column, "")) > longest:
                place = Place("evidence.csv", row=number, column=column)
                allowed = _("at most {n} characters").format(n=longest)
                problems.append(Problem("cell-too-long", _("The text is too long."), place, allowed=allowed))
    for number, row in enumerate(rows_of(content, "ratings"), start=2):
        if row.get("view") != "claim":
            continue
        rating, value = row.get("rating", ""), decimal_of(row.get("value", ""))
        step = whole_number(rating, None)
        place = Place("ratings.csv", row=number, column="rating")
        if rating and (step is None or step > HIGHEST_RATING):
            problems.append(Problem("rating-range", _("There is no such step."), place, found=rating))
        if row.get("value") and (value is None or not fits(value)):
            place = Place("ratings.csv", row=number, column="value")
            message = _("This is not a number in the form of the dossier.")
            problems.append(Problem("number-unreadable", message, place, found=row["value"][:80]))
        if len(row.get("indicator", "")) > 30:
            place = Place("ratings.csv", row=number, column="indicator")
            problems.append(Problem("cell-too-long", _("The text is too long."), place))
    return problems


def _twice(table: str, column: str, values: Iterable[str]) -> list[Problem]:
    first: dict[str, int] = {}
    problems = []
    for number, value in enumerate(values, start=2):
        if value in first:
            message = _("The same id stands in row {row} already.").format(row=first[value])
            place = Place(f"{table}.csv", row=number, column=column)
            problems.append(Problem("id-twice", message, place, found=value))
        elif value:
            first[value] = number
    return problems


def _tables(case: Case, content: Content, by: Person) -> None:
    # versions go on, so that who still edits what was there before is told
    versions = dict(case.tables.values_list("name", "version"))
    case.tables.all().delete()
    DossierTable.objects.bulk_create(
        DossierTable(
            case=case,
            name=name,
            header=table["header"],
            rows=table["rows"],
            version=versions.get(name, 0) + 1,
            edited_by=by.user,
        )
        for name, table in content["tables"].items()
        if name not in KEPT_APART
    )


def _claims(case: Case, content: Content, by: Person) -> None:
    there = {claim.indicator: claim for claim in case.claims.all()}
    taken = {claim.indicator: claim for claim in claims_of(content)}
    for code, old in there.items():
        if code not in taken and old.comment:
            taken[code] = Claim(indicator=code)
    for code, claim in taken.items():
        known = there.get(code)
        claim.case, claim.edited_by = case, by.user
        claim.comment, claim.version = (known.comment, known.version + 1) if known else ("", 1)
    case.claims.all().delete()
    Claim.objects.bulk_create(taken.values())
