"""The figures of a release: each with what it counts, over which rows, and its place in a sentence."""

from __future__ import annotations

import re
from datetime import date

from clustermark.ground.texts import date_text, mark, ngettext, number
from clustermark.ground.texts import gettext as _
from clustermark.register.places import place_name
from clustermark.register.rows import Row
from clustermark.register.sectors import sector_name
from clustermark.register.statistics import Statistic
from clustermark.reports.announcement_model import Figure, Piece
from clustermark.reports.announcement_words import level_name

_TOKEN = re.compile("\\x00([0-9]+)\\x00")


class Figures:
    """The figures so far; each becomes a token in its sentence, and the sentence is cut at the tokens."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self.figures: list[Figure] = []

    def counted(self, key: str, shown: str, statistic: Statistic, *, title: str) -> str:
        """A figure that a statistic gives."""
        scope = "; ".join(
            f"{_(_SCOPES[name])}: {_in_words(name, text)}" for name, text in statistic.scope.items()
        )
        definition = _("{definition} As of {day}; restricted to: {scope}.").format(
            definition=statistic.definition, day=date_text(self.as_of), scope=scope or _("nothing")
        )
        columns = [_("number"), _("holder"), _("country"), _("level"), _("decided on")]
        rows = [_row(row) for row in statistic.rows]
        exact = "–" if statistic.value is None else number(statistic.value)
        return self.figure(key, shown, exact, title, definition, columns, rows)

    def figure(  # noqa: PLR0917 - in the order in which a figure reads
        self,
        key: str,
        shown: str,
        exact: str,
        title: str,
        definition: str,
        columns: list[str],
        rows: list[list[str]],
    ) -> str:
        """Number a figure and keep it; its token."""
        made = Figure(
            number=len(self.figures) + 1,
            key=key,
            shown=shown,
            exact=exact,
            title=title,
            definition=definition,
            columns=columns,
            rows=rows,
        )
        self.figures.append(made)
        return f"\x00{made.number}\x00"

    def pieces(self, sentence: str) -> list[Piece]:
        """The sentence cut into plain text and figures."""
        parts = _TOKEN.split(sentence)
        found = []
        for index, part in enumerate(parts):
            if index % 2:
                found.append(Piece(text=self.figures[int(part) - 1].shown, figure=int(part)))
            elif part:
                found.append(Piece(text=part))
        return found


_SCOPES = {
    "level": mark("level"),
    "country": mark("country"),
    "continent": mark("continent"),
    "sector": mark("sector"),
    "first": mark("from"),
    "last": mark("until"),
}
"""What a statistic is restricted to, in words."""


def _in_words(name: str, text: str) -> str:
    if name in {"country", "continent"}:
        return place_name(text)
    if name in {"first", "last"}:
        return date_text(date.fromisoformat(text))
    if name == "level":
        return level_name(text)
    return sector_name(text) if name == "sector" else text


def reservations(statistic: Statistic) -> list[str]:
    """What must be said where others share the place, or could take it if their dates were known."""
    found = []
    if statistic.tied:
        count = len(statistic.tied)
        message = ngettext(
            "{n} other holder was awarded on the same day and shares the place.",
            "{n} other holders were awarded on the same day and share the place.",
            count,
        )
        found.append(message.format(n=number(count)))
    if statistic.uncertain:
        count = len(statistic.uncertain)
        message = ngettext(
            "The date of {n} award is not known; it could change the place.",
            "The dates of {n} awards are not known; they could change the place.",
            count,
        )
        found.append(message.format(n=number(count)))
    return found


def _row(row: Row) -> list[str]:
    day = date_text(row.decided_on) if row.decided_on else str(row.year or "–")
    country = place_name(row.country) if row.country else "–"
    return [row.number, row.holder, country, level_name(row.level), day]
