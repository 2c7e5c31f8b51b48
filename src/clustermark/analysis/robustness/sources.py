"""The sources of doubt: what is varied, how far, and what each is called.

A source that is switched off leaves the official numbers as they are. The random numbers of one source
never depend on which others are on, so that two runs can be compared draw by draw.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal, get_args

from pydantic import Field

from clustermark.ground.documents import Document
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import mark

Source = Literal["experts", "measurement", "missing", "thresholds", "weights"]
SOURCES: tuple[Source, ...] = get_args(Source)

TITLES: dict[Source, str] = {
    "experts": mark("Disagreement of the experts"),
    "measurement": mark("Sampling error of measured facts"),
    "missing": mark("Missing data"),
    "thresholds": mark("Where the bands are cut"),
    "weights": mark("Weights of the indicators"),
}


class Tolerances(Document):
    """How far each source reaches. None of these is the scheme owner's: they are declared by who asks.

    `weights`: each weight may be higher or lower by this share before all are brought back to the same
    maximum. `thresholds`: the edges of an indicator move together by up to this share. `sampled`: indicator
    code → sample size, for shares (0 to 100) that were counted in a random sample. `averaging`: the share of
    all points that pure averaging would ask for.
    """

    weights: Annotated[float, Field(ge=0, lt=1)] = 0.25
    thresholds: Annotated[float, Field(ge=0, lt=1)] = 0.05
    sampled: dict[str, Annotated[int, Field(ge=2)]] = {}
    averaging: Annotated[float, Field(gt=0, le=1)] = 0.8


def known_sources(names: Collection[str], *, place: str = "sources") -> tuple[Source, ...]:
    """`names` in the order of `SOURCES`; raises `ProblemsError` for every name that is none."""
    unknown = sorted(set(names) - set(SOURCES))
    if unknown:
        message = _("There is no such source of doubt.")
        allowed = ", ".join(SOURCES)
        raise ProblemsError(
            [Problem("source-unknown", message, Place(place), found=n, allowed=allowed) for n in unknown]
        )
    return tuple(source for source in SOURCES if source in names)
