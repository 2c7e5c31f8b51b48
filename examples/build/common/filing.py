"""Papers and workbooks as evidence: printed, with number, dates and the indicators they prove."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from common.folder import Evidence
from common.paper import Paper
from common.printing import Sheet, pdf, word, workbook


def filed(
    number: str,
    kind: str,
    file: str,
    paper: Paper,
    *,
    title: str,
    received: date,
    proves: str,
    page: str = "",
) -> Evidence:
    """A paper as evidence; the ending of `file` says whether it becomes a PDF or a Word file."""
    content = word(paper) if file.endswith(".docx") else pdf(paper)
    return _evidence(
        number,
        kind,
        file,
        content,
        title=title,
        dated=paper.dated,
        received=received,
        proves=proves,
        page=page,
    )


def filed_book(
    number: str,
    kind: str,
    file: str,
    sheets: Sequence[Sheet],
    *,
    title: str,
    author: str,
    dated: date,
    received: date,
    proves: str,
    page: str = "",
) -> Evidence:
    """Sheets as an Excel workbook and evidence."""
    content = workbook(title, author, dated, sheets)
    return _evidence(
        number, kind, file, content, title=title, dated=dated, received=received, proves=proves, page=page
    )


def _evidence(
    number: str,
    kind: str,
    file: str,
    content: bytes,
    *,
    title: str,
    dated: date,
    received: date,
    proves: str,
    page: str,
) -> Evidence:
    return Evidence(
        evidence_id=number,
        title=title,
        kind=kind,
        file=file,
        own_date=dated,
        received_on=received,
        indicators=proves.split(),
        content=content,
        page=page,
    )
