"""A small scheme with every kind of scale, and a dossier for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from clustermark.dossiers.dossier import Dossier
from clustermark.schemes.scheme import Scheme
from tests.builders import AS_OF, contact, dossier, participant, rows

SCHEME = """\
scheme: doubt-2025
version: "1"
title: {en: Doubtful label}
summary: {en: A label to be doubted.}
owner: {name: Test owner}
notice: {en: Example values only.}
languages: [en]
sources: {test: {title: This test}}
units: {percent: {symbol: {en: "%"}, title: {en: per cent}}, rating: {symbol: {en: of 3}, title: {en: rating}}}
dimensions: [{code: "1", title: {en: All}}]
facts:
  committed: {from: participants, value: count(*) filter (where committed), title: {en: Committed participants}}
  contacted: {from: contacts, value: count(distinct participant_id), title: {en: Participants met}}
  answers: {from: last_survey, value: max(answers), title: {en: Answers}}
  score_sum: {from: last_survey, value: max(score_sum), title: {en: Sum of scores}}
indicators:
  - {code: "1.1", title: {en: Contacts}, dimension: "1", counts: {en: Meetings.}, measure: 100 * contacted / committed,
     unit: percent, decimals: 2, bands: [20, 40, 60], required: 40, minimum: true, origin: {all: {mark: example, source: test}}}
  - {code: "1.2", title: {en: Strategy}, dimension: "1", counts: {en: Judged.}, unit: rating, decimals: 0,
     rubric: [{en: none}, {en: some}, {en: good}, {en: all}, {en: more}, {en: most}], bands: [1, 2, 3], required: 2, minimum: true,
     origin: {all: {mark: example, source: test}}}
  - {code: "1.3", title: {en: Not met}, dimension: "1", counts: {en: Who was not met.}, measure: committed - contacted,
     unit: percent, decimals: 0, direction: down, bands: [9, 5, 2], points: [0, 1, 3, 4], origin: {all: {mark: example, source: test}}}
  - {code: "1.4", title: {en: Satisfaction}, dimension: "1", counts: {en: Mean answer.}, measure: score_sum / answers,
     unit: percent, decimals: 2, bands: [50, 60, 70], origin: {all: {mark: example, source: test}}}
levels:
  - {level: silver, title: {en: Silver}, when: minimums_met, origin: {all: {mark: example, source: test}}}
  - {level: gold, title: {en: Gold}, when: {all: [silver, points >= 9]}, origin: {all: {mark: example, source: test}}}
disclosure: {min_peers: 5, origin: {all: {mark: example, source: test}}}
"""


def scheme() -> Scheme:
    """The scheme above; 13 points at most."""
    return Scheme.from_text(SCHEME)


def rating(view: str, value: int, rater: str | None = None) -> dict[str, Any]:
    """A rating of 1.2."""
    return {"indicator": "1.2", "view": view, "rater": rater, "rating": value, "rated_on": AS_OF}


def survey(scores: dict[str, list[int]], invited: int) -> dict[str, Any]:
    """The tables of one survey: respondent → scores."""
    answers = [
        {"survey_id": "S", "respondent": who, "question": f"q{place}", "score": Decimal(score)}
        for who, given in scores.items()
        for place, score in enumerate(given)
    ]
    held = {"survey_id": "S", "kind": "participants", "held_on": date(2025, 5, 1), "invited": invited}
    return {"surveys": rows(held), "survey_answers": rows(*answers)}


SCORES = {"1": [60, 70], "2": [80], "3": [40, 50, 60]}


def case(
    *, met: int = 4, ratings: tuple[dict[str, Any], ...] | None = None, surveyed: bool = True
) -> Dossier:
    """Ten committed participants of whom `met` were met, two experts (3 and 1), consensus 2."""
    said = (rating("expert", 3, "A"), rating("expert", 1, "B"), rating("consensus", 2))
    return dossier(
        participants=rows(*(participant(f"P{i}") for i in range(10))),
        contacts=rows(*(contact(f"C{i}", f"P{i}") for i in range(met))),
        ratings=rows(*(said if ratings is None else ratings)),
        **(survey(SCORES, 5) if surveyed else {}),
    )
