"""The `improvement` section of a scheme: what it takes to get better, so that a plan can be made."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from clustermark.ground.documents import Document, Number
from clustermark.schemes.shapes import Code, Name, Origins, Text


class Need(Document):
    """Another indicator must be in this band, or a better one, before the work can begin."""

    indicator: Code
    band: Annotated[int, Field(ge=1)]


class Effort(Document):
    """What it takes to raise one indicator.

    `days[b]` are the person-days and `months[b]` the months from band b to band b + 1; an indicator without
    bands has one step, to its required value. `by` names the facts that the work changes, all by the
    same number. A `fixed` indicator cannot be changed in time, for the reason given.
    """

    indicator: Code
    days: list[Annotated[Number, Field(gt=0)]] = []
    months: list[Annotated[int, Field(ge=1)]] = []
    needs: list[Need] = []
    by: list[Name] = []
    fixed: Text | None = None

    @model_validator(mode="after")
    def _fixed_or_steps(self) -> Self:
        if (self.fixed is None) != bool(self.days) or len(self.days) != len(self.months):
            raise ValueError("either fixed with its reason, or as many days as months")
        return self


class Improvement(Document):
    """Effort by indicator, and limits: work on `at_most` indicators begins in a year, for so many `years`."""

    at_most: Annotated[int, Field(ge=1)]
    years: Annotated[int, Field(ge=1)] = 1
    effort: list[Effort]
    origin: Origins
