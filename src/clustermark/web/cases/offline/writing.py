"""Writes the rating sheet: locked but for the cells to fill in, drop-downs, the rubric beside each indicator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import local, number
from clustermark.schemes.document import Indicator
from clustermark.scoring.scorecard import Scorecard
from clustermark.web.cases.offline.sheet import COLUMNS, HEADER, INPUTS, SHEET, answer_of_row
from clustermark.web.cases.queries.workspace import Item

_CREATED = datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook's date has no time zone; it is fixed so that the bytes are
_WIDTHS = {"title": 34, "counts": 44, "rubric": 60, "reason": 50, "recommendation": 40, "evidence": 18}


def write_sheet(path: Path, *, title: str, items: Sequence[Item], card: Scorecard | None) -> None:
    """Write the rating sheet of one expert to `path`, with what they have rated so far."""
    import xlsxwriter  # noqa: PLC0415 - only workbooks need it

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _CREATED})
    look = _looks(book)
    sheet = book.add_worksheet(SHEET)
    sheet.write_string(0, 0, title, look["title"])
    sheet.write_string(1, 0, help_line(), look["help"])
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS.get(name, 12), None, {"hidden": name in ("version", "base")})
        sheet.write_string(HEADER, column, name, look["fill" if name in INPUTS else "heading"])
    for row, item in enumerate(items, start=HEADER + 1):
        _write_item(sheet, row, item, card, look)
    sheet.freeze_panes(HEADER + 1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": False})
    book.close()


def help_line() -> str:
    """How the sheet is filled."""
    return _(
        "Fill in the coloured columns: a rating 0–5 for indicators with a rubric; for the others records_right yes, or"
        " no and the value that is right. Ratings and corrections need a reason. Evidence: numbers, with ; between."
    )


def _looks(book: Any) -> dict[str, Any]:
    add = book.add_format
    heading = {"bold": True, "border": 1, "border_color": "#9AA7B5", "valign": "vcenter"}
    cell = {"text_wrap": True, "valign": "top"}
    return {
        "title": add({"bold": True, "font_size": 16, "font_color": "#1F3A5F"}),
        "help": add({"italic": True, "font_color": "#555555"}),
        "heading": add({**heading, "bg_color": "#DCE6F1", "font_color": "#1F3A5F"}),
        "fill": add({**heading, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"}),
        "locked": add(cell),
        "open": add({**cell, "locked": False, "bg_color": "#FFF9E5", "border": 1, "border_color": "#E0D7B0"}),
    }


def _write_item(sheet: Any, row: int, item: Item, card: Scorecard | None, look: dict[str, Any]) -> None:
    answer = answer_of_row(item.rating)
    claimed = card.indicator(item.code).value if card else None
    texts = {
        "indicator": item.code,
        "title": item.title,
        "counts": local(item.indicator.counts),
        "rubric": rubric_text(item.indicator),
        "required": number(item.indicator.required, missing=""),
        "claimed": number(claimed, missing=""),
        "records_right": "yes" if answer.follows_records else "no" if answer.value is not None else "",
        "reason": answer.reason,
        "recommendation": answer.recommendation,
        "evidence": ";".join(answer.evidence),
        "base": answer.base,
    }
    figures = {
        "rating": answer.rating,
        "value": answer.value,
        "version": item.rating.version if item.rating else 0,
    }
    for column, name in enumerate(COLUMNS):
        style = look["open" if name in INPUTS and fits(item.indicator, name) else "locked"]
        if (figure := figures.get(name)) is not None:
            sheet.write_number(row, column, float(figure), style)
        elif texts.get(name):
            sheet.write_string(row, column, texts[name], style)
        else:
            sheet.write_blank(row, column, None, style)
    _add_lists(sheet, row, item.indicator)


def fits(indicator: Indicator, name: str) -> bool:
    """Whether this input belongs to an indicator with this scale."""
    if name == "rating":
        return indicator.rubric is not None
    return name not in ("records_right", "value") or indicator.rubric is None


def rubric_text(indicator: Indicator) -> str:
    """The rubric as lines of step and words; empty for a measured indicator."""
    return "\n".join(f"{step}: {local(words)}" for step, words in enumerate(indicator.rubric or []))


def _add_lists(sheet: Any, row: int, indicator: Indicator) -> None:
    if indicator.rubric is not None:
        column, words = COLUMNS.index("rating"), [str(step) for step in range(len(indicator.rubric))]
    else:
        column, words = COLUMNS.index("records_right"), ["yes", "no"]
    sheet.data_validation(
        row, column, row, column, {"validate": "list", "source": words, "error_type": "stop"}
    )
