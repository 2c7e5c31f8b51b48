"""One cell: from its text to a value, and back to the text that every form writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from clustermark.dossiers.dossier import Value
from clustermark.dossiers.tables import Column, ColumnType
from clustermark.ground.exact import MAX_DIGITS
from clustermark.ground.texts import gettext as _

FIRST_DATE = date(1900, 1, 1)
LAST_DATE = date(2199, 12, 31)

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_GROUPED = re.compile(r"[-−]?[0-9]{1,3}([,.'’ \u00a0\u202f])[0-9]{3}(\1[0-9]{3})*([.,][0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Fault(NamedTuple):
    """Why a text is not a value of its column: code, message, and what is allowed."""

    code: str
    message: str
    allowed: str


def parse(column: Column, text: str) -> Value | Fault:
    """The value that `text` (not empty, no white space around it) states, or why it states none."""
    return _PARSERS[column.type](column, text)


def _text(_column: Column, text: str) -> Value | Fault:
    return text


def _list(_column: Column, text: str) -> Value | Fault:
    return tuple(word for word in (part.strip() for part in text.split(";")) if word) or None


def _yes_no(_column: Column, text: str) -> Value | Fault:
    if text in ("yes", "no"):
        return text == "yes"
    return Fault("yes-no-unreadable", _("This is neither yes nor no."), "yes, no")


def _choice(column: Column, text: str) -> Value | Fault:
    if text in column.choices:
        return text
    message = _("This is not one of the words of the list.")
    return Fault(
        "choice-unknown", message + suggestion(text, tuple(column.choices)), ", ".join(column.choices)
    )


def suggestion(word: str, words: Sequence[str]) -> str:
    """« Did you mean …? » with the nearest of `words`, or nothing when none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong word needs it

    lowered = word.lower().replace(" ", "_").replace("-", "_")
    by_lower = {item.lower(): item for item in words}
    near = get_close_matches(lowered, by_lower, n=1) or get_close_matches(word.lower(), by_lower, n=1)
    return " " + _("Did you mean {word}?").format(word=by_lower[near[0]]) if near else ""


def _date(_column: Column, text: str) -> Value | Fault:
    if not _DATE.fullmatch(text):
        return _no_date(_("This is not a date in the form of the dossier."))
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return _no_date(_("There is no such day in the calendar."))
    if not FIRST_DATE <= day <= LAST_DATE:
        return Fault(
            "date-out-of-range",
            _("The date lies too far away."),
            _("from {first} to {last}").format(first=FIRST_DATE, last=LAST_DATE),
        )
    return day


def _no_date(message: str) -> Fault:
    allowed = _("a date written YYYY-MM-DD, for example {example}").format(example="2025-03-18")
    return Fault("date-unreadable", message, allowed)


def _integer(column: Column, text: str) -> Value | Fault:
    number = _number(column, text, places=0)
    return number if isinstance(number, Fault) else int(number)


def _decimal(column: Column, text: str) -> Value | Fault:
    return _stripped(_number(column, text, places=4))


def _money(column: Column, text: str) -> Value | Fault:
    number = _number(column, text, places=2, low=0)
    return number if isinstance(number, Fault) else number.quantize(Decimal("0.01"))


def _percent(column: Column, text: str) -> Value | Fault:
    return _stripped(_number(column, text, places=4, low=0, high=100))


def _stripped(number: Decimal | Fault) -> Decimal | Fault:
    """A number without zeros after its last decimal."""
    if isinstance(number, Fault) or number.as_tuple().exponent == 0:
        return number
    return Decimal(format(number, "f").rstrip("0").rstrip("."))


def _number(
    column: Column, text: str, *, places: int, low: int | None = None, high: int | None = None
) -> Decimal | Fault:
    low = column.low if column.low is not None else low
    high = column.high if column.high is not None else high

    def fault(code: str, message: str) -> Fault:
        return Fault(code, message, _allowed_number(places, low, high))

    if not _NUMBER.fullmatch(text):
        return fault(*_unreadable_number(text))
    whole, _dot, fraction = text.lstrip("-").partition(".")
    if len(fraction) > places:
        code = "integer-needed" if places == 0 else "too-many-places"
        return fault(code, _("The number has too many decimals."))
    if len(whole.lstrip("0")) + places > MAX_DIGITS:
        return fault("number-too-long", _("The number has too many digits."))
    number = Decimal(text) + 0  # + 0: there is no minus zero
    if low == 0 and number < 0:
        return fault("number-negative", _("The number is negative."))
    if (low is not None and number < low) or (high is not None and number > high):
        return fault("number-out-of-range", _("The number is out of range."))
    return number


def _unreadable_number(text: str) -> tuple[str, str]:
    """Why `text` is no number: code and message."""
    if _GROUPED.fullmatch(text):
        return "thousands-separator", _("The number has separators between its thousands.")
    if re.fullmatch(r"[-−]?[0-9]+,[0-9]+", text):
        return "decimal-comma", _("The number has a comma before its decimals.")
    return "number-unreadable", _("This is not a number in the form of the dossier.")


def _allowed_number(places: int, low: int | None, high: int | None) -> str:
    if places == 0:
        form = _("a whole number, digits only")
    else:
        form = _("digits with a point before at most {places} decimals, for example {example}").format(
            places=places, example="1234.5"
        )
    if low is not None and high is not None:
        return form + _(", from {low} to {high}").format(low=low, high=high)
    if low is not None:
        return form + _(", {low} or more").format(low=low)
    return form


_PARSERS: dict[ColumnType, Callable[[Column, str], Value | Fault]] = {
    "text": _text,
    "list": _list,
    "yes_no": _yes_no,
    "choice": _choice,
    "date": _date,
    "integer": _integer,
    "decimal": _decimal,
    "money": _money,
    "percent": _percent,
}


def text_of(value: Value) -> str:
    """The text by which every form states `value`; parsing it gives the same value."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case tuple():
            return ";".join(value)
        case _:
            return str(value)
