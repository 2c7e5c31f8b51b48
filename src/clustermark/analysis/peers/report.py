"""The benchmark of one cluster: its own values beside what the edition tells of its peers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from clustermark.analysis.disclosure import Bin, Figures, Hidden, Policy
from clustermark.analysis.disclosure.figures import Reason, hidden, nothing
from clustermark.analysis.peers.edition import Edition
from clustermark.analysis.peers.groups import ALL, LEADERS, group_title, ladder_keys
from clustermark.analysis.peers.panel import YearOnYear
from clustermark.analysis.peers.variables import Compared
from clustermark.ground.documents import Document, Number
from clustermark.ground.exact import half_up
from clustermark.ground.texts import local


class Position(Document):
    """Better than at least `from` and at most `to` per cent of the group.

    Worked out from the own value and the distribution told, so it tells nothing more of others.
    """

    shown: Literal[True] = True
    start: Annotated[Number, Field(alias="from")]
    end: Annotated[Number, Field(alias="to")]


class Comparison(Document):
    """One indicator, dimension or the points in all: the own value, the peers, the leaders.

    `peers` is of the narrowest group of the ladder that is told, and names it and its n; `withheld_groups`
    are the narrower ones. `leaders` is null when the ladder has no sector.
    """

    code: str
    kind: Literal["indicator", "dimension", "total"]
    title: str
    unit: str
    direction: Literal["up", "down"]
    own: Number | None
    group_title: str
    peers: Figures
    withheld_groups: list[str]
    position: Annotated[Position | Hidden, Field(discriminator="shown")]
    leaders: Figures | None


class PeerReport(Document):
    """A cluster among its peers in one edition, as frozen data; `year_on_year` is its change since another."""

    format: Literal["clustermark-benchmark/1"] = "clustermark-benchmark/1"
    cluster: str
    edition: int
    synthetic: bool
    scheme: str
    scheme_digest: str
    policy: Policy
    ladder: list[str]
    comparisons: list[Comparison]
    year_on_year: YearOnYear | None = None

    def comparison(self, code: str) -> Comparison:
        """The comparison with this code; raises KeyError when there is none."""
        for comparison in self.comparisons:
            if comparison.code == code and comparison.kind != "dimension":
                return comparison
        raise KeyError(code)

    def to_json(self) -> str:
        """The report as JSON text, two spaces of indent, ending in a newline."""
        return self.model_dump_json(indent=2, by_alias=True) + "\n"


def benchmark(edition: Edition, cluster: str) -> PeerReport:
    """The benchmark of `cluster`; raises ProblemsError when it takes no part in the edition.

    Pure reading of the edition: any number of reports tell no more than the edition does.
    """
    row = edition.row_of(cluster)
    keys = ladder_keys(edition.portfolio, row, edition.ladder)
    by_code = {thing.code: thing for thing in edition.compared if thing.kind == "indicator"}
    comparisons = []
    for indicator in edition.scheme.indicators:
        if indicator.code in by_code:
            comparisons.append(_comparison(edition, by_code[indicator.code], row, keys))
        else:
            why: Reason = "not_common"
            comparisons.append(
                Comparison(
                    code=indicator.code,
                    kind="indicator",
                    title=local(indicator.title),
                    unit=indicator.unit,
                    direction=indicator.direction,
                    own=None,
                    group_title=group_title(ALL),
                    peers=nothing(indicator.code, ALL, why),
                    withheld_groups=[],
                    position=hidden(why),
                    leaders=None,
                )
            )
    sums = [thing for thing in edition.compared if thing.kind != "indicator"]
    comparisons += [_comparison(edition, thing, row, keys) for thing in sums]
    return PeerReport(
        cluster=cluster,
        edition=edition.year,
        synthetic=bool(edition.portfolio.synthetic[row]),
        scheme=edition.scheme.scheme,
        scheme_digest=edition.scheme_digest,
        policy=edition.policy,
        ladder=keys,
        comparisons=comparisons,
    )


def _comparison(edition: Edition, thing: Compared, row: int, keys: list[str]) -> Comparison:
    # a group that no member of the edition is in says as little as one that is withheld
    told = [_told(edition, key, thing) for key in keys]
    first = narrowest_told(told)
    value = float(thing.values[row])
    own = None if value != value else Decimal(repr(value)).normalize()  # noqa: PLR0124 - only NaN differs from itself
    sector = next((key for key in keys if key.startswith("sector=") and "/" not in key), None)
    return Comparison(
        code=thing.code,
        kind=thing.kind,
        title=local(thing.title),
        unit=thing.unit,
        direction=thing.direction,
        own=own,
        group_title=group_title(keys[first]),
        peers=told[first],
        withheld_groups=keys[:first],
        position=position_in(own, told[first], thing.direction),
        leaders=None if sector is None else _told(edition, sector + LEADERS, thing),
    )


def _told(edition: Edition, key: str, thing: Compared) -> Figures:
    return edition.figures.get((key, thing.name)) or nothing(thing.name, key)


def narrowest_told(told: Sequence[Figures]) -> int:
    """Which of the groups, narrowest first, is the first of which anything is told; the widest when none is."""
    return next((place for place, figures in enumerate(told) if figures.n is not None), len(told) - 1)


def position_in(own: Decimal | None, figures: Figures, direction: Literal["up", "down"]) -> Position | Hidden:
    """Where a value stands in a group, as far as its told distribution says; hidden when that is hidden."""
    if own is None:
        return hidden("no_value")
    if isinstance(figures.histogram, Hidden):
        return figures.histogram
    bars = figures.histogram.bins if direction == "up" else figures.histogram.bins[::-1]
    worse = 0
    for bar in bars:
        if _holds(bar, own, last=bar is figures.histogram.bins[-1]):
            break
        worse += bar.count
    n = sum(bar.count for bar in bars)
    return Position(
        start=half_up(Fraction(100 * worse, n), 0), end=half_up(Fraction(100 * (worse + bar.count), n), 0)
    )


def _holds(bar: Bin, own: Decimal, *, last: bool) -> bool:
    return (own >= bar.start or bar.start == 0) and (last or bar.end is None or own < bar.end)
