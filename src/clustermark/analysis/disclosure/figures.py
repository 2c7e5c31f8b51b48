"""What leaves the gate: a figure is a cell of the grid, or hidden with the reason."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from clustermark.ground.documents import Document, Number
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import mark

Reason = Literal["withheld", "few_for_quartiles", "dominated", "not_common", "no_value"]

WORDS: dict[Reason, str] = {
    "withheld": mark(
        "Not shown: there are too few other clusters in the group, or the figure would help to work out"
        " that of such a group. Which of the two is not told."
    ),
    "few_for_quartiles": mark(
        "Not shown: quartiles and distributions need more other clusters than a median."
    ),
    "dominated": mark("Not shown: too large a part of the sum comes from too few clusters."),
    "not_common": mark("Not shown: the indicator is not the same in the scheme versions compared."),
    "no_value": mark("Not shown: the cluster has no value of its own to place."),
}


class Hidden(Document):
    """A figure that is not shown: why, as a stable word and as a sentence."""

    shown: Literal[False] = False
    reason: Reason
    words: str


class Cell(Document):
    """A figure as far as it is told: at least `from`, and below `to` (null: no upper end)."""

    shown: Literal[True] = True
    start: Annotated[Number, Field(alias="from")]
    end: Annotated[Number | None, Field(alias="to")]


Figure = Annotated[Cell | Hidden, Field(discriminator="shown")]


class Bin(Document):
    """One bar of a distribution: so many members from `from` to below `to`."""

    start: Annotated[Number, Field(alias="from")]
    end: Annotated[Number | None, Field(alias="to")]
    count: int


class Histogram(Document):
    """A distribution over the whole range of the scale; every bar has enough members to be shown."""

    shown: Literal[True] = True
    bins: list[Bin]


class Figures(Document):
    """All that is told of one variable in one group: `n` members have a value; null when withheld."""

    variable: str
    group: str
    n: int | None
    median: Figure
    lower_quartile: Figure
    upper_quartile: Figure
    mean: Figure
    histogram: Annotated[Histogram | Hidden, Field(discriminator="shown")]


def hidden(reason: Reason) -> Hidden:
    """A hidden figure, in the words of the current language."""
    return Hidden(reason=reason, words=_(WORDS[reason]))


def nothing(variable: str, group: str, reason: Reason = "withheld") -> Figures:
    """A group of which nothing is told."""
    why = hidden(reason)
    return Figures(
        variable=variable,
        group=group,
        n=None,
        median=why,
        lower_quartile=why,
        upper_quartile=why,
        mean=why,
        histogram=why,
    )
