"""The rating sheet: its columns, and what a row says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clustermark.ground.exact import digest
from clustermark.web.cases.models.assessment import Said

SHEET = "ratings"
FILE = "ratings.xlsx"
HEADER = 2
"""Row of the heading counted from 0: title and help stand above it."""
COLUMNS = (
    "indicator", "title", "counts", "rubric", "required", "claimed",
    "rating", "records_right", "value", "reason", "recommendation", "evidence", "version", "base",
)  # fmt: skip
"""Names of the columns, in order; the last two are hidden and tell what was downloaded."""
INPUTS = frozenset({"rating", "records_right", "value", "reason", "recommendation", "evidence"})
"""Columns that are filled in; the others are locked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one indicator, apart from who said it."""

    rating: int | None = None
    value: Decimal | None = None
    follows_records: bool = False
    reason: str = ""
    recommendation: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        """Whether it says anything of the indicator."""
        return self.rating is not None or self.value is not None or self.follows_records

    def plain(self) -> list[Any]:
        """As plain data."""
        value = None if self.value is None else format(self.value.normalize(), "f")
        return [
            self.rating,
            value,
            self.follows_records,
            self.reason,
            self.recommendation,
            list(self.evidence),
        ]

    @property
    def base(self) -> str:
        """A digest by which a row that was not edited is known again."""
        return digest(self.plain()).removeprefix("sha256:")[:32]


def answer_of_row(said: Said | None) -> Answer:
    """A saved row as an answer; nothing saved is an empty one."""
    if said is None:
        return Answer()
    return Answer(
        rating=said.rating,
        value=said.value,
        follows_records=said.follows_records,
        reason=said.reason,
        recommendation=said.recommendation,
        evidence=tuple(said.evidence),
    )


def answer_of_plain(data: list[Any]) -> Answer:
    """What `Answer.plain` gave, back."""
    rating, value, follows, reason, recommendation, evidence = data
    return Answer(
        rating, None if value is None else Decimal(value), follows, reason, recommendation, tuple(evidence)
    )


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet that came back: its number, the answer, and the version and base it was downloaded with."""

    code: str
    number: int
    answer: Answer
    version: int
    base: str

    @property
    def edited(self) -> bool:
        """Whether the row says something else than when it was downloaded."""
        return self.answer.base != self.base
