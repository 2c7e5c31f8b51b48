"""The draft of a release, as every layout sees it."""

from __future__ import annotations

from typing import Literal

from clustermark.ground.documents import Document
from clustermark.ground.texts import Language


class Figure(Document):
    """A figure of the draft, with its number, its exact value, its definition and the rows that it is counted from."""

    number: int
    key: str
    shown: str
    exact: str
    title: str
    definition: str
    columns: list[str]
    rows: list[list[str]]


class Piece(Document):
    """A piece of a sentence: plain text, a figure (by its number), or a gap that a person fills."""

    text: str
    figure: int | None = None
    gap: bool = False


class Announcement(Document):
    """The draft: a notice of what it is, a title, paragraphs of pieces, and the computation of every figure."""

    format: Literal["clustermark-announcement/1"] = "clustermark-announcement/1"
    language: Language
    title: str
    draft: str
    notices: list[str]
    paragraphs: list[list[Piece]]
    computations: str
    exact_label: str
    figures: list[Figure]

    def text(self) -> str:
        """The draft as plain text, a paragraph a line; figures bear their numbers in brackets."""
        return "\n".join([self.title, *map(_line, self.paragraphs)]) + "\n"


def _line(paragraph: list[Piece]) -> str:
    return "".join(
        piece.text if piece.figure is None else f"{piece.text} [{piece.figure}]" for piece in paragraph
    )
