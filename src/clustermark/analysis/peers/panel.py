"""A cluster over the years: what of a change is its own, its peers', and the method's.

Old dossiers are rescored under the new scheme, so that the two years can be laid side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from clustermark.analysis.disclosure import Cell, Hidden
from clustermark.analysis.disclosure.figures import hidden
from clustermark.analysis.peers.edition import Edition
from clustermark.analysis.peers.groups import group_title, ladder_keys
from clustermark.analysis.peers.variables import Compared, common_codes
from clustermark.ground.documents import Document, Number
from clustermark.ground.texts import local, mark

READING = mark(
    "The change is that of the lead over the median of the peers: you + peers + method, exactly. A plus is"
    " for the better, also where less is better. Of the median only a cell is told; its middle is reckoned"
    " with."
)
"""How the parts are read."""


class PeersMedian(Document):
    """The median of the peers as it was told: the cell that holds it, over `n` members."""

    n: int
    median: Cell


class Change(Document):
    """The change of one indicator, dimension or the points in all, split into parts that add up to it.

    Lead: own value less the peers' median; where less is better, the median less the own value. So every
    change, of the own value too, is above zero when it is for the better. Years t0 < t1; schemes old and new;
    o own, m the peers' median, signs for "more is better":

    - `you` = o(t1, new) − o(t0, new)
    - `your_peers` = −[m(t1, new) − m(t0, new)]: peers who gain take from the lead
    - `the_method` = [o(t0, new) − m(t0, new)] − [o(t0, old) − m(t0, old)]
    - `change` = [o(t1, new) − m(t1, new)] − [o(t0, old) − m(t0, old)] = the sum of the three, exactly

    A median is the middle of the cell that was told (its start where it has no end). Where one is withheld the
    parts that need it are null and `hidden` says why; `you` and `method_on_you` need none: they add up to
    `own_change`. Values of an indicator do not depend on the bands of a scheme, so the method has no part in
    those that both schemes have; those that are not measured alike in both are not split.
    """

    code: str
    kind: Literal["indicator", "dimension", "total"]
    title: str
    unit: str
    direction: Literal["up", "down"]
    own_then: Number | None = None
    own_then_rescored: Number | None = None
    own_now: Number | None = None
    own_change: Number | None = None
    you: Number | None = None
    method_on_you: Number | None = None
    group: str | None = None
    group_title: str | None = None
    peers_then: PeersMedian | None = None
    peers_then_rescored: PeersMedian | None = None
    peers_now: PeersMedian | None = None
    change: Number | None = None
    your_peers: Number | None = None
    the_method: Number | None = None
    hidden: Hidden | None = None


class YearOnYear(Document):
    """A cluster in two years, the old one rescored under the new scheme: every change, split (see `Change`)."""

    format: Literal["clustermark-year-on-year/1"] = "clustermark-year-on-year/1"
    cluster: str
    years: tuple[int, int]
    schemes: tuple[str, str]
    scheme_digests: tuple[str, str]
    synthetic: bool
    changes: list[Change]

    @property
    def points(self) -> Change:
        """The change of the points in all."""
        return self.changes[-1]

    def to_json(self) -> str:
        """The document as JSON text, two spaces of indent, ending in a newline."""
        return self.model_dump_json(indent=2, by_alias=True) + "\n"


class _Side(NamedTuple):
    """One edition as the cluster sees it."""

    edition: Edition
    row: int
    things: Mapping[tuple[str, str], Compared]


def compare_years(old: Edition, rescored: Edition, new: Edition, cluster: str) -> YearOnYear:
    """Split a cluster's changes from `old` (old year, old scheme) to `new` (new year, new scheme).

    `rescored` is the old year under the new scheme. Each change names its peer group: the narrowest of the new
    ladder that is told in all three. Everything of either scheme is listed, the points in all last. Raises
    ProblemsError when the cluster is not in both years.
    """
    if (old.year, new.scheme.scheme) != (rescored.year, rescored.scheme.scheme):
        raise ValueError("the rescored edition must be the old year under the new scheme")
    sides = [_side(edition, cluster) for edition in (old, rescored, new)]
    keys = ladder_keys(new.portfolio, sides[-1].row, new.ladder)
    alike = common_codes(new.scheme, [old.scheme])
    changes = []
    for place in _everything(old, new):
        found = [side.things.get(place) for side in sides]
        told = [thing for thing in found if thing is not None]
        if len(told) == len(sides) and (place[0] != "indicator" or place[1] in alike):
            changes.append(_change(sides, told, keys))
        else:
            changes.append(_not_compared(place, old, new))
    return YearOnYear(
        cluster=cluster,
        years=(old.year, new.year),
        schemes=(old.scheme.scheme, new.scheme.scheme),
        scheme_digests=(old.scheme_digest, new.scheme_digest),
        synthetic=bool(new.portfolio.synthetic[sides[-1].row]),
        changes=changes,
    )


def _side(edition: Edition, cluster: str) -> _Side:
    things: dict[tuple[str, str], Compared] = {(thing.kind, thing.code): thing for thing in edition.compared}
    return _Side(edition, edition.row_of(cluster), things)


def _everything(old: Edition, new: Edition) -> list[tuple[str, str]]:
    """Kind and code of all that either scheme has: in the order of the new one, then what it dropped."""
    schemes = (new.scheme, old.scheme)
    indicators = [("indicator", item.code) for scheme in schemes for item in scheme.indicators]
    dimensions = [("dimension", item.code) for scheme in schemes for item in scheme.dimensions]
    return [*dict.fromkeys(indicators), *dict.fromkeys(dimensions), ("total", "points")]


def _change(sides: Sequence[_Side], things: Sequence[Compared], keys: Sequence[str]) -> Change:
    thing = things[-1]
    before, before_new, after = (_own(item, side.row) for side, item in zip(sides, things, strict=True))
    group, medians, why = _peers(sides, things, keys)
    change = peers_part = method_part = None
    if before is None or before_new is None or after is None:
        why = hidden("no_value")
    elif medians is not None:
        middle, middle_new, middle_after = (_middle(told.median) for told in medians)
        change = _better((after - middle_after) - (before - middle), thing)
        peers_part = _better(middle_new - middle_after, thing)
        method_part = _better((before_new - middle_new) - (before - middle), thing)
    told_then, told_rescored, told_now = medians or (None, None, None)
    return Change(
        code=thing.code,
        kind=thing.kind,
        title=local(thing.title),
        unit=thing.unit,
        direction=thing.direction,
        own_then=before,
        own_then_rescored=before_new,
        own_now=after,
        own_change=_gain(before, after, thing),
        you=_gain(before_new, after, thing),
        method_on_you=_gain(before, before_new, thing),
        group=group,
        group_title=None if group is None else group_title(group),
        peers_then=told_then,
        peers_then_rescored=told_rescored,
        peers_now=told_now,
        change=change,
        your_peers=peers_part,
        the_method=method_part,
        hidden=why,
    )


def _own(thing: Compared, row: int) -> Decimal | None:
    value = float(thing.values[row])
    return None if value != value else Decimal(repr(value)).normalize()  # noqa: PLR0124 - only NaN differs from itself


def _better(rise: Decimal, thing: Compared) -> Decimal:
    """A rise as a change for the better: a fall where less is better. Zero has no sign."""
    return (-rise if thing.direction == "down" else rise) + 0


def _gain(then: Decimal | None, now: Decimal | None, thing: Compared) -> Decimal | None:
    return None if then is None or now is None else _better(now - then, thing)


def _peers(
    sides: Sequence[_Side], things: Sequence[Compared], keys: Sequence[str]
) -> tuple[str | None, list[PeersMedian] | None, Hidden | None]:
    """The narrowest group told in all editions and its medians; where there is none, why."""
    for key in keys:
        told = []
        for side, thing in zip(sides, things, strict=True):
            figures = side.edition.figures.get((key, thing.name))
            if figures is not None and figures.n is not None and isinstance(figures.median, Cell):
                told.append(PeersMedian(n=figures.n, median=figures.median))
        if len(told) == len(sides):
            return key, told, None
    return None, None, hidden("withheld")


def _middle(cell: Cell) -> Decimal:
    return cell.start if cell.end is None else (cell.start + cell.end) / 2


def _not_compared(place: tuple[str, str], old: Edition, new: Edition) -> Change:
    """What only one of the schemes has, or what they do not measure alike: named, with the reason."""
    kind, code = place
    indicators = {item.code: item for edition in (old, new) for item in edition.scheme.indicators}
    dimensions = {item.code: item for edition in (old, new) for item in edition.scheme.dimensions}
    known = kind == "indicator"
    return Change(
        code=code,
        kind="indicator" if known else "dimension",
        title=local((indicators if known else dimensions)[code].title),
        unit=indicators[code].unit if known else "points",
        direction=indicators[code].direction if known else "up",
        hidden=hidden("not_common"),
    )
