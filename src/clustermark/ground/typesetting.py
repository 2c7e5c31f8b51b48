"""Typesetting with typst: our fonts and typst's own, never the system's; texts without glyphs are found first."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal

from clustermark.ground.fonts import font_folder

Standard = Literal["ua-1", "a-3a"]

UNSHOWN = "□"
"""Stands for a character that no font of the PDF holds."""


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """The report's typeface and those inside typst for other scripts; never the system's."""
    import typst  # noqa: PLC0415 - 80 MB of compiler; only PDF needs it

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(font_folder())]
    )


def compile_pdf(source: bytes, inputs: dict[str, str], *, stamp: datetime, standard: Standard) -> bytes:
    """`source` typeset to a PDF of this standard (PDF/UA-1, PDF/A-3a), dated `stamp`; the same gives the same bytes.

    Nothing of `inputs` (`sys.inputs` in typst) is evaluated unless the source says so. Raises `typst.TypstError`.
    """
    import typst  # noqa: PLC0415 - see _fonts

    compiler = typst.Compiler(source, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)
    document = compiler.compile(format="pdf", pdf_standards=[standard], timestamp=stamp)
    if not isinstance(document, bytes):  # several files come only from formats of one file a page
        raise TypeError(type(document))
    return document


def shown(text: str) -> tuple[str, bool]:
    """`text` with □ for every character that has no glyph, and whether there was one."""
    unseen = frozenset(character for character in set(text) - _HAS_GLYPH.keys() if not character.isascii())
    without = _without_glyph(unseen)
    _HAS_GLYPH.update((character, character not in without) for character in unseen)
    unshown = [character for character in set(text) if not _HAS_GLYPH.get(character, True)]
    return text.translate(dict.fromkeys(map(ord, unshown), UNSHOWN)), bool(unshown)


_PROBE = b"""#set document(title: "probe")
#set text(font: "Source Sans Pro", lang: "en")
#sys.inputs.text"""


_HAS_GLYPH: dict[str, bool] = {}
"""What was found of characters so far: a typesetting takes a hundredth of a second, and most texts share theirs."""


def _without_glyph(characters: frozenset[str]) -> frozenset[str]:
    """Those of `characters` that none of the fonts can show, found by halving.

    PDF/UA-1 forbids text without glyphs, and the compiler refuses it; it is the only one who knows its fonts.
    """
    import typst  # noqa: PLC0415 - see _fonts

    ordered = sorted(characters)
    if not ordered:
        return frozenset()
    try:
        moment = datetime(2000, 1, 1, tzinfo=UTC)
        compile_pdf(_PROBE, {"text": " ".join(ordered)}, stamp=moment, standard="ua-1")
    except typst.TypstError:
        if len(ordered) == 1:
            return frozenset(ordered)
        middle = len(ordered) // 2
        return _without_glyph(frozenset(ordered[:middle])) | _without_glyph(frozenset(ordered[middle:]))
    return frozenset()
