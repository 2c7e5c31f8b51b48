"""What must hold between cells, rows and tables of a dossier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from clustermark.dossiers.cells import suggestion
from clustermark.dossiers.dossier import Row, Value
from clustermark.dossiers.raw import EVIDENCE_DIR, RawDossier, RawTable, file_name_fault, shortened
from clustermark.dossiers.tables import TABLES, Table
from clustermark.ground.problems import Place, Problem, ProblemList
from clustermark.ground.texts import gettext as _

REQUIRED_TABLES = ("profile", "participants", "team")
"""Without these three nothing can be assessed; they need at least one row each."""

_IN_ORDER = {
    "participants": ("joined_on", "left_on"),
    "team": ("started_on", "ended_on"),
    "seats": ("since", "until"),
    "documents": ("dated_on", "valid_until"),
    "projects": ("started_on", "ended_on"),
    "working_groups": ("started_on", "ended_on"),
    "group_participants": ("joined_on", "left_on"),
    "agreements": ("signed_on", "ends_on"),
    "labels": ("assessed_on", "valid_until"),
    "improvements": ("named_on", "validated_on"),
    "evidence": ("own_date", "received_on"),
}
"""Pairs of dates of which the first must not lie after the second."""

ONCE = {
    "project_participants": ("project_id", "participant_id"),
    "attendance": ("event_id", "participant_id"),
    "survey_answers": ("survey_id", "respondent", "question"),
    "ratings": ("indicator", "view", "rater"),
}
"""Columns that together stand in one row only; a second row would count twice."""

_PATTERNS = {
    "country": (re.compile("[A-Z]{2}"), "country-unreadable"),
    "currency": (re.compile("[A-Z]{3}"), "currency-unreadable"),
}

Rows = Mapping[str, tuple[Row, ...]]


def check_rules(raw: RawDossier, tables: Rows, problems: ProblemList) -> None:
    """Note everything that does not fit together in tables that were read."""
    for name in REQUIRED_TABLES:
        if not tables.get(name) and name not in raw.unreadable:
            problems.add(_table_missing(raw, name))
    for name, rows in tables.items():
        table = raw.tables[name]
        problems.extend(_out_of_order(table, rows))
        problems.extend(_said_twice(table, rows))
        problems.extend(_patterns(TABLES[name], table, rows))
        problems.extend(_unknown_references(TABLES[name], table, rows, raw, tables))
    if "ratings" in tables:
        told = {problem.place for problem in problems}
        problems.extend(_ratings(raw.tables["ratings"], tables["ratings"], told))
    if "evidence" not in raw.unreadable:
        problems.extend(_evidence(raw, tables.get("evidence", ())))


def _table_missing(raw: RawDossier, name: str) -> Problem:
    place = (
        raw.tables[name].place()
        if name in raw.tables
        else Place(f"{name}.csv" if raw.by_file else raw.path.name)
    )
    return Problem(
        "table-missing",
        _("The table {name} is required and has no rows.").format(name=name),
        place,
        allowed=_("at least one row in each of {tables}").format(tables=", ".join(REQUIRED_TABLES)),
    )


def _out_of_order(table: RawTable, rows: tuple[Row, ...]) -> Iterator[Problem]:
    first, second = _IN_ORDER.get(table.name, ("", ""))
    for row in rows:
        earlier, later = row.values.get(first), row.values.get(second)
        if isinstance(earlier, date) and isinstance(later, date) and earlier > later:
            yield Problem(
                "dates-out-of-order",
                _("{later} lies before {earlier}.").format(later=second, earlier=first),
                table.place(row.number, second),
                found=f"{first} {earlier}, {second} {later}",
                allowed=_("{earlier} or later").format(earlier=earlier),
            )


def _said_twice(table: RawTable, rows: tuple[Row, ...]) -> Iterator[Problem]:
    columns = ONCE.get(table.name)
    if columns is None:
        return
    first: dict[tuple[Value, ...], int] = {}
    for row in rows:
        key = tuple(row.values.get(column) for column in columns)
        if key[0] is None or key[1] is None:
            continue
        if key in first:
            yield Problem(
                "row-twice",
                _("Row {row} states the same already.").format(row=first[key]),
                table.place(row.number),
                found=", ".join(str(part) for part in key if part is not None),
                allowed=_("one row for each {columns}").format(columns=" + ".join(columns)),
            )
        else:
            first[key] = row.number


def _patterns(spec: Table, table: RawTable, rows: tuple[Row, ...]) -> Iterator[Problem]:
    for column, (pattern, code) in _PATTERNS.items():
        if spec.column(column) is None:
            continue
        for row in rows:
            text = row.values.get(column)
            if isinstance(text, str) and not pattern.fullmatch(text):
                yield Problem(
                    code,
                    _("This is not a code of the standard."),
                    table.place(row.number, column),
                    found=shortened(text),
                    allowed=_("two capital letters (ISO 3166-1), for example DE")
                    if column == "country"
                    else _("three capital letters (ISO 4217), for example EUR"),
                )


def _unknown_references(
    spec: Table, table: RawTable, rows: tuple[Row, ...], raw: RawDossier, tables: Rows
) -> Iterator[Problem]:
    for column in spec.columns:
        target = TABLES.get(column.refers_to or "")
        if target is None or target.name in raw.unreadable or target.key is None:
            continue
        key = target.key.name
        ids = {row.values.get(key) for row in tables.get(target.name, ())}
        for row in rows:
            value = row.values.get(column.name)
            for item in value if isinstance(value, tuple) else (value,):
                if item is not None and item not in ids:
                    known = [str(name) for name in ids if name is not None]
                    yield Problem(
                        "id-unknown",
                        _("There is no row with this id in {table}.").format(table=target.name)
                        + suggestion(str(item), sorted(known)[:1000]),
                        table.place(row.number, column.name),
                        found=shortened(str(item)),
                        allowed=_("a {key} of {table}").format(key=key, table=target.name),
                    )


def _ratings(table: RawTable, rows: tuple[Row, ...], told: set[Place]) -> Iterator[Problem]:
    """Rules of the rows of ratings; a cell whose problem is `told` already is not called empty."""
    for row in rows:
        if any(table.place(row.number, name) in told for name in ("view", "rater", "rating", "value")):
            continue
        view, rater = row.values.get("view"), row.values.get("rater")
        if view == "expert" and rater is None:
            yield Problem(
                "rater-missing",
                _("The rating of an expert needs the name of the expert."),
                table.place(row.number, "rater"),
                allowed=_("the name of the expert"),
            )
        if view in ("claim", "consensus") and rater is not None:
            yield Problem(
                "rater-not-allowed",
                _("A claim and a consensus have no single rater."),
                table.place(row.number, "rater"),
                found=shortened(str(rater)),
                allowed=_("an empty cell"),
            )
        stated = [name for name in ("rating", "value") if row.values.get(name) is not None]
        # a remark without a number leaves the value to the records: reasons and advice on what is measured
        remark = row.values.get("reason") is not None or row.values.get("recommendation") is not None
        if len(stated) == 2 or not (stated or remark):
            yield Problem(
                "rating-or-value",
                _("A row states a rating or a corrected value, or a reason or recommendation alone."),
                table.place(row.number, "rating"),
                found=_("both") if stated else _("neither"),
                allowed=_(
                    "rating or value, not both; neither where the records stand and something is said about them"
                ),
            )


def _evidence(raw: RawDossier, rows: tuple[Row, ...]) -> Iterator[Problem]:
    named: set[str] = set()
    for row in rows:
        name, sha256 = row.values.get("file"), row.values.get("sha256")
        table = raw.tables["evidence"]
        if isinstance(sha256, str) and not re.fullmatch("[0-9a-f]{64}", sha256):
            yield Problem(
                "hash-unreadable",
                _("This is not a SHA-256."),
                table.place(row.number, "sha256"),
                found=shortened(sha256),
                allowed=_("64 hexadecimal digits in lower case; «clustermark dossier hash» fills them in"),
            )
            sha256 = None
        if not isinstance(name, str):
            continue
        named.add(name)
        yield from _evidence_file(raw, table, row.number, name, sha256)
    for name in sorted(raw.files.keys() - named):
        yield Problem(
            "evidence-unnamed",
            _("No row of the table evidence names this file."),
            Place(f"{EVIDENCE_DIR}/{name}"),
            severity="warning",
        )


def _evidence_file(raw: RawDossier, table: RawTable, row: int, name: str, sha256: Value) -> Iterator[Problem]:
    place = table.place(row, "file")
    file = raw.files.get(name)
    if fault := file_name_fault(name):
        yield Problem(
            "file-name-unsafe",
            fault,
            place,
            found=shortened(name),
            allowed=_("a name in the folder evidence"),
        )
    elif file is None:
        hint = suggestion(name, sorted(raw.files))
        yield Problem(
            "evidence-missing",
            _("The file is not in the folder evidence.") + hint,
            place,
            found=shortened(name),
            allowed=_("the name of a file in the folder evidence"),
        )
    elif isinstance(sha256, str) and file.sha256 != sha256:
        yield Problem(
            "evidence-changed",
            _("The file {name} is not the one that was hashed.").format(name=name),
            table.place(row, "sha256"),
            found=sha256,
            allowed=_("{sha256}, the SHA-256 of the file as it is").format(sha256=file.sha256),
        )
