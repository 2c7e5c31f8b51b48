"""Overrides as a document: which refusals of the separation of duties were set aside in a case, why and by whom."""

from __future__ import annotations

from datetime import date
from typing import Literal

from clustermark.ground.documents import Document


class Override(Document):
    """One refusal that was set aside for one expert: asked for by one person, confirmed by a second."""

    expert: str
    refusal: str
    reason: str
    requested_by: str
    confirmed_by: str
    confirmed_on: date


class Overrides(Document):
    """Every override that stands in a case."""

    format: Literal["clustermark-overrides/1"] = "clustermark-overrides/1"
    overrides: list[Override]

    def to_json(self) -> str:
        """The document as JSON text, two spaces of indent, ending in a newline."""
        return self.model_dump_json(indent=2) + "\n"
