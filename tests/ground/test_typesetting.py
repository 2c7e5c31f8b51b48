"""Typesetting: characters without a glyph are found, and the same input gives the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime

from clustermark.ground.typesetting import UNSHOWN, compile_pdf, shown

AT = datetime(2026, 1, 1, tzinfo=UTC)
SOURCE = b'#set document(title: "t")\n#set text(font: "Source Sans Pro", lang: "en")\n#sys.inputs.words'


def test_characters_without_a_glyph_are_shown_as_a_box_and_told() -> None:
    assert shown("Кластер – Öko, 30 %") == ("Кластер – Öko, 30 %", False)
    # cuneiform: in none of the fonts
    assert shown("a\U00012000b\U00012001") == (f"a{UNSHOWN}b{UNSHOWN}", True)
    # what was found once is remembered, also beside new characters
    assert shown("\U00012000ž") == (f"{UNSHOWN}ž", True)
    assert shown("") == ("", False)


def test_the_same_input_gives_the_same_bytes_of_the_standard_asked_for() -> None:
    first, again = (compile_pdf(SOURCE, {"words": "#x"}, stamp=AT, standard="a-3a") for _turn in range(2))
    assert first == again
    assert b"pdfaid:part" in first
    assert b"pdfuaid:part" in compile_pdf(SOURCE, {"words": "#x"}, stamp=AT, standard="ua-1")
