"""The `surveillance` section of a scheme: what is watched while a certificate is valid."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clustermark.ground.documents import Document, Number
from clustermark.schemes.shapes import Name, Origins, Text


class ReportedChange(Document):
    """A kind of change that holders report; a `review` follows where the scheme asks for one."""

    change: Name
    title: Text
    review: bool = False


class Surveillance(Document):
    """Looks at holders between award and renewal, and what holders must tell.

    A look is due every `every_months` after the decision; besides, `draw_percent` of the holders are drawn by
    lot each year. `reminder_months` before the end the holder is reminded to renew. A suspension lasts at most
    `suspension_months`.
    """

    every_months: Annotated[int, Field(ge=1)] | None = None
    draw_percent: Annotated[Number, Field(gt=0, le=100)] | None = None
    reminder_months: list[Annotated[int, Field(ge=1)]] = []
    suspension_months: Annotated[int, Field(ge=1)] | None = None
    changes: list[ReportedChange] = []
    origin: Origins
