"""Widths and alignment of the tables of sections, which a template with any number of columns cannot state."""

from __future__ import annotations

from typing import Any

from clustermark.reports.model import Report
from clustermark.reports.section import Grid


def lay_out(document: Any, report: Report) -> None:
    """Give each table of a section the widths of its columns, and numbers to the right.

    A table is known by its headings, so it works in a template of your own too. `document` is python-docx's.
    """
    from docx.oxml.ns import qn  # noqa: PLC0415 - only Word reports need it
    from docx.shared import Emu  # noqa: PLC0415 - as above

    grids = [part.table for section in report.sections for part in section.parts if part.table is not None]
    if not grids:
        return
    page = document.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    by_heads = {tuple(column.title for column in grid.columns): grid for grid in grids}
    for table in document.element.body.tbl_lst:
        heads = tuple(
            "".join(run.text or "" for run in cell.iter(qn("w:t"))) for cell in table.tr_lst[0].tc_lst
        )
        if heads in by_heads:
            _table(table, by_heads[heads], Emu(room))


def _table(table: Any, grid: Grid, room: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - only Word reports need it
    from docx.shared import Emu  # noqa: PLC0415 - as above

    total = sum(column.width for column in grid.columns)
    widths = [Emu(int(room * column.width / total)) for column in grid.columns]
    table.tblPr.autofit = False
    for column, width in zip(table.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    for row in table.tr_lst:
        for cell, column, width in zip(row.tc_lst, grid.columns, widths, strict=True):
            cell.width = width
            for paragraph in cell.p_lst if column.number else ():
                paragraph.get_or_add_pPr().jc_val = WD_ALIGN_PARAGRAPH.RIGHT
