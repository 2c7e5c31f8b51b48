"""Evidence of a dossier: files added, described anew, removed, each with its entry of the log."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from clustermark.casework.policy import Denied
from clustermark.dossiers.raw import UNSAFE_NAME, same_name
from clustermark.dossiers.tables import TABLES
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.web.accounts.people import Person, today
from clustermark.web.cases.domain.acting import Refused, locked, note, require
from clustermark.web.cases.models import Case, Evidence
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.files.models import StoredFile

LATER = {
    "desk_review": "clarification.answer",
    "site_visit": "clarification.answer",
    "rating": "clarification.answer",
    "deferred": "item.correct",
}
"""States after submission in which evidence may still be added, and the permission it then needs."""
LONGEST_NAME = 150
_ID = re.compile(r"E(\d+)")
_COLUMNS = {column.name: column for column in TABLES["evidence"].columns}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of a piece of evidence: everything but its file."""

    title: str
    kind: str
    own_date: date | None = None
    received_on: date | None = None
    page: str = ""
    indicators: tuple[str, ...] = ()


def permission_to_add(case: Case) -> str:
    """The permission by which evidence may be added in the state of the case."""
    return LATER.get(case.state, "dossier.edit")


def add_evidence(*, case: Case, file: StoredFile, name: str, about: About, by: Person) -> Evidence:
    """Add a stored file as evidence under the next id (E01, E02, …) and a safe name that no other has.

    While the dossier is edited, and later as answer to a question or to correct what a decision wants. A file that
    is there already under this name and with this description is not added again: whoever sends it once more lost the
    connection before the answer came. Raises `Refused` and `ProblemsError`.
    """
    with transaction.atomic():
        current = locked(case)
        require(by, permission_to_add(current), current)
        _check(current, about)
        said = _columns(replace(about, received_on=about.received_on or today()))
        same = {**said, "file_id": file.sha256, "name": free_name(name, ())}
        there = list(Evidence.objects.filter(case=current))
        for one in there:
            if all(getattr(one, column) == value for column, value in same.items()):
                return one
        row = Evidence.objects.create(
            case=current,
            evidence_id=next_id(one.evidence_id for one in there),
            file=file,
            name=free_name(name, [one.name for one in there]),
            added_by=by.user,
            **said,
        )
        _note(current, row, by, act="add_evidence", after=f"sha256:{file.sha256}")
    return row


def change_evidence(*, evidence: Evidence, about: About, by: Person) -> Evidence:
    """Say something else of a piece of evidence, while the dossier is edited."""
    with transaction.atomic():
        current = locked(evidence.case)
        require(by, "dossier.edit", current)
        _check(current, about)
        row = _still_there(current, evidence)
        for name, value in _columns(about).items():
            setattr(row, name, value)
        row.save()
        _note(current, row, by, act="change_evidence")
    return row


def remove_evidence(*, evidence: Evidence, by: Person) -> None:
    """Take a piece of evidence out of the dossier, while it is edited; the stored file stays in the store."""
    with transaction.atomic():
        current = locked(evidence.case)
        require(by, "dossier.edit", current)
        row = _still_there(current, evidence)
        _note(current, row, by, act="remove_evidence", before=f"sha256:{row.file_id}")
        row.delete()


def next_id(ids: Iterable[str]) -> str:
    """The id after the highest of the form E01."""
    numbers = [int(found[1]) for one in ids if (found := _ID.fullmatch(one))]
    return f"E{max(numbers, default=0) + 1:02}"


def free_name(name: str, taken: Collection[str]) -> str:
    """`name` without a path and without characters that some system refuses, numbered when it is taken.

    Names that differ in capitals only are the same: some file systems would keep one of them.
    """
    last = re.split(r"[/\\]", name)[-1]
    clean = UNSAFE_NAME.sub("", last).strip(" .") or "file"
    stem, dot, ending = clean.rpartition(".")
    if not dot or not stem or len(ending) > 10:
        stem, dot, ending = clean, "", ""
    stem = stem[: LONGEST_NAME - len(ending) - 6]
    known = {same_name(one) for one in taken}
    number, candidate = 1, f"{stem}{dot}{ending}"
    while same_name(candidate) in known:
        number += 1
        candidate = f"{stem}-{number}{dot}{ending}"
    return candidate


def _still_there(case: Case, evidence: Evidence) -> Evidence:
    row = Evidence.objects.filter(case=case, pk=evidence.pk).first()
    if row is None:
        raise Refused(Denied("removed", _("This piece of evidence was removed meanwhile.")))
    return row


def _columns(about: About) -> dict[str, object]:
    return {
        "title": about.title.strip(),
        "kind": about.kind,
        "own_date": about.own_date,
        "received_on": about.received_on,
        "page": about.page.strip(),
        "indicators": list(about.indicators),
    }


def _check(case: Case, about: About) -> None:
    problems = []

    def add(field: str, message: str, found: str | None = None) -> None:
        problems.append(Problem(f"evidence-{field}", message, Place("evidence", field=field), found=found))

    if not about.title.strip():
        add("title", _("A piece of evidence needs a title."))
    if about.kind not in _COLUMNS["kind"].choices:
        add("kind", _("This is not one of the words of the list."), found=about.kind)
    if about.own_date and about.received_on and about.own_date > about.received_on:
        add("own_date", _("The document bears a date after the day on which it was received."))
    unknown = sorted(
        set(about.indicators) - {one.code for one in scheme_of(case.edition).document.indicators}
    )
    if unknown:
        add("indicators", _("The scheme has no such indicator."), found=", ".join(unknown))
    if problems:
        raise ProblemsError(problems)


def _note(
    case: Case, row: Evidence, by: Person, *, act: str, before: str | None = None, after: str | None = None
) -> None:
    facts = {"evidence": row.evidence_id, "before": before, "after": after}
    note(case=case, act=act, by=by, role="cluster", facts=facts)
