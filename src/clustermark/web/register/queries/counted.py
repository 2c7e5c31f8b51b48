"""Statistics of the register in the database: the functions of `clustermark.register.statistics`, remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import current_language
from clustermark.ground.texts import gettext as _
from clustermark.register import statistics
from clustermark.register.entries import Register
from clustermark.register.places import continent_of
from clustermark.register.rows import Scope
from clustermark.register.statistics import By, Statistic
from clustermark.web.register.queries.whole import Head, database, whole_register
from clustermark.web.remembering import Remembered

KINDS = ("in_force", "awarded", "holders", "renewals", "time_in_process", "ordinal")
GROUPED: dict[str, Callable[..., Statistic]] = {
    "in_force": statistics.in_force,
    "awarded": statistics.awarded,
    "holders": statistics.holders,
}
MOST_ROWS = 300_000
"""Rows of all statistics that are remembered; each takes about half a kilobyte."""
_REMEMBERED: Remembered[Statistic] = Remembered(MOST_ROWS)
GRACE_MONTHS = 12
"""Months after its end in which a term can be renewed, unless the reader asks otherwise."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which statistic, as of which day, of what. `number` and `within` are those of an ordinal."""

    key: str
    as_of: date
    by: By | None = None
    scope: Scope = Scope()  # noqa: RUF009 - a frozen value
    number: str = ""
    within: str = "country"


def computed(asked: Asked, at: Head) -> Statistic:
    """The statistic. Raises ProblemsError for an ordinal of a number that has no place."""
    key = (asked, at, database(), current_language())
    found = _REMEMBERED.find(key)
    if found is None:
        found = _computed(asked, whole_register(at))
        _REMEMBERED.keep(key, found, len(found.rows) + len(found.uncertain) + len(found.tied) + 100)
    return found


def _computed(asked: Asked, register: Register) -> Statistic:
    options: dict[str, Any] = {"as_of": asked.as_of, "scope": asked.scope}
    if asked.key in GROUPED:
        return GROUPED[asked.key](register, by=asked.by, **options)
    if asked.key == "renewals":
        return statistics.renewals(register, grace_months=GRACE_MONTHS, **options)
    if asked.key == "time_in_process":
        return statistics.time_in_process(register, **options)
    own = register.known_on(asked.as_of).certificate(asked.number)
    scopes = {
        "country": Scope(level=own.level, country=own.country),
        "continent": Scope(level=own.level, continent=continent_of(own.country)),
        "sector": Scope(level=own.level, continent=continent_of(own.country), sector=own.sector),
    }
    try:
        return statistics.ordinal(register, own.number, as_of=asked.as_of, scope=scopes[asked.within])
    except ValueError:
        message = _("A void certificate has no place among the others.")
        raise ProblemsError([Problem("ordinal-void", message, Place(asked.number))]) from None
