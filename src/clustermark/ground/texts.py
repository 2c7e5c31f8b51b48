"""Texts for people: gettext for the program's own words, `LocalText` for those of a scheme.

The source language is English. `use_language` sets the language of the running context (a web
request, a report, a command); `gettext` looks a message up in it. Numbers and dates are written by
the rules of the language (CLDR, through Babel) with `number` and `date_text`.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["en", "ru", "de"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALE_DIR = Path(__file__).parent.parent / "locale"

LocalText = dict[Language, str]
"""A text of a scheme in several languages: language code → text; `en` is always there."""

_language: ContextVar[Language] = ContextVar("language", default="en")


def current_language() -> Language:
    """The language of the running context."""
    return _language.get()


@contextmanager
def use_language(language: Language) -> Iterator[None]:
    """Speak `language` inside the `with` block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


@lru_cache
def _catalogue(language: Language) -> _gettext.NullTranslations:
    return _gettext.translation("clustermark", LOCALE_DIR, [language], fallback=True)


def gettext(message: str) -> str:
    """`message` in the current language; the message itself where there is no translation."""
    language = _language.get()
    return message if language == "en" else _catalogue(language).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of the message that fits `count` in the current language."""
    language = _language.get()
    if language == "en":
        return singular if count == 1 else plural
    return _catalogue(language).ngettext(singular, plural, count)


def mark(message: str) -> str:
    """Mark a constant for translation; it is looked up where it is shown."""
    return message


def local(text: Mapping[Language, str] | None, language: Language | None = None) -> str:
    """The words of a scheme's text in `language` (default: the current one), else in English."""
    if not text:
        return ""
    return text.get(language or _language.get()) or text.get("en") or next(iter(text.values()))


def number(value: Decimal | int | None, *, missing: str = "–") -> str:
    """`value` written by the rules of the current language, with all its digits and no trailing zero."""
    if value is None:
        return missing
    text = format(Decimal(value).normalize(), "f")
    sign, digits = ("−", text[1:]) if text.startswith("-") else ("", text)
    whole, _dot, fraction = digits.partition(".")
    group, point = {"en": (",", "."), "ru": ("\u00a0", ","), "de": (".", ",")}[_language.get()]
    grouped = f"{int(whole):,}".replace(",", group)
    return sign + grouped + (point + fraction if fraction else "")


def date_text(value: date) -> str:
    """A date in the long form of the current language (CLDR), such as 26 October 2025.

    Russian says "года" where CLDR abbreviates it to "г.": at the end of a sentence its point would stand twice.
    The twelve names stand here because Babel, which reports use for names of countries, takes a tenth of a
    second to load; a test holds every day of a year against it.
    """
    language = _language.get()
    return _LONG_DATE[language].format(
        day=value.day, month=_MONTHS[language][value.month - 1], year=value.year
    )


_LONG_DATE = {
    "en": "{day} {month} {year}",
    "ru": "{day} {month} {year} года",
    "de": "{day}. {month} {year}",
}
_MONTHS: dict[Language, tuple[str, ...]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "ru": (
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
}
