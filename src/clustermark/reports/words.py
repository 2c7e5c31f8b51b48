"""The fixed words of the report, and how it writes figures, signs and voices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from clustermark.ground.texts import date_text, mark, ngettext, number
from clustermark.ground.texts import gettext as _
from clustermark.register.places import place_name
from clustermark.register.sectors import sector_name
from clustermark.reports.model import FactRow, Row, Status
from clustermark.reports.printed import Figure
from clustermark.schemes.document import Mark
from clustermark.scoring.scorecard import FactValue, ProvenanceOf

EXAMPLE_SIGN = "†"
NOTHING = "–"
NBSP = "\u00a0"
NARROW_NBSP = "\u202f"

WORDS: dict[str, str] = {
    "report": mark("Assessment report"),
    "contents": mark("Contents"),
    "summary": mark("Summary"),
    "result": mark("Result"),
    "picture": mark("Required and reached"),
    "dimensions": mark("Dimensions"),
    "dimension": mark("Dimension"),
    "overview": mark("All indicators at a glance"),
    "indicators": mark("Indicators one by one"),
    "indicator": mark("Indicator"),
    "code": mark("Code"),
    "title": mark("Title"),
    "value": mark("Value"),
    "unit": mark("Unit"),
    "value_from": mark("Value taken from"),
    "band": mark("Band"),
    "points": mark("Points"),
    "max_points": mark("Most points"),
    "share": mark("Share of the most points"),
    "required": mark("Required"),
    "required_band": mark("Required band"),
    "excellence": mark("Excellence"),
    "minimum": mark("Minimum requirement"),
    "margin": mark("Margin"),
    "status": mark("Status"),
    "significantly_above": mark("Significantly above the required value"),
    "next_band": mark("Next band from"),
    "explanation": mark("How the number came about"),
    "condition_explanation": mark("Explanation"),
    "formula": mark("Formula"),
    "formula_with_numbers": mark("With numbers put in"),
    "facts": mark("Facts"),
    "checklist": mark("Checklist"),
    "evidence": mark("Evidence"),
    "evidence_wanted": mark("Evidence the scheme asks for"),
    "no_evidence": mark("The dossier names no evidence for this indicator."),
    "file": mark("File"),
    "kind": mark("Kind"),
    "date": mark("Date"),
    "page": mark("Page"),
    "statements": mark("What was said"),
    "voice": mark("Voice"),
    "rating": mark("Rating"),
    "reason": mark("Reason"),
    "recommendation": mark("Recommendation"),
    "gates": mark("Gates"),
    "supply": mark("To supply"),
    "levels": mark("Levels"),
    "level": mark("Level"),
    "condition": mark("Condition"),
    "next_level": mark("What is missing for the next level"),
    "method": mark("Method and digests"),
    "provenance": mark("Where the values come from"),
    "origin": mark("Origin of the values"),
    "legend": mark("Signs"),
    "chart_excellence": mark("excellence value"),
    "chart_required": mark("required value"),
    "chart_above": mark("reached: significantly above"),
    "chart_met": mark("reached: required value met"),
    "chart_below": mark("reached: below the required value"),
    "chart_missed": mark("reached: minimum requirement missed"),
    "chart_not_evidenced": mark("not evidenced"),
    "chart_no_requirement": mark("reached: no value required"),
    "chart_own": mark("own value"),
    "chart_median": mark("median of the group"),
    "chart_leaders": mark("median of the leaders"),
    "chart_official": mark("official points"),
    "chart_draws_median": mark("median of the draws"),
    "chart_asked": mark("points that a level asks for"),
    "chart_first": mark("alone"),
    "chart_total": mark("alone and together with others"),
    "chart_months": mark("Months from the start"),
    "page_of": mark("Page {page} of {pages}"),
    "chart_alt": mark(
        "Chart: for each indicator the band reached, the band of the required value and the band of the "
        "excellence value, on a scale of bands from 0. The table of all indicators holds the same figures."
    ),
    "dimension_chart_alt": mark(
        "Chart: the share of the most points that each dimension reached. The table beside it holds the "
        "same figures."
    ),
    "unshown": mark(
        "Characters that the fonts of this PDF do not hold are shown as □; the other formats of the "
        "report carry them."
    ),
}
"""Headings, column names and short sentences, by the key that templates use."""

STATUS_SIGNS: dict[Status, str] = {
    "above": "▲",
    "met": "✓",
    "below": "▽",
    "missed": "×",
    "not_evidenced": "?",
    "no_requirement": NOTHING,
}

STATUS_TEXTS: dict[Status, str] = {
    "above": mark("significantly above the required value"),
    "met": mark("required value met"),
    "below": mark("below the required value"),
    "missed": mark("minimum requirement missed"),
    "not_evidenced": mark("not evidenced"),
    "no_requirement": mark("no value required"),
}

MARKS: dict[Mark, str] = {
    "established": mark("established from public sources"),
    "reported": mark("reported by one credible source"),
    "example": mark("example value, not official"),
}

VALUE_FROM: dict[str, str] = {
    "records": mark("the records of the dossier"),
    "claim": mark("the claim of the cluster"),
    "expert": mark("the rating of the expert"),
    "consensus": mark("the consensus of the experts"),
    "none": mark("nothing: not evidenced"),
}

ORIGIN_FIELDS: dict[str, str] = {
    "all": mark("all other values"),
    "code": mark("code"),
    "direction": mark("direction of the scale"),
    "bands": mark("bands"),
    "required": mark("required value"),
    "minimum": mark("minimum requirement"),
    "points": mark("points"),
    "scored": mark("points"),
    "measure": mark("measure"),
    "rubric": mark("rubric"),
    "checklist": mark("checklist"),
    "when": mark("rule"),
    "title": mark("title"),
    "evidence": mark("evidence"),
    "check": mark("figure that informs the rating"),
}


def sector_text(sector: str | None) -> str:
    """A sector in words; a sector that the format does not know stays as it was written."""
    return NOTHING if sector is None else sector_name(sector)


def country_text(country: str | None) -> str:
    """A country by its name (CLDR) for a code of ISO 3166-1; anything else stays as it was written."""
    return NOTHING if country is None else place_name(country)


def fixed_words() -> dict[str, str]:
    """`WORDS` in the current language."""
    return {key: _(message) for key, message in WORDS.items()}


def is_example(origin: list[ProvenanceOf], *fields: str) -> bool:
    """Whether any of the fields is an example value; `all` speaks for the fields that are not named."""
    marks = {item.of: item.mark for item in origin}
    return any(marks.get(field, marks.get("all")) == "example" for field in fields)


def figure(value: Decimal | int | None, unit: str = "", *, example: bool = False) -> Figure:
    """A number with its unit, and the example sign where it is due; a dash when there is none."""
    if value is None:
        return Figure(text=NOTHING)
    text = number(value) + (NBSP + unit if unit else "")
    if example:
        text += NARROW_NBSP + EXAMPLE_SIGN
    return Figure(text=text, value=Decimal(value), example=example)


def truth_sign(holds: bool | None) -> str:
    """✓ for true, × for false, ? for unknown."""
    return "?" if holds is None else "✓" if holds else "×"


def met_text(met: bool | None) -> str:
    """Whether a condition is met, in words."""
    if met is None:
        return _("undecided, a fact is missing")
    return _("met") if met else _("missed")


def fact_row(fact: FactValue) -> FactRow:
    """A fact as printed."""
    if fact.value is None:
        text = _("not stated")
    elif isinstance(fact.value, bool):
        text = _("yes") if fact.value else _("no")
    else:
        text = number(fact.value)
    return FactRow(fact=fact.fact, title=fact.title, value=text)


def origin_rows(origin: list[ProvenanceOf]) -> list[Row]:
    """Mark and source of the scheme's statements; statements with the same ones share a row."""
    groups: dict[tuple[Mark, str], list[str]] = {}
    for item in origin:
        name = _(ORIGIN_FIELDS[item.of]) if item.of in ORIGIN_FIELDS else item.of
        names = groups.setdefault((item.mark, item.source), [])
        if name not in names:
            names.append(name)
    return [
        Row(
            label=", ".join(names),
            text=_("{mark}; source: {source}").format(mark=_(MARKS[mark]), source=source),
        )
        for (mark, source), names in groups.items()
    ]


def dated(value: date | None) -> str:
    """A date in words, or nothing."""
    return date_text(value) if value else ""


def view_text(view: str) -> str:
    """Whose values were scored, in words: `claim`, `expert:NAME` or `consensus`."""
    if view.startswith("expert:"):
        return _("rating of the expert {name}").format(name=view.removeprefix("expert:"))
    return {"claim": _("claim of the cluster"), "consensus": _("consensus of the experts")}.get(view, view)


def voice_text(view: str, rater: str | None) -> str:
    """Who speaks in a statement."""
    if view == "expert":
        return _("Expert {name}").format(name=rater) if rater else _("Expert")
    return {"claim": _("Claim of the cluster"), "consensus": _("Consensus of the experts")}.get(view, view)


def margin_text(margin: int | None) -> str:
    """Bands above or below the required one, in words."""
    if margin is None:
        return NOTHING
    if margin == 0:
        return _("in the required band")
    if margin > 0:
        return ngettext("{n} band above", "{n} bands above", margin).format(n=number(margin))
    return ngettext("{n} band below", "{n} bands below", -margin).format(n=number(-margin))
