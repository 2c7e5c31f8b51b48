"""Writes the default Word template of the report: src/clustermark/reports/templates/report.docx.

Run it after a change here: python tools/make_report_template.py
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from clustermark.reports.word import steady

TARGET = Path(__file__).parent.parent / "src/clustermark/reports/templates/report.docx"
ACCENT = RGBColor(0x1F, 0x4E, 0x6B)
SOFT = RGBColor(0x51, 0x60, 0x6C)
FONT = "Arial"


def build() -> bytes:
    """The template as bytes; the same at every run."""
    document = docx.Document()
    set_up(document)
    cover(document)
    picture_and_dimensions(document)
    levels_and_gates(document)
    sections(document)
    overview(document)
    indicators(document)
    method(document)
    buffer = BytesIO()
    document.save(buffer)
    return steady(buffer.getvalue())


def set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(24), Mm(20)
    section.top_margin, section.bottom_margin = Mm(24), Mm(22)
    normal = document.styles["Normal"]
    set_font(normal, 10)
    normal.paragraph_format.space_after = Pt(5)
    for name, size, before in (
        ("Title", 26, 0),
        ("Heading 1", 17, 20),
        ("Heading 2", 13, 16),
        ("Heading 3", 11, 8),
    ):
        style = document.styles[name]
        set_font(style, size, colour=ACCENT, bold=name != "Title")
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(5)
        style.paragraph_format.keep_with_next = True
    set_font(document.styles["Subtitle"], 13, colour=SOFT)
    set_font(document.styles["Caption"], 9, colour=SOFT)
    set_font(document.styles["List Bullet"], 10)
    title = document.styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    header = section.header.paragraphs[0]
    header.add_run("{{ summary.cluster }} · {{ words.report }}")
    small(header)
    footer = section.footer.paragraphs[0]
    footer.add_run("{{ example_legend }}   ")
    field(footer, "PAGE")
    footer.add_run(" / ")
    field(footer, "NUMPAGES")
    small(footer)
    properties = document.core_properties
    properties.author = "Clustermark"
    properties.title = "Assessment report"
    properties.comments = ""
    properties.created = properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - Word keeps no zone


def set_font(style: Any, size: float, *, colour: RGBColor | None = None, bold: bool | None = None) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.italic = False
    if bold is not None:
        style.font.bold = bold
    if colour is not None:
        style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "Theme" in name:
            del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def small(paragraph: Any) -> None:
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(8.5), SOFT


def field(paragraph: Any, code: str) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, code), ("separate", None), ("shown", "1"), ("end", None)):
        if kind == "shown":
            element = OxmlElement("w:t")
            element.text = text
        elif kind is None:
            element = OxmlElement("w:instrText")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def text(
    document: Any, content: str, *, label: str = "", style: str | None = None, soft: bool = False
) -> Any:
    paragraph = document.add_paragraph(style=style)
    if label:
        paragraph.add_run(f"{label} ").bold = True
    run = paragraph.add_run(content)
    if soft:
        run.font.color.rgb, run.font.size = SOFT, Pt(9)
    return paragraph


def tag(document: Any, content: str) -> None:
    """A paragraph that is only a template tag; it vanishes from the report."""
    document.add_paragraph("{%p " + content + " %}")


def table(  # noqa: PLR0917 - called in the order in which a table reads
    document: Any,
    heads: list[str],
    loop: str,
    cells: list[str],
    widths: list[int],
    right: tuple[int, ...] = (),
) -> None:
    """A table with a head that repeats on every page and one row for each item of the loop."""
    grid = document.add_table(rows=4 if heads else 3, cols=len(cells), style="Table Grid")
    grid.autofit = False
    borders(grid)
    first = 0
    if heads:
        first = 1
        properties = grid.rows[0]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))
        for cell, head in zip(grid.rows[0].cells, heads, strict=True):
            cell.paragraphs[0].add_run(head).bold = True
            shade(cell, "DCE6EC")
    grid.rows[first].cells[0].text = "{%tr for " + loop + " %}"
    for cell, content in zip(grid.rows[first + 1].cells, cells, strict=True):
        cell.text = content
    grid.rows[first + 1]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    grid.rows[first + 2].cells[0].text = "{%tr endfor %}"
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for row in grid.rows:
        for column, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
            cell.width = Mm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(1.5)
                paragraph.paragraph_format.space_before = Pt(1.5)
                if column in right:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                for run in paragraph.runs:
                    run.font.size = Pt(9)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def borders(grid: Any) -> None:
    """Fine lines between rows only."""
    element = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", "C9D2D9")):
            line.set(qn(f"w:{name}"), value)
        element.append(line)
    for side in ("left", "right", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "nil")
        element.append(line)
    grid._tbl.tblPr.append(element)


def shade(cell: Any, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def cover(document: Any) -> None:
    text(document, "{{ words.report }}", soft=True)
    document.add_paragraph("{{ summary.cluster }}", style="Title")
    document.add_paragraph("{{ summary.scheme }}", style="Subtitle")
    table(
        document,
        [],
        "mark in summary.marks",
        ["{% if mark.reached %}✓{% else %}○{% endif %}", "{{ mark.title }}", "{{ mark.text }}"],
        [12, 104, 50],
    )
    for cell in document.tables[-1].rows[1].cells:
        shade(cell, "DCE6EC")
        cell.paragraphs[0].runs[0].font.size = Pt(13)
        cell.paragraphs[0].runs[0].bold = True
    table(
        document,
        [],
        "row in summary.key_figures",
        ["{{ row.label }}", "{{ row.text }}"],
        [90, 76],
        right=(1,),
    )
    document.add_heading("{{ words.result }}", 1)
    text(document, "{{ summary.paragraph }}")
    text(document, "{{ summary.decision }}")
    tag(document, "for note in summary.caution")
    text(document, "{{ note }}").runs[0].bold = True
    tag(document, "endfor")
    table(document, [], "row in summary.rows", ["{{ row.label }}", "{{ row.text }}"], [60, 106])


def picture_and_dimensions(document: Any) -> None:
    document.add_heading("{{ words.picture }}", 1).paragraph_format.page_break_before = True
    document.add_paragraph("{{ chart }}")
    tag(document, "if dimensions")
    document.add_heading("{{ words.dimensions }}", 1).paragraph_format.page_break_before = True
    table(
        document,
        [
            "{{ words.code }}",
            "{{ words.dimension }}",
            "{{ words.points }}",
            "{{ words.max_points }}",
            "{{ words.share }}",
            "{{ words.significantly_above }}",
        ],
        "row in dimensions",
        [
            "{{ row.code }}",
            "{{ row.title }}",
            "{{ row.points.text }}",
            "{{ row.max_points.text }}",
            "{{ row.share.text }}",
            "{{ row.above }}",
        ],
        [14, 60, 20, 20, 22, 30],
        right=(2, 3, 4, 5),
    )
    document.add_paragraph("{{ dimension_chart }}")
    tag(document, "endif")


def levels_and_gates(document: Any) -> None:
    document.add_heading("{{ next_level.title }}", 1)
    text(document, "{{ next_level.introduction }}")
    tag(document, "for gap in next_level.gaps")
    document.add_paragraph("{{ gap }}", style="List Bullet")
    tag(document, "endfor")
    document.add_heading("{{ words.levels }}", 1)
    tag(document, "for level in levels")
    document.add_heading("{{ level.title }}", 2)
    text(document, "{{ level.sign }} {{ level.status_text }}").runs[0].bold = True
    tag(document, "if level.conditions")
    table(
        document,
        ["{{ words.condition }}", "{{ words.status }}", "{{ words.condition_explanation }}"],
        "row in level.conditions",
        ["{{ row.title }}", "{{ row.sign }} {{ row.status_text }}", "{{ row.explanation }}"],
        [66, 34, 66],
    )
    tag(document, "endif")
    tag(document, "endfor")
    tag(document, "if gates")
    document.add_heading("{{ words.gates }}", 1)
    tag(document, "for gate in gates")
    document.add_heading("{{ gate.title }}", 2)
    text(document, "{{ gate.sign }} {{ gate.status_text }}").runs[0].bold = True
    text(document, "{{ gate.explanation }}")
    tag(document, "if gate.supply")
    text(document, "{{ gate.supply }}", label="{{ words.supply }}:")
    tag(document, "endif")
    tag(document, "for fact in gate.facts")
    document.add_paragraph("{{ fact.title }}: {{ fact.value }}", style="List Bullet")
    tag(document, "endfor")
    origin(document, "gate.origin")
    tag(document, "endfor")
    tag(document, "endif")


def sections(document: Any) -> None:
    """The analyses: every section is laid out alike."""
    tag(document, "for section in sections")
    document.add_heading("{{ section.title }}", 1).paragraph_format.page_break_before = True
    paragraphs(document, "section.paragraphs")
    tag(document, "for part in section.parts")
    tag(document, "if part.title")
    document.add_heading("{{ part.title }}", 2)
    tag(document, "endif")
    paragraphs(document, "part.paragraphs")
    tag(document, "for point in part.points")
    document.add_paragraph("{{ point }}", style="List Bullet")
    tag(document, "endfor")
    tag(document, "for picture in part.pictures")
    document.add_paragraph("{{ picture }}")
    tag(document, "endfor")
    tag(document, "if part.table")
    any_table(document)
    tag(document, "endif")
    tag(document, "for note in part.notes")
    text(document, "{{ note }}", soft=True)
    tag(document, "endfor")
    tag(document, "endfor")
    tag(document, "endfor")


def paragraphs(document: Any, name: str) -> None:
    tag(document, f"for paragraph in {name}")
    text(document, "{{ paragraph }}")
    tag(document, "endfor")


def any_table(document: Any) -> None:
    """A table with as many columns as the part's table has."""
    grid = document.add_table(rows=4, cols=3, style="Table Grid")
    borders(grid)
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    grid.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    columns = (
        "{%tc for column in part.table.columns %}",
        "{{ column.title }}",
        "{%tc endfor %}",
    )
    cells = ("{%tc for cell in row %}", "{{ cell.text }}", "{%tc endfor %}")
    for row, contents in ((0, columns), (2, cells)):
        for cell, content in zip(grid.rows[row].cells, contents, strict=True):
            run = cell.paragraphs[0].add_run(content)
            run.font.size, run.bold = Pt(8.5), row == 0
            cell.paragraphs[0].paragraph_format.space_after = Pt(1.5)
            cell.paragraphs[0].paragraph_format.space_before = Pt(1.5)
    shade(grid.rows[0].cells[1], "DCE6EC")
    grid.rows[1].cells[0].text = "{%tr for row in part.table.rows %}"
    grid.rows[3].cells[0].text = "{%tr endfor %}"
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def origin(document: Any, rows: str) -> None:
    tag(document, f"if {rows}")
    content = (
        "{{ words.origin }}: {% for row in "
        + rows
        + " %}{{ row.label }} – {{ row.text }}{% if not loop.last %}; {% endif %}{% endfor %}"
    )
    text(document, content, soft=True)
    tag(document, "endif")


def overview(document: Any) -> None:
    document.add_heading("{{ words.overview }}", 1).paragraph_format.page_break_before = True
    text(
        document,
        "{% for entry in legend %}{{ entry.sign }} {{ entry.text }}"
        "{% if not loop.last %};  {% endif %}{% endfor %}",
        soft=True,
    )
    table(
        document,
        [
            "{{ words.code }}",
            "{{ words.indicator }}",
            "{{ words.value }}",
            "{{ words.required }}",
            "{{ words.band }}",
            "{{ words.points }}",
            "{{ words.status }}",
        ],
        "block in indicators",
        [
            "{{ block.code }}",
            "{{ block.title }}",
            "{{ block.value.text }}",
            "{{ block.required_text }}",
            "{{ block.band_text }}",
            "{% if block.scored %}{{ block.points.text }}{% else %}–{% endif %}",
            "{{ block.sign }}",
        ],
        [12, 49, 30, 30, 15, 15, 15],
        right=(2, 3, 5),
    )


def indicators(document: Any) -> None:
    document.add_heading("{{ words.indicators }}", 1).paragraph_format.page_break_before = True
    tag(document, "for block in indicators")
    document.add_heading("{{ block.code }} {{ block.title }}", 2)
    text(
        document,
        "{{ block.sign }} {{ block.status_text }}{% if block.minimum %} · {{ words.minimum }}{% endif %}",
    ).runs[0].bold = True
    figures(document)
    for condition, content, label in (
        ("block.band_words", "{{ block.band_words }}", ""),
        ("block.explanation", "{{ block.explanation }}", ""),
        ("block.next_edge.value is not none", "{{ block.next_edge.text }}", "{{ words.next_band }}:"),
        ("block.formula", "{{ block.formula }}", "{{ words.formula }}:"),
        (
            "block.formula_with_numbers",
            "{{ block.formula_with_numbers }}",
            "{{ words.formula_with_numbers }}:",
        ),
    ):
        tag(document, f"if {condition}")
        text(document, content, label=label)
        tag(document, "endif")
    text(document, "{{ block.value_from }}", label="{{ words.value_from }}:")
    bullets(document, "facts", "fact in block.facts", "{{ fact.title }}: {{ fact.value }}")
    bullets(
        document,
        "checklist",
        "point in block.checklist",
        "{{ point.sign }} {{ point.title }} ({{ point.text }})",
    )
    tag(document, "if block.statements")
    document.add_heading("{{ words.statements }}", 3)
    table(
        document,
        ["{{ words.voice }}", "{{ words.rating }}", "{{ words.reason }}"],
        "said in block.statements",
        [
            "{{ said.voice }}{% if said.dated %}, {{ said.dated }}{% endif %}",
            "{{ said.said }}",
            "{{ said.reason }}{% if said.evidence %} ({{ words.evidence }}: {{ said.evidence }}){% endif %}",
        ],
        [44, 24, 98],
    )
    tag(document, "endif")
    bullets(
        document, "recommendation", "item in block.recommendations", "{{ item.text }} ({{ item.source }})"
    )
    bullets(
        document,
        "evidence",
        "item in block.evidence",
        "{{ item.title }}{% if item.dated %}, {{ item.dated }}{% endif %}{% if item.page %}, {{ "
        "item.page }}{% endif %}"
        " – {{ item.file }}",
    )
    tag(document, "if not block.evidence")
    text(
        document,
        "{{ words.no_evidence }} {{ words.evidence_wanted }}: {{ block.evidence_wanted | join('; ') }}",
    )
    tag(document, "endif")
    origin(document, "block.origin")
    tag(document, "endfor")


def figures(document: Any) -> None:
    """The six figures of an indicator: names above, numbers below."""
    pairs = [
        ("value", "value.text"),
        ("band", "band_text"),
        ("points", "points_text"),
        ("required", "required_text"),
        ("excellence", "excellence.text"),
        ("margin", "margin_text"),
    ]
    grid = document.add_table(rows=2, cols=len(pairs), style="Table Grid")
    borders(grid)
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for column, (word, name) in enumerate(pairs):
        for row, content in enumerate(("{{ words." + word + " }}", "{{ block." + name + " }}")):
            cell = grid.rows[row].cells[column]
            shade(cell, "F2F5F7")
            run = cell.paragraphs[0].add_run(content)
            run.font.size = Pt(9 if row else 8)
            run.bold = bool(row)
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def bullets(document: Any, word: str, loop: str, content: str) -> None:
    tag(document, f"if {loop.split(' in ')[1]}")
    document.add_heading("{{ words." + word + " }}", 3)
    tag(document, f"for {loop}")
    document.add_paragraph(content, style="List Bullet")
    tag(document, "endfor")
    tag(document, "endif")


def method(document: Any) -> None:
    document.add_heading("{{ words.method }}", 1).paragraph_format.page_break_before = True
    table(document, [], "row in method.rows", ["{{ row.label }}", "{{ row.text }}"], [50, 116])
    tag(document, "for paragraph in method.paragraphs")
    text(document, "{{ paragraph }}")
    tag(document, "endfor")
    document.add_heading("{{ provenance.title }}", 1)
    tag(document, "for paragraph in provenance.paragraphs")
    text(document, "{{ paragraph }}")
    tag(document, "endfor")


if __name__ == "__main__":
    TARGET.write_bytes(build())
    print(TARGET)
