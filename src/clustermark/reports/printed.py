"""What every part of a report is made of: texts that can be printed, and figures."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator

from clustermark.ground.documents import Document, Number

_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that reorder the text around them; a name from a dossier must not do that to a report."""


def printable(text: str) -> str:
    """`text` without what cannot be printed: control characters, lone surrogates, direction overrides.

    Line breaks and tabs stay. What is left is legal in XML 1.0, so every format can carry it.
    """
    return "".join(
        character
        for character in text
        if character in "\n\t"
        or (
            unicodedata.category(character) not in ("Cc", "Cs")
            and character not in _BIDI_CONTROLS
            and character not in "\ufffe\uffff"
        )
    )


Line = Annotated[str, AfterValidator(printable)]
"""A text that every format can carry."""


class Figure(Document):
    """A number as printed, its exact value, and whether it is an example (then `text` bears the sign)."""

    text: Line
    value: Number | None = None
    example: bool = False
