"""Whose word counts: the claim, one expert's, or the consensus.

Rated indicators take the rating of the chosen voice and no other. Measured ones are computed from the
records, unless the chosen voice states a corrected value with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from clustermark.dossiers.dossier import Dossier, Value
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

Voice = Literal["claim", "expert", "consensus"]


@dataclass(frozen=True, slots=True)
class ScoredView:
    """One voice of a dossier: `rater` names the expert where the voice is an expert's."""

    voice: Voice
    rater: str | None = None

    def __str__(self) -> str:
        return f"expert:{self.rater}" if self.voice == "expert" else self.voice

    def speaks(self, rating: Mapping[str, Value]) -> bool:
        """Whether a row of the table `ratings` is this voice's."""
        return rating.get("view") == self.voice and (
            self.voice != "expert" or rating.get("rater") == self.rater
        )


def experts(dossier: Dossier) -> tuple[str, ...]:
    """The experts who rated, in order of appearance."""
    found = [row.values.get("rater") for row in dossier.rows("ratings") if row.values.get("view") == "expert"]
    return tuple(dict.fromkeys(str(name) for name in found if name is not None))


def parse_view(text: str, dossier: Dossier) -> ScoredView:
    """The view written as claim, consensus or expert:NAME. Raises `ProblemsError`."""
    voice, _colon, rater = text.partition(":")
    names = experts(dossier)
    if voice == "claim" and not rater:
        return ScoredView("claim")
    if voice == "consensus" and not rater:
        return ScoredView("consensus")
    if voice == "expert" and rater in names:
        return ScoredView("expert", rater)
    allowed = ", ".join(["claim", "consensus", *(f"expert:{name}" for name in names)])
    message = _("There is no such view of this dossier.")
    raise ProblemsError(
        [Problem("view-unknown", message, Place(dossier.source), found=text, allowed=allowed)]
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What the chosen voice says of one indicator."""

    rating: Decimal | None = None
    value: Decimal | None = None


def said(dossier: Dossier, view: ScoredView) -> dict[str, Said]:
    """Indicator code → what `view` says of it."""
    result: dict[str, Said] = {}
    for row in dossier.rows("ratings"):
        if view.speaks(row.values):
            rating, value = row.values.get("rating"), row.values.get("value")
            result[str(row.values.get("indicator"))] = Said(
                rating=Decimal(rating) if isinstance(rating, int) else None,
                value=value if isinstance(value, Decimal) else None,
            )
    return result
