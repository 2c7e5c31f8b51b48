"""The certificates behind statistics: what is selected, with the state on a day, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clustermark.ground.documents import Document
from clustermark.register.entries import Certificate, Register
from clustermark.register.life import State, state_on, terms
from clustermark.register.places import continent_of


class Row(Document):
    """A certificate behind a statistic, with its state on the day of the statistic."""

    number: str
    holder: str
    holder_id: str
    country: str | None
    sector: str | None
    level: str
    decided_on: date | None
    year: int | None
    valid_until: date | None
    state: State
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a statistic is restricted to; dates are those of the decision, both included."""

    level: str | None = None
    country: str | None = None
    continent: str | None = None
    sector: str | None = None
    first: date | None = None
    last: date | None = None

    def has(self, item: Certificate) -> bool:
        """Whether a certificate is in it; one whose date is not known is in no period."""
        if self.first is not None or self.last is not None:
            day = item.decided_on
            if day is None or not (self.first or date.min) <= day <= (self.last or date.max):
                return False
        return (
            self.level in (None, item.level)
            and self.country in (None, item.country)
            and self.continent in (None, continent_of(item.country))
            and self.sector in (None, item.sector)
        )

    def stated(self) -> dict[str, str]:
        """What it is restricted to, by name."""
        named = {
            "level": self.level,
            "country": self.country,
            "continent": self.continent,
            "sector": self.sector,
        }
        days = {"first": self.first, "last": self.last}
        return {name: text for name, text in named.items() if text} | {
            name: day.isoformat() for name, day in days.items() if day
        }


EVERYTHING = Scope()
_STATED = set(Row.model_fields) - {"days"}


def rows_on(register: Register, *, day: date, known_on: date, scope: Scope = EVERYTHING) -> list[Row]:
    """The certificates in scope as known at the end of `known_on`, with their states on `day`, without void ones.

    They stand in the order of their decisions.
    """
    known = register.known_on(known_on)
    found = []
    for item in known.certificates:
        if not scope.has(item):
            continue
        acts = known.acts_of(item.number)
        state = state_on(item, acts, day)
        if state == "void":
            continue
        spans = terms(item, acts)
        found.append(
            # nothing to check again: all of it stands in a certificate already
            Row.model_construct(
                _STATED,
                number=item.number,
                holder=item.holder,
                holder_id=item.holder_id,
                country=item.country,
                sector=item.sector,
                level=item.level,
                decided_on=item.decided_on,
                year=item.decided_year,
                valid_until=spans[-1][1] if spans else item.valid_until,
                state=state,
            )
        )
    return sorted(found, key=order_of)


def order_of(row: Row) -> tuple[int, str, str]:
    """By day; a year alone stands at its end, what has neither comes last."""
    year = row.decided_on.year if row.decided_on else row.year
    return (year or 9999, row.decided_on.isoformat() if row.decided_on else "9", row.number)


def first_of_each(rows: Iterable[Row]) -> dict[str, Row]:
    """The first row of each holder, in the order of first rows."""
    firsts: dict[str, Row] = {}
    for row in sorted(rows, key=order_of):
        firsts.setdefault(row.holder_id, row)
    return firsts
