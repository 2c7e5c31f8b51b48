"""Results of the register commands in words, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import wrap

from clustermark.cli.tables import Align, table, width
from clustermark.ground.texts import date_text, mark, ngettext, number
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Register
from clustermark.register.importing import Import
from clustermark.register.life import STATE_WORDS
from clustermark.register.places import place_name
from clustermark.register.rows import Row
from clustermark.register.statistics import Statistic
from clustermark.register.surveillance import Due

_ALIGNS: list[Align] = ["left", "left", "left", "left", "left", "left"]
_DUE = {"look": mark("look"), "reminder": mark("reminder"), "end": mark("last day")}


def statistic_lines(found: Statistic, register: Register, *, rows: bool) -> Iterator[str]:
    """A statistic: value, groups, rows if asked for, definition, and whose register it is."""
    day = date_text(found.as_of)
    value = "–" if found.value is None else number(found.value)
    yield _("{title}, {day}: {value}").format(title=found.title, day=day, value=value)
    for name, text in found.scope.items():
        yield f"  {name} = {text}"
    if found.groups:
        yield ""
        yield from table(
            [[group.title, number(group.value)] for group in found.groups], ["left", "right"], stretch=0
        )
    for title, shown in (
        (_("Rows"), found.rows if rows else []),
        (_("Same day"), found.tied),
        (_("No date"), found.uncertain),
    ):
        if shown:
            yield ""
            yield title
            yield from _rows(shown)
    yield ""
    yield from wrap(found.definition, width())
    yield from _source(register)


def row_lines(rows: Sequence[Row], register: Register, day: date) -> Iterator[str]:
    """Who held what on a day."""
    message = ngettext("{n} certificate in force on {day}", "{n} certificates in force on {day}", len(rows))
    yield message.format(n=number(len(rows)), day=date_text(day))
    yield from _rows(rows)
    yield from _source(register)


def _rows(rows: Sequence[Row]) -> list[str]:
    lines = [[_("number"), _("holder"), _("country"), _("level"), _("decided on"), _("state")]]
    for row in rows:
        day = row.decided_on.isoformat() if row.decided_on else str(row.year or "–")
        country = place_name(row.country) if row.country else "–"
        lines.append([row.number, row.holder, country, row.level, day, _(STATE_WORDS[row.state])])
    return table(lines, _ALIGNS, stretch=1)


def _source(register: Register) -> Iterator[str]:
    yield ""
    text = _("{title}. {notice} Licence: {licence}.").format(
        title=register.title, notice=register.notice, licence=register.licence
    )
    yield from wrap(text, width())


def import_lines(found: Import) -> Iterator[str]:
    """What a dry run found, beside its problems."""
    count = len(found.certificates)
    message = ngettext("{file}: {n} award can be entered.", "{file}: {n} awards can be entered.", count)
    yield message.format(file=found.file, n=number(count))
    if not found.duplicates:
        return
    count = len(found.duplicates)
    yield ngettext("{n} award may be entered twice:", "{n} awards may be entered twice:", count).format(
        n=number(count)
    )
    lines = [[_("row"), _("holder"), _("level"), _("date"), _("the same as"), _("holder"), _("date")]]
    lines += [
        [str(item.row), item.holder, item.level, item.day, item.other, item.other_holder, item.other_day]
        for item in found.duplicates
    ]
    yield from table(lines, ["right", "left", "left", "left", "left", "left", "left"], stretch=1)


def due_lines(found: Sequence[Due], register: Register) -> Iterator[str]:
    """What is due, a line each."""
    if not found:
        yield _("Nothing is due.")
        return
    names = {item.number: item.holder for item in register.certificates}
    lines = []
    for item in found:
        what = _(_DUE[item.kind])
        if item.months is not None:
            months = ngettext("{n} month before the end", "{n} months before the end", item.months)
            what = f"{what}, {months.format(n=item.months)}"
        lines.append([item.on.isoformat(), item.certificate, names[item.certificate], what])
    yield from table(lines, ["left", "left", "left", "left"], stretch=2)
