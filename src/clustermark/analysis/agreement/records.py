"""Agreement from ratings as they are kept: by case, and by indicator over all cases."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from clustermark.analysis.agreement.ratings import Floats
from clustermark.analysis.agreement.summary import Agreement, agreement_of
from clustermark.ground.documents import Document
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

RUBRIC = (0, 1, 2, 3, 4, 5)
"""The steps of a rating by rubric."""


@dataclass(frozen=True, slots=True)
class RatingRecord:
    """What one expert gave one indicator of one case; `rating` null: looked at, not rated."""

    case: str
    indicator: str
    expert: str
    rating: float | None
    rated_on: date | None = None


class SubjectAgreement(Document):
    """The agreement over one case or one indicator, and the experts it is about."""

    subject: str
    experts: list[str]
    agreement: Agreement


def by_case(
    records: Iterable[RatingRecord],
    categories: Sequence[float] = RUBRIC,
    *,
    level: float = 0.95,
    seed: int = 1,
) -> list[SubjectAgreement]:
    """The agreement of each case's panel; units are the indicators. Ordered by case."""
    return _by(records, lambda r: r.case, lambda r: r.indicator, categories, level=level, seed=seed)


def by_indicator(
    records: Iterable[RatingRecord],
    categories: Sequence[float] = RUBRIC,
    *,
    level: float = 0.95,
    seed: int = 1,
) -> list[SubjectAgreement]:
    """The agreement on each indicator; units are the cases, whoever sat on their panels. Ordered by code."""
    return _by(records, lambda r: r.indicator, lambda r: r.case, categories, level=level, seed=seed)


def overall(
    records: Iterable[RatingRecord],
    categories: Sequence[float] = RUBRIC,
    *,
    level: float = 0.95,
    seed: int = 1,
) -> Agreement:
    """The agreement over everything; units are the indicators of all cases."""
    _experts, table = rating_table(checked(records), lambda r: (r.case, r.indicator))
    return agreement_of(table, categories, level=level, seed=seed)


def checked(records: Iterable[RatingRecord]) -> list[RatingRecord]:
    """The records; raises ProblemsError when an expert rated an indicator of a case more than once."""
    kept = list(records)
    seen: set[tuple[str, str, str]] = set()
    problems = []
    for record in kept:
        key = (record.case, record.indicator, record.expert)
        if key in seen:
            message = _("{expert} rated indicator {indicator} of case {case} more than once.").format(
                expert=record.expert, indicator=record.indicator, case=record.case
            )
            problems.append(Problem("rated-twice", message, Place(_("ratings"))))
        seen.add(key)
    if problems:
        raise ProblemsError(problems)
    return kept


def rating_table(
    records: Sequence[RatingRecord], unit: Callable[[RatingRecord], Hashable]
) -> tuple[list[str], Floats]:
    """The experts (sorted) and the table of units × experts, NaN where an expert gave no rating."""
    units = {name: row for row, name in enumerate(dict.fromkeys(unit(record) for record in records))}
    experts = sorted({record.expert for record in records})
    columns = {name: column for column, name in enumerate(experts)}
    table = np.full((len(units), len(experts)), np.nan)
    for record in records:
        if record.rating is not None:
            table[units[unit(record)], columns[record.expert]] = float(record.rating)
    return experts, table


def _by(
    records: Iterable[RatingRecord],
    subject: Callable[[RatingRecord], str],
    unit: Callable[[RatingRecord], str],
    categories: Sequence[float],
    *,
    level: float,
    seed: int,
) -> list[SubjectAgreement]:
    groups: dict[str, list[RatingRecord]] = {}
    for record in checked(records):
        groups.setdefault(subject(record), []).append(record)
    answers = []
    for name in sorted(groups):
        experts, table = rating_table(groups[name], unit)
        found = agreement_of(table, categories, level=level, seed=seed)
        answers.append(SubjectAgreement(subject=name, experts=experts, agreement=found))
    return answers
