"""What taking a sheet would change: every change beside what is saved, and what was edited in both places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clustermark.web.cases.offline.sheet import Answer, SheetRow, answer_of_row
from clustermark.web.cases.queries.workspace import Item


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator: what is saved, what the sheet says; `conflict`: the saved was edited since the download."""

    code: str
    title: str
    row: int
    saved: Answer
    brought: Answer
    version: int
    conflict: bool


def changes_of(rows: Sequence[SheetRow], items: Sequence[Item]) -> list[Change]:
    """What the sheet would change, in the order of the scheme. Rows that nobody edited change nothing."""
    brought = {row.code: row for row in rows}
    found = []
    for item in items:
        row = brought.get(item.code)
        saved = answer_of_row(item.rating)
        if row is None or not row.edited or row.answer.base == saved.base:
            continue
        version = item.rating.version if item.rating else 0
        found.append(
            Change(
                code=item.code,
                title=item.title,
                row=row.number,
                saved=saved,
                brought=row.answer,
                version=version,
                conflict=version != row.version and saved.base != row.base,
            )
        )
    return found
