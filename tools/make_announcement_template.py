"""Writes the default Word template of a release: src/clustermark/reports/templates/announcement.docx.

Run it after a change here: python tools/make_announcement_template.py
"""

from __future__ import annotations

import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tools.make_report_template import (  # noqa: E402 - as above
    ACCENT,
    SOFT,
    borders,
    field,
    set_font,
    shade,
    small,
    tag,
    text,
)

from clustermark.reports.word import steady  # noqa: E402 - after the path is set

TARGET = ROOT / "src/clustermark/reports/templates/announcement.docx"


def build() -> bytes:
    """The template as bytes; the same at every run."""
    document = docx.Document()
    set_up(document)
    release(document)
    computations(document)
    buffer = BytesIO()
    document.save(buffer)
    return steady(buffer.getvalue())


def set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(28)
    section.top_margin, section.bottom_margin = Mm(28), Mm(24)
    set_font(document.styles["Normal"], 11)
    document.styles["Normal"].paragraph_format.space_after = Pt(8)
    document.styles["Normal"].paragraph_format.line_spacing = 1.25
    for name, size, before in (("Title", 22, 18), ("Heading 1", 16, 0), ("Heading 2", 12, 16)):
        style = document.styles[name]
        set_font(style, size, colour=ACCENT, bold=True)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
        style.paragraph_format.keep_with_next = True
    title = document.styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    # what the program marks: an organisation's own template gives these styles its own look
    gap = document.styles.add_style("Gap", WD_STYLE_TYPE.CHARACTER)
    gap.font.highlight_color = WD_COLOR_INDEX.YELLOW
    figure = document.styles.add_style("Figure link", WD_STYLE_TYPE.CHARACTER)
    figure.font.color.rgb = ACCENT
    header = section.header.paragraphs[0]
    header.add_run("{{ draft }}")
    small(header)
    footer = section.footer.paragraphs[0]
    field(footer, "PAGE")
    footer.add_run(" / ")
    field(footer, "NUMPAGES")
    small(footer)
    properties = document.core_properties
    properties.author = "Clustermark"
    properties.title = "Draft of a release"
    properties.comments = ""
    properties.created = properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - Word keeps no zone


def release(document: Any) -> None:
    tag(document, "for notice in notices")
    notice = text(document, "{{ notice }}", soft=True)
    notice.paragraph_format.left_indent = Mm(4)
    notice.paragraph_format.line_spacing = 1
    border_left(notice)
    tag(document, "endfor")
    document.add_heading("{{ title }}", 0)
    tag(document, "for paragraph in paragraphs")
    document.add_paragraph("{{r paragraph.runs }}")
    tag(document, "endfor")


def computations(document: Any) -> None:
    document.add_heading("{{ computations }}", 1).paragraph_format.page_break_before = True
    tag(document, "for figure in figures")
    document.add_paragraph("{{r figure.heading }}", style="Heading 2")
    exact = document.add_paragraph("{{ exact_label }}: ")
    exact.add_run("{{ figure.exact }}").bold = True
    text(document, "{{ figure.definition }}", soft=True)
    tag(document, "if figure.rows")
    rows_table(document)
    tag(document, "endif")
    tag(document, "if figure.more")
    text(document, "{{ figure.more }}", soft=True)
    tag(document, "endif")
    tag(document, "endfor")


def rows_table(document: Any) -> None:
    """As many columns as the figure has."""
    grid = document.add_table(rows=4, cols=3, style="Table Grid")
    borders(grid)
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    grid.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    heads = ("{%tc for column in figure.columns %}", "{{ column }}", "{%tc endfor %}")
    cells = ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")
    for row, contents in ((0, heads), (2, cells)):
        for cell, content in zip(grid.rows[row].cells, contents, strict=True):
            run = cell.paragraphs[0].add_run(content)
            run.font.size, run.bold = Pt(8.5), row == 0
            form = cell.paragraphs[0].paragraph_format
            form.space_after = form.space_before = Pt(1.5)
            form.line_spacing = 1
    shade(grid.rows[0].cells[1], "DCE6EC")
    grid.rows[1].cells[0].text = "{%tr for row in figure.rows %}"
    grid.rows[3].cells[0].text = "{%tr endfor %}"
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def border_left(paragraph: Any) -> None:
    borders_ = OxmlElement("w:pBdr")
    left = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", str(SOFT))):
        left.set(qn(f"w:{name}"), value)
    borders_.append(left)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert(0, borders_)


if __name__ == "__main__":
    TARGET.write_bytes(build())
