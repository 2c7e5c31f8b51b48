"""The fixed words of the report on an audit, and how it writes its figures."""

from __future__ import annotations

from clustermark.analysis.audit.figures import percent, short
from clustermark.analysis.audit.result import SchemeAudit, Severity
from clustermark.ground.texts import gettext as _
from clustermark.ground.texts import mark
from clustermark.reports.words import NOTHING

WORDS: dict[str, str] = {
    "audit": mark("Statistical audit of a scheme"),
    "contents": mark("Contents"),
    "page_of": mark("Page {page} of {pages}"),
    "findings": mark("Findings"),
    "no_findings": mark("No finding: nothing stands out."),
    "suggestion": mark("Suggestion"),
    "where": mark("Where"),
    "figure": mark("Figure"),
    "code": mark("Code"),
    "indicator": mark("Indicator"),
    "dimension": mark("Dimension"),
    "nominal_weight": mark("nominal weight"),
    "effective_weight": mark("effective weight"),
    "nominal_ranks": mark("clusters by rank under the scheme as it is (in groups)"),
    "rank_shift": mark("change of rank (− better, + worse)"),
    "bins_from_cut": mark("steps from the cut"),
    "clusters": mark("clusters"),
    "reaches_cut": mark("reach the cut"),
    "misses_cut": mark("miss the cut"),
    "unshown": mark("Characters that no typeface of this document holds are shown as □."),
}
"""Headings and words of pictures, by the key that template and charts use."""

SEVERITIES: dict[Severity, tuple[str, str]] = {
    "serious": ("!!", mark("serious")),
    "notable": ("!", mark("notable")),
    "note": ("i", mark("note")),
}
"""Sign and word of each severity."""

ASSUMPTIONS: dict[str, str] = {
    "geometric": mark("dimensions joined by the geometric mean"),
    "equal_dimensions": mark("all dimensions weigh the same"),
    "random": mark("every weight at random within ± 25 %"),
    "left_out": mark("missing values left out instead of earning no points"),
    "sector_median": mark("missing values filled with the median of the sector"),
}


def fixed_words() -> dict[str, str]:
    """`WORDS` in the current language."""
    return {key: _(message) for key, message in WORDS.items()}


def told(value: float | None, places: int = 2) -> str:
    """A figure, or a dash where there is none."""
    return NOTHING if value is None else short(value, places)


def count_told(value: int | None) -> str:
    """A count, or that it is not told."""
    return _("hidden") if value is None else short(value, 0)


def share_told(value: float | None, hidden: str) -> str:
    """A share in per cent, or `hidden` where it is not told."""
    return hidden if value is None else percent(value)


def scope_text(audit: SchemeAudit, scope: str) -> str:
    """A dimension by code and title, or all indicators."""
    return _("all indicators") if scope == "all" else f"{scope} {audit.dimensions[scope]}"
