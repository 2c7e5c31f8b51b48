"""The evidence that the panel assesses: that of the sealed dossier and what answers to questions brought since."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from datetime import date
from typing import Literal

from clustermark.web.cases.queries.dossiers import Content
from clustermark.web.cases.queries.stated import day_of

Shown = Literal["document", "picture", "download"]
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """One piece of evidence as a page shows it; `file` is its name, `sha256` and `size` of what is stored."""

    evidence_id: str
    title: str
    kind: str
    file: str
    own_date: date | None
    page: str
    indicators: tuple[str, ...]
    sha256: str
    size: int

    @property
    def media_type(self) -> str:
        """What the name of the file says it is."""
        return mimetypes.guess_type(self.file)[0] or "application/octet-stream"

    @property
    def shown_as(self) -> Shown:
        """How a page can show it: browsers open PDF and pictures, the rest is downloaded."""
        if self.media_type == "application/pdf":
            return "document"
        return "picture" if self.media_type in PICTURES else "download"


def evidence_of(content: Content) -> list[EvidenceShown]:
    """Every piece of evidence of a dossier, in the order of its table."""
    table = content["tables"].get("evidence", {"header": [], "rows": []})
    found = []
    for cells in table["rows"]:
        row = dict(zip(table["header"], cells, strict=False))
        stored = content["files"].get(row.get("file", ""))
        if row.get("evidence_id") and stored is not None:
            found.append(
                EvidenceShown(
                    evidence_id=row["evidence_id"],
                    title=row.get("title", ""),
                    kind=row.get("kind", ""),
                    file=row["file"],
                    own_date=day_of(row.get("own_date", "")),
                    page=row.get("page", ""),
                    indicators=tuple(
                        code.strip() for code in row.get("indicators", "").split(";") if code.strip()
                    ),
                    sha256=stored["sha256"],
                    size=stored["size"],
                )
            )
    return found
