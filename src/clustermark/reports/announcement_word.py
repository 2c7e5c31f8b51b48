"""The draft of a release as a Word document: fills a template, the default one or an organisation's own.

Figures are links to their computations at its end; what a person has to write is a field to click and type into.
"""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.sax.saxutils import escape

from clustermark.ground.problems import Place
from clustermark.reports.announcement_model import Announcement, Figure, Piece
from clustermark.reports.word import WORD_LANGUAGES, fill_template, open_template, steady

ROWS_SHOWN = 60
"""Rows of a figure in the document; the page and the file have all of them."""
DEFAULT = "announcement.docx"
LONGEST = 48
"""Letters of a cell that ask for more room; longer texts are broken into lines."""
LINK = '<w:rStyle w:val="Figurelink"/>'
GAP = '<w:rStyle w:val="Gap"/><w:highlight w:val="yellow"/>'


def announcement_word(announcement: Announcement, *, as_of: date, template: Path | None = None) -> bytes:
    """The draft as `.docx`, filled into `template` (default: the one shipped); same input, same bytes.

    The template runs in a sandbox and sees the fields of `docs/report-template.md` alone. Raises ProblemsError when
    it is not a Word document, names an unknown field, or breaks the rules of its language.
    """
    place = Place(str(template) if template else DEFAULT)
    document = open_template(template, place, default=DEFAULT)
    context: dict[str, Any] = {
        "language": announcement.language,
        "title": announcement.title,
        "draft": announcement.draft,
        "notices": list(announcement.notices),
        "paragraphs": [
            SimpleNamespace(text="".join(piece.text for piece in pieces), runs=_Runs(pieces))
            for pieces in announcement.paragraphs
        ],
        "computations": announcement.computations,
        "exact_label": announcement.exact_label,
        "figures": [_figure(figure) for figure in announcement.figures],
    }
    fill_template(document, context, place)
    _lay_out(document.docx, announcement)
    _describe(document.docx, announcement, as_of)
    buffer = BytesIO()
    document.save(buffer)
    return steady(buffer.getvalue())


def _figure(figure: Figure) -> SimpleNamespace:
    rows = figure.rows[:ROWS_SHOWN]
    return SimpleNamespace(
        number=figure.number,
        shown=figure.shown,
        title=figure.title,
        heading=_Heading(figure),
        exact=figure.exact,
        definition=figure.definition,
        columns=list(figure.columns),
        rows=[list(row) for row in rows],
        more=f"… + {len(figure.rows) - len(rows)}" if len(figure.rows) > len(rows) else "",
    )


class _Runs:
    """A paragraph as runs of Word, for `{{r paragraph.runs }}`."""

    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces

    def __html__(self) -> str:
        """What a template puts into the document: escaped text in our own marks."""
        return "".join(map(_piece, self._pieces))


class _Heading:
    """The title of a figure behind the mark that links lead to, for `{{r figure.heading }}`."""

    def __init__(self, figure: Figure) -> None:
        self._number, self._title = figure.number, figure.title

    def __html__(self) -> str:
        """The mark around the title."""
        number = self._number
        start = f'<w:bookmarkStart w:id="{number}" w:name="figure_{number}"/>'
        return f'{start}{_run(f"{number}. {self._title}")}<w:bookmarkEnd w:id="{number}"/>'


def _piece(piece: Piece) -> str:
    if piece.gap:
        # a field with a prompt: a click selects it whole, and what is typed takes its place
        head = f'<w:alias w:val="{escape(piece.text[:60], {chr(34): "&quot;"})}"/>'
        return f"<w:sdt><w:sdtPr>{head}</w:sdtPr><w:sdtContent>{_run(piece.text, GAP)}</w:sdtContent></w:sdt>"
    if piece.figure is not None:
        runs = _run(piece.text, LINK) + _run(f"[{piece.figure}]", LINK + '<w:vertAlign w:val="superscript"/>')
        return f'<w:hyperlink w:anchor="figure_{piece.figure}">{runs}</w:hyperlink>'
    return _run(piece.text)


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _lay_out(document: Any, announcement: Announcement) -> None:
    """Give the columns of each figure's table room for what stands in them; a table is known by its headings."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - only Word documents need it
    from docx.shared import Emu  # noqa: PLC0415 - as above

    page = document.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    weights = {
        tuple(figure.columns): [
            min(max(map(len, (*column, name))), LONGEST)
            for name, *column in zip(figure.columns, *figure.rows[:ROWS_SHOWN], strict=True)
        ]
        for figure in announcement.figures
    }
    for table in document.element.body.tbl_lst:
        heads = tuple(
            "".join(run.text or "" for run in cell.iter(qn("w:t"))) for cell in table.tr_lst[0].tc_lst
        )
        lengths = weights.get(heads)
        if lengths is None:
            continue
        widths = [Emu(room * (length + 4) // sum(one + 4 for one in lengths)) for length in lengths]
        table.tblPr.autofit = False
        for column, width in zip(table.tblGrid.gridCol_lst, widths, strict=True):
            column.w = width
        for row in table.tr_lst:
            for cell, width in zip(row.tc_lst, widths, strict=True):
                cell.width = width


def _describe(document: Any, announcement: Announcement, as_of: date) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 - only Word documents need it

    properties = document.core_properties
    properties.title = announcement.title[:255]
    properties.author = properties.last_modified_by = "Clustermark"
    properties.comments = ""
    properties.language = WORD_LANGUAGES[announcement.language]
    properties.created = properties.modified = datetime.combine(as_of, time())
    properties.revision = 1
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), WORD_LANGUAGES[announcement.language])
