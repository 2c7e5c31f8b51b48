"""Small schemes and dossiers for tests, written as a person would write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from clustermark.dossiers.dossier import Dossier, Row, Value
from clustermark.schemes.scheme import Scheme

ROOT = Path(__file__).parent.parent
AS_OF = date(2025, 10, 26)

MINI = """\
scheme: mini-2025
version: "1"
title: {en: Mini label}
summary: {en: A label with one indicator.}
owner: {name: Test owner}
notice: {en: Example values only.}
languages: [en]
sources: {test: {title: This test}}
units: {percent: {symbol: {en: "%"}, title: {en: per cent}}}
dimensions: [{code: "2", title: {en: Cooperation}}]
facts:
  committed: {from: participants, value: count(*) filter (where committed), title: {en: Committed participants}}
  contacted:
    from: contacts
    value: >-
      count(distinct participant_id) filter
      (where committed and documented and held_on > as_of - interval 12 month and held_on <= as_of)
    title: {en: Committed participants met}
indicators:
  - code: "2.5"
    title: {en: Direct personal contacts}
    dimension: "2"
    counts: {en: Documented bilateral meetings in twelve months.}
    measure: 100 * contacted / committed
    unit: percent
    bands: [20, 35, 50, 65, 80]
    required: 35
    minimum: true
    origin: {all: {mark: example, source: test}}
levels:
  - level: silver
    title: {en: Silver}
    when: {all: [minimums_met, points >= 3]}
    origin: {all: {mark: example, source: test}}
disclosure: {min_peers: 5, origin: {all: {mark: example, source: test}}}
"""


def mini(**replaced: str) -> Scheme:
    """The mini scheme, with pieces of its text replaced."""
    return Scheme.from_text(mini_text(**replaced))


def mini_text(**replaced: str) -> str:
    """The text of the mini scheme with ``KEY=VALUE`` put in for the line or piece named in `PIECES`."""
    text = MINI
    for name, value in replaced.items():
        piece = PIECES[name]
        assert text.count(piece) == 1, piece
        text = text.replace(piece, value)
    return text


PIECES = {
    "committed": "count(*) filter (where committed)",
    "measure": "100 * contacted / committed",
    "bands": "[20, 35, 50, 65, 80]",
    "rule": "{all: [minimums_met, points >= 3]}",
    "required": "required: 35",
    "unit": "unit: percent",
    "title": "title: {en: Mini label}",
}


def rows(*values: Mapping[str, Any]) -> tuple[Row, ...]:
    """Rows of a table; the first is row 2 of its file."""
    return tuple(Row(number, row) for number, row in enumerate(values, start=2))


def participant(key: str, **values: Value) -> dict[str, Value]:
    """A committed company."""
    return {
        "participant_id": key,
        "name": f"Company {key}",
        "type": "company",
        "joined_on": date(2020, 1, 1),
        "commitment": "fee",
        **values,
    }


def contact(
    key: str, participant_id: str, held_on: date = date(2025, 3, 1), **values: Value
) -> dict[str, Value]:
    """A documented visit."""
    base: dict[str, Value] = {"contact_id": key, "participant_id": participant_id, "held_on": held_on}
    return {**base, "form": "visit", "documented": True, **values}


def dossier(**tables: tuple[Row, ...]) -> Dossier:
    """A dossier with a profile and the given tables."""
    profile: dict[str, Value] = {"name": "Test cluster", "country": "DE", "sector": "health"}
    return Dossier(
        source="test", tables={"profile": rows({**profile, "established_on": date(2015, 5, 1)}), **tables}
    )


def met(contacted: int, committed: int) -> Dossier:
    """A dossier in which so many of the committed participants were met."""
    everyone = [participant(f"P{i}") for i in range(committed)]
    meetings = [contact(f"C{i}", f"P{i}") for i in range(contacted)]
    return dossier(participants=rows(*everyone), contacts=rows(*meetings))
