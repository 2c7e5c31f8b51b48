"""Shorter ways to state the tables of the two small samples: text lines into rows, meetings, answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from common.dice import Dice
from common.folder import Cell, Record


def _yes_no(text: str) -> bool:
    return text == "yes"


READERS: dict[str, Callable[[str], Cell]] = {
    "t": str,
    "i": int,
    "n": Decimal,
    "d": date.fromisoformat,
    "b": _yes_no,
    "l": str.split,
}
"""How a field is read: text, integer, number, date, yes or no, list."""


def rows(columns: str, lines: str) -> list[Record]:
    """Rows from lines with `|` between fields; `columns` names them as `name:reader`, text by default.

    An empty field stays empty; a column called `_` is left out.
    """
    named = [column.partition(":")[::2] for column in columns.split()]
    table: list[Record] = []
    for line in lines.strip().splitlines():
        fields = line.split("|")
        if len(fields) != len(named):
            raise ValueError(f"{len(fields)} fields instead of {len(named)}: {line}")
        table.append(
            {
                name: READERS[reader or "t"](field) if field else None
                for (name, reader), field in zip(named, fields, strict=True)
                if name != "_"
            }
        )
    return table


def meetings(
    dice: Dice, ids: Sequence[str], *, staff: Sequence[str], topics: Sequence[str], first: date, last: date
) -> list[Record]:
    """One documented meeting for each id, by date."""
    days = sorted((dice.working_day(first, last), pid) for pid in ids)
    return [
        {
            "contact_id": f"C{number:03}",
            "participant_id": pid,
            "held_on": day,
            "form": dice.one(("visit", "office", "video")),
            "person_id": dice.one(staff),
            "topic": dice.one(topics),
            "documented": True,
        }
        for number, (day, pid) in enumerate(days, start=1)
    ]


def answers(dice: Dice, survey: str, respondents: int, centres: dict[str, int]) -> list[Record]:
    """Answers of a survey in steps of five around a centre for each question."""
    return [
        {
            "survey_id": survey,
            "respondent": str(respondent),
            "question": question,
            "score": Decimal(min(100, round((centre + dice.between(-18, 18)) / 5) * 5)),
        }
        for respondent in range(1, respondents + 1)
        for question, centre in centres.items()
    ]


def memberships(key: str, lines: str) -> list[Record]:
    """Rows of who takes part in what: the last field of each line lists participants, the first is the id."""
    table: list[Record] = []
    for line in lines.strip().splitlines():
        activity, *_, people = line.split("|")
        table += [{key: activity, "participant_id": person} for person in people.split()]
    return table
