"""Statistics of a register as of any date. Each carries its definition, its value and the rows behind it.

All of them see the register as it stood at the end of that day (`Register.known_on`). Void certificates never
were and are in none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from clustermark.ground.documents import Document, Number
from clustermark.ground.exact import half_up
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Register
from clustermark.register.life import IN_FORCE, state_on, terms
from clustermark.register.places import continent_of, place_name
from clustermark.register.rows import EVERYTHING, Row, Scope, first_of_each, order_of, rows_on
from clustermark.register.sectors import sector_name
from clustermark.scoring.validity import add_months

Key = Literal["in_force", "awarded", "holders", "renewals", "time_in_process", "ordinal"]
By = Literal["level", "country", "continent", "sector", "year"]
BY: tuple[By, ...] = ("level", "country", "continent", "sector", "year")


class Group(Document):
    """One line of a statistic: its key (null: not stated), its name, its value and the numbers of its rows."""

    key: str | None
    title: str
    value: int
    numbers: list[str]


class Statistic(Document):
    """A figure with all that proves it.

    `scope` says what it is restricted to; `uncertain` are rows that have no date and could change the
    value; `tied` are those that share the place of an ordinal.
    """

    format: Literal["clustermark-statistic/1"] = "clustermark-statistic/1"
    key: Key
    title: str
    definition: str
    as_of: date
    scope: dict[str, str] = {}
    value: Number | None
    groups: list[Group] = []
    rows: list[Row]
    uncertain: list[Row] = []
    tied: list[Row] = []


def in_force(
    register: Register, *, as_of: date, by: By | None = None, scope: Scope = EVERYTHING
) -> Statistic:
    """Certificates valid or conditional on the day."""
    found = [row for row in _rows(register, as_of, scope) if row.state in IN_FORCE]
    definition = _(
        "Certificates that are valid, or valid under a condition, on the day of the statistic. Suspended, expired, "
        "withdrawn and void ones are not counted, and neither are those whose term is not known."
    )
    return _counted(
        "in_force", _("Certificates in force"), definition, as_of=as_of, scope=scope, rows=found, by=by
    )


def awarded(register: Register, *, as_of: date, by: By | None = None, scope: Scope = EVERYTHING) -> Statistic:
    """Certificates awarded up to the day, whatever became of them later; void ones are not counted."""
    found = _rows(register, as_of, scope)
    definition = _(
        "Certificates awarded up to the day of the statistic, whatever became of them later. A renewal of the same "
        "certificate is not counted again. Void ones are not counted."
    )
    return _counted(
        "awarded", _("Certificates awarded"), definition, as_of=as_of, scope=scope, rows=found, by=by
    )


def holders(register: Register, *, as_of: date, by: By | None = None, scope: Scope = EVERYTHING) -> Statistic:
    """Different holders of at least one certificate in scope, each by its first one."""
    firsts = list(first_of_each(_rows(register, as_of, scope)).values())
    definition = _(
        "Different holders that were awarded at least one certificate up to the day of the statistic. Each is counted "
        "once, with its first certificate. Void ones are not counted."
    )
    return _counted("holders", _("Holders"), definition, as_of=as_of, scope=scope, rows=firsts, by=by)


def time_in_process(register: Register, *, as_of: date, scope: Scope = EVERYTHING) -> Statistic:
    """The median of the days from application to decision; null where no certificate has both dates."""
    applied = {item.number: item.applied_on for item in register.certificates}
    found = []
    for row in _rows(register, as_of, scope):
        start = applied[row.number]
        if start is not None and row.decided_on is not None:
            found.append(row.model_copy(update={"days": (row.decided_on - start).days}))
    found.sort(key=lambda row: (row.days or 0, row.number))
    middle = len(found) // 2
    value = None
    if found:
        pair = [found[middle].days or 0, found[-middle - 1].days or 0]
        value = half_up(Fraction(sum(pair), 2), 1)
    definition = _(
        "The median of the days from the application to the decision, over the certificates for which both are known."
    )
    return Statistic(
        key="time_in_process",
        title=_("Days from application to decision"),
        definition=definition,
        as_of=as_of,
        scope=scope.stated(),
        value=value,
        rows=found,
    )


def renewals(register: Register, *, as_of: date, grace_months: int, scope: Scope = EVERYTHING) -> Statistic:
    """What became of the terms that ended before the day: renewed, lapsed, or open while they can be renewed."""
    known = register.known_on(as_of)
    followed = {
        item.previous
        for item in known.certificates
        if item.previous is not None and state_on(item, known.acts_of(item.number), as_of) != "void"
    }
    by_number = {item.number: item for item in known.certificates}
    sorted_rows: dict[str, list[Row]] = {"renewed": [], "open": [], "lapsed": []}
    for row in _rows(register, as_of, scope):
        if row.state == "withdrawn":
            continue
        spans = terms(by_number[row.number], known.acts_of(row.number))
        for index, (_first, last) in enumerate(spans):
            if last >= as_of:
                break
            renewed = index + 1 < len(spans) or row.number in followed
            still = as_of <= add_months(last, grace_months)
            kind = "renewed" if renewed else "open" if still else "lapsed"
            sorted_rows[kind].append(row.model_copy(update={"valid_until": last}))
    titles = {"renewed": _("renewed"), "open": _("can still be renewed"), "lapsed": _("lapsed")}
    definition = _(
        "Terms that ended before the day of the statistic. A term is renewed when a further term or a certificate that "
        "names it as its predecessor was awarded; it can still be renewed for {n} months after its end; otherwise "
        "it has lapsed. The value is the number of lapsed terms. Withdrawn certificates are left out."
    ).format(n=grace_months)
    return Statistic(
        key="renewals",
        title=_("Renewals and lapses"),
        definition=definition,
        as_of=as_of,
        scope=scope.stated(),
        value=Decimal(len(sorted_rows["lapsed"])),
        groups=[_group(kind, titles[kind], rows) for kind, rows in sorted_rows.items()],
        rows=[row for rows in sorted_rows.values() for row in rows],
    )


def ordinal(register: Register, number: str, *, as_of: date, scope: Scope) -> Statistic:
    """The place of a certificate's holder among the holders in `scope`, in the order of their first decisions.

    `scope` must hold the certificate. The value is null where the certificate has no date of decision.
    Raises ProblemsError for a number the register does not have as of the day, and for a void certificate.
    """
    own = register.known_on(as_of).certificate(number)
    firsts = first_of_each(_rows(register, as_of, scope))
    mine = firsts.get(own.holder_id)
    if mine is None:
        message = _("The certificate has no place here: it is void, or not of this level, sector or place.")
        raise ProblemsError([Problem("not-placed", message, Place(register.title), found=number)])
    day = mine.decided_on
    dated = [row for row in firsts.values() if row.decided_on is not None]
    before = [row for row in dated if day is not None and row.decided_on is not None and row.decided_on < day]
    tied = [row for row in dated if row.decided_on == day and row.holder_id != own.holder_id]
    uncertain = [
        row
        for row in firsts.values()
        if row.decided_on is None and row.holder_id != own.holder_id and not _surely(row, day, before)
    ]
    definition = _(
        "Holders stand in the order of the day on which their first certificate in this scope was decided. The place "
        "is one more than the number of holders with an earlier day; holders with the same day share a place. Renewals "
        "do not count again, void certificates not at all. Certificates known by their year alone stand before those "
        "of later years; those that could stand before or after are told apart."
    )
    return Statistic(
        key="ordinal",
        title=_("Place in the order of first awards"),
        definition=definition,
        as_of=as_of,
        scope=scope.stated(),
        value=Decimal(len(before) + 1) if day is not None else None,
        rows=[*sorted(before, key=order_of), mine],
        uncertain=uncertain,
        tied=tied,
    )


def _surely(row: Row, day: date | None, before: list[Row]) -> bool:
    """Whether a row with a year alone surely stands before (then it is put there) or after the day."""
    if day is None or row.year is None or row.year == day.year:
        return False
    if row.year < day.year:
        before.append(row)
    return True


def _rows(register: Register, as_of: date, scope: Scope) -> list[Row]:
    return rows_on(register, day=as_of, known_on=as_of, scope=scope)


def _counted(
    key: Key, title: str, definition: str, *, as_of: date, scope: Scope, rows: list[Row], by: By | None
) -> Statistic:
    return Statistic(
        key=key,
        title=title,
        definition=definition,
        as_of=as_of,
        scope=scope.stated(),
        value=Decimal(len(rows)),
        groups=_grouped(rows, by) if by else [],
        rows=rows,
    )


_KEY_OF: dict[By, Callable[[Row], str | None]] = {
    "level": lambda row: row.level,
    "country": lambda row: row.country,
    "continent": lambda row: continent_of(row.country),
    "sector": lambda row: row.sector,
    "year": lambda row: None if row.year is None else str(row.year),
}


def _grouped(rows: list[Row], by: By) -> list[Group]:
    """Groups, the largest first; years in their order."""
    found: dict[str | None, list[Row]] = {}
    for row in rows:
        found.setdefault(_KEY_OF[by](row), []).append(row)
    groups = [_group(key, _title(by, key), items) for key, items in found.items()]
    if by == "year":
        return sorted(groups, key=lambda group: group.key or "9999")
    return sorted(groups, key=lambda group: (-group.value, group.title))


def _group(key: str | None, title: str, rows: list[Row]) -> Group:
    return Group(key=key, title=title, value=len(rows), numbers=[row.number for row in rows])


def _title(by: By, key: str | None) -> str:
    if key is None:
        return _("not stated")
    if by in {"country", "continent"}:
        return place_name(key)
    return sector_name(key) if by == "sector" else key
