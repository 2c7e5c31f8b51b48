"""The draft of a release as a Word document: figures are links to their computations at its end."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from clustermark.reports.announcement_model import Announcement, Figure, Piece
from clustermark.reports.word import WORD_LANGUAGES, steady

ROWS_SHOWN = 60
"""Rows of a figure in the document; the page and the file have all of them."""


def announcement_word(announcement: Announcement, *, as_of: date) -> bytes:
    """The draft as `.docx`; the same draft gives the same bytes."""
    import docx  # noqa: PLC0415 - only Word documents need it

    document = docx.Document()
    document.styles["Normal"].font.name = "Arial"
    _describe(document, announcement, as_of)
    document.add_paragraph(announcement.draft).runs[0].italic = True
    for notice in announcement.notices:
        document.add_paragraph(notice, style="Intense Quote")
    document.add_heading(announcement.title, 0)
    for paragraph in announcement.paragraphs:
        _paragraph(document.add_paragraph(), paragraph)
    document.add_heading(announcement.computations, 1)
    for figure in announcement.figures:
        _computation(document, figure, announcement.exact_label)
    buffer = BytesIO()
    document.save(buffer)
    return steady(buffer.getvalue())


def _paragraph(paragraph: Any, pieces: list[Piece]) -> None:
    from docx.enum.text import WD_COLOR_INDEX  # noqa: PLC0415 - only Word documents need it

    for piece in pieces:
        if piece.figure is not None:
            _link(paragraph, piece.text, piece.figure)
            continue
        run = paragraph.add_run(piece.text)
        if piece.gap:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _link(paragraph: Any, text: str, figure: int) -> None:
    """The figure as a link to its computation, its number raised behind it."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - only Word documents need it
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"figure_{figure}")
    for part, raised in ((text, False), (f"[{figure}]", True)):
        run = paragraph.add_run(part)
        run.font.superscript = raised
        link.append(run._r)
    paragraph._p.append(link)


def _computation(document: Any, figure: Figure, label: str) -> None:
    heading = document.add_heading("", 2)
    _bookmark(heading, figure.number)
    heading.add_run(f"{figure.number}. {figure.title}")
    exact = document.add_paragraph(f"{label}: ")
    exact.add_run(figure.exact).bold = True
    document.add_paragraph(figure.definition)
    rows = figure.rows[:ROWS_SHOWN]
    if not rows:
        return
    table = document.add_table(rows=1 + len(rows), cols=len(figure.columns), style="Light Grid Accent 1")
    # the cells of a table are found anew at every look; taken once, a long table is quick
    cells = iter(table._cells)
    for text in (text for row in (figure.columns, *rows) for text in row):
        next(cells).text = text
    if len(figure.rows) > len(rows):
        document.add_paragraph(f"… + {len(figure.rows) - len(rows)}")


def _bookmark(paragraph: Any, figure: int) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - only Word documents need it
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(figure))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), f"figure_{figure}")
        paragraph._p.append(mark)


def _describe(document: Any, announcement: Announcement, as_of: date) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 - only Word documents need it

    properties = document.core_properties
    properties.title = announcement.title[:255]
    properties.author = properties.last_modified_by = "Clustermark"
    properties.comments = ""
    properties.language = WORD_LANGUAGES[announcement.language]
    properties.created = properties.modified = datetime.combine(as_of, time())
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), WORD_LANGUAGES[announcement.language])
