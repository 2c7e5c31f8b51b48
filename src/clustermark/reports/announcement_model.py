"""The draft of a release, as every layout sees it."""

from __future__ import annotations

from typing import Literal

from clustermark.ground.documents import Document
from clustermark.ground.texts import Language
from clustermark.reports.printed import Line


class Figure(Document):
    """A figure of the draft, with its number, its exact value, its definition and the rows that it is counted from."""

    number: int
    key: str
    shown: Line
    exact: Line
    title: Line
    definition: Line
    columns: list[Line]
    rows: list[list[Line]]


class Piece(Document):
    """A piece of a sentence: plain text, a figure (by its number), or a gap that a person fills."""

    text: Line
    figure: int | None = None
    gap: bool = False


class Announcement(Document):
    """The draft: a notice of what it is, a title, paragraphs of pieces, and the computation of every figure."""

    format: Literal["clustermark-announcement/1"] = "clustermark-announcement/1"
    language: Language
    title: Line
    draft: Line
    notices: list[Line]
    paragraphs: list[list[Piece]]
    computations: Line
    exact_label: Line
    figures: list[Figure]

    def text(self) -> str:
        """The draft as plain text, a paragraph a line; figures bear their numbers in brackets."""
        return "\n".join([self.title, *map(_line, self.paragraphs)]) + "\n"


def _line(paragraph: list[Piece]) -> str:
    return "".join(
        piece.text if piece.figure is None else f"{piece.text} [{piece.figure}]" for piece in paragraph
    )
