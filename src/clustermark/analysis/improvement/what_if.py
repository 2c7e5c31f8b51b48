"""What if: points and level after a change of facts, values or ratings, at once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from clustermark.analysis.improvement.result import ChangedFact, Moved, WhatIf
from clustermark.analysis.improvement.standing import Change, Standing
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import local, number


def what_if(standing: Standing, changes: Mapping[str, Change]) -> WhatIf:
    """Points, level and what moved if `changes` were so: facts by name, indicators and ratings by code.

    Equals assessing a dossier whose records give these facts. Raises `ProblemsError` for a name that is
    neither, and for a value that does not fit.
    """
    return what_if_told(standing, standing.changed(changes), changes)


def what_if_told(before: Standing, after: Standing, changes: Mapping[str, Change]) -> WhatIf:
    """The difference between two standings of one dossier, in the current language."""
    levels = {level.level: local(level.title) for level in before.scheme.document.levels}
    title = None if after.level is None else levels[after.level]
    words = _("Points {before} → {after}; level: {old} → {new}.").format(
        before=number(before.points),
        after=number(after.points),
        old=_("none") if before.level is None else levels[before.level],
        new=title or _("none"),
    )
    return WhatIf(
        changes=[_changed(before, name, new) for name, new in changes.items()],
        points_before=before.points,
        points=after.points,
        level_before=before.level,
        level=after.level,
        level_title=title,
        indicators=_moved(before, after),
        words=words,
    )


def _changed(before: Standing, name: str, new: Change) -> ChangedFact:
    document = before.scheme.document
    if name in document.facts:
        return ChangedFact(
            name=name,
            title=local(document.facts[name].title),
            old=_number(before.facts[name]),
            new=_number(new),
        )
    item = before.scheme.indicator(name)
    return ChangedFact(name=name, title=local(item.title), old=before.value(item), new=_number(new))


def _number(value: Change) -> Decimal | bool | None:
    return value if value is None or isinstance(value, bool) else Decimal(value)


def _moved(before: Standing, after: Standing) -> list[Moved]:
    found = []
    for item in before.scheme.document.indicators:
        old, new = before.value(item), after.value(item)
        if old != new:
            bands = before.band(item.code), after.band(item.code)
            found.append(
                Moved(
                    code=item.code,
                    title=local(item.title),
                    unit=local(before.scheme.document.units[item.unit].symbol),
                    old_value=old,
                    new_value=new,
                    old_band=bands[0],
                    new_band=bands[1],
                    points_gained=item.band_points[bands[1]] - item.band_points[bands[0]],
                )
            )
    return found
