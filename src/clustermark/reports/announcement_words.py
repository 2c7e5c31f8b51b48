"""Grammar of a release: ordinals, counted certificates, places and spans of days in three languages.

Plural forms are gettext's; messages are whole phrases, so that each language inflects its own way.
"""

from __future__ import annotations

from datetime import date

from clustermark.ground.texts import current_language, date_text, mark, ngettext, number
from clustermark.ground.texts import gettext as _
from clustermark.register.places import place_name

_CONTINENTS = {
    "002": mark("in Africa"),
    "009": mark("in Oceania"),
    "019": mark("in the Americas"),
    "142": mark("in Asia"),
    "150": mark("in Europe"),
}
_ENGLISH_ENDS = {1: "st", 2: "nd", 3: "rd"}


def in_continent(code: str) -> str:
    """In Europe: a continent with its preposition."""
    return _(_CONTINENTS[code]) if code in _CONTINENTS else place_name(code)


def nth(n: int) -> str:
    """The ordinal of n for a noun like certificate (Сертификат, Zertifikat) in the nominative: 9th, 9-й, 9.

    English ends follow the ordinal rules of CLDR: 1st, 2nd, 3rd, 11th, 12th, 21st.
    """
    language = current_language()
    if language == "en":
        end = "th" if n % 100 in {11, 12, 13} else _ENGLISH_ENDS.get(n % 10, "th")
        return f"{number(n)}{end}"
    return f"{number(n)}-й" if language == "ru" else f"{number(n)}."


_LEVELS = {"bronze": mark("Bronze"), "silver": mark("Silver"), "gold": mark("Gold")}


def level_name(level: str) -> str:
    """A level in words; a level of one scheme alone keeps its name."""
    return _(_LEVELS[level]) if level in _LEVELS else level


def nth_certificate(level: str, place: str) -> str:
    """The ninth silver certificate; `place` is the ordinal."""
    if level == "bronze":
        return _("{nth} bronze certificate").format(nth=place)
    if level == "silver":
        return _("{nth} silver certificate").format(nth=place)
    if level == "gold":
        return _("{nth} gold certificate").format(nth=place)
    return _("{nth} certificate of the level «{level}»").format(nth=place, level=level)


def awarded_lately(level: str, count: int, *, shown: str) -> str | None:
    """That so many certificates of a level were awarded in the country in two years; None for other levels."""
    if level == "bronze":
        text = ngettext(
            "In the two years up to the decision, {n} bronze certificate was awarded in this country.",
            "In the two years up to the decision, {n} bronze certificates were awarded in this country.",
            count,
        )
    elif level == "silver":
        text = ngettext(
            "In the two years up to the decision, {n} silver certificate was awarded in this country.",
            "In the two years up to the decision, {n} silver certificates were awarded in this country.",
            count,
        )
    else:
        return None
    return text.format(n=shown)


def certificate_title(level: str, cluster: str) -> str:
    """The headline."""
    titles = {
        "bronze": _("Bronze certificate for {cluster}"),
        "silver": _("Silver certificate for {cluster}"),
        "gold": _("Gold certificate for {cluster}"),
    }
    text = titles.get(level) or _("Certificate of the level «{level}» for {cluster}")
    return text.format(level=level, cluster=cluster)


def days_text(first: date, last: date) -> str:
    """A span of days: 24–26 October 2017."""
    if first == last:
        return date_text(first)
    if (first.year, first.month) != (last.year, last.month):
        return f"{date_text(first)} – {date_text(last)}"
    dot = "." if current_language() == "de" else ""
    return f"{first.day}{dot}–{date_text(last)}"


def at_least(count: int) -> int:
    """The round number that a release names when it says more than: fifties from 100, tens from 20, else 0."""
    step = 50 if count >= 100 else 10 if count >= 20 else 0
    return 0 if step == 0 else (count - 1) // step * step
