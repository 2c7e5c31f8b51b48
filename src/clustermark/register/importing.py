"""Import of an owner's old list: a dry run that shows every problem and every duplicate, then the entries.

A list is a CSV file or the first sheet of an `.xlsx` workbook with one award a row. Nothing is guessed: a gap
stays a gap, and two rows that may be the same award are shown, never merged.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from clustermark.dossiers.raw import shortened
from clustermark.ground.problems import Place, Problem, ProblemList, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.register.entries import Certificate, Mark, Register, register_problems
from clustermark.register.lists import NEEDED, list_rows
from clustermark.register.places import country_of
from clustermark.register.sectors import sector_of

LEVELS = ("bronze", "silver", "gold")
_DATES = ("applied_on", "decided_on", "valid_from", "valid_until")
_LEGAL = re.compile(r"\b(e v|ev|gmbh|ag|ltd|llc|inc|asbl|vzw|ry|as|sa|srl|the|der|die|das)\b")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two awards that may be one: a row of the list, and another row or a certificate of the register.

    `other` says where the other stands; `same_name` is false where the names agree only without accents, punctuation
    and legal forms.
    """

    row: int
    holder: str
    country: str | None
    level: str
    day: str
    other: str
    other_holder: str
    other_day: str
    same_name: bool


@dataclass(slots=True)
class Import:
    """What a dry run found: the certificates that would be entered (by row), duplicates, and problems."""

    file: str
    certificates: dict[int, Certificate] = field(default_factory=dict)
    duplicates: list[Duplicate] = field(default_factory=list)
    problems: ProblemList = field(default_factory=ProblemList)


def read_list(
    path: Path, *, into: Register | None = None, mark: Mark = "imported", levels: Sequence[str] = LEVELS
) -> Import:
    """Read the list at `path` without entering anything; `into` is the register that duplicates are looked for in.

    Rows with a level that is not one of `levels` are left out with a warning. Raises ProblemsError only for a file that
    cannot be read at all.
    """
    found = Import(path.name)
    for row, cells in list_rows(path, found.problems):
        certificate = _Reader(found, row, cells, levels, mark).certificate()
        if certificate is not None:
            found.certificates[row] = certificate
    _number(found, into)
    found.duplicates = list(_duplicates(found, into))
    return found


def enter(register: Register, found: Import, *, duplicates: Literal["refuse", "keep", "skip"]) -> Register:
    """The register with the certificates of a list.

    Raises ProblemsError when the list has errors, has duplicates and it was not said what to do with them, names a
    number that is taken, or does not belong into this register (made-up beside real, unofficial beside official).
    """
    found.problems.raise_errors()
    if found.duplicates and duplicates == "refuse":
        message = _("The list has awards that may be entered twice; say whether to keep or to skip them.")
        raise ProblemsError([Problem("duplicates", message, Place(found.file), str(len(found.duplicates)))])
    skipped = {duplicate.row for duplicate in found.duplicates} if duplicates == "skip" else set()
    added = [item for row, item in found.certificates.items() if row not in skipped]
    made = register.model_copy(update={"certificates": [*register.certificates, *added]})
    problems = list(register_problems(made, file=found.file))
    if problems:
        raise ProblemsError(problems)
    return made


class _Reader:
    """Reads one row; everything that is wrong in it becomes a problem with its place."""

    def __init__(
        self,
        found: Import,
        row: int,
        cells: Mapping[str, tuple[str, str]],
        levels: Sequence[str],
        mark: Mark,
    ) -> None:
        self.found, self.row, self.cells, self.levels, self.mark = found, row, cells, levels, mark
        self.errors = 0

    def certificate(self) -> Certificate | None:
        """The certificate of the row; None when it has errors or is left out."""
        for name in NEEDED:
            if name not in self.cells:
                self.problem("cell-missing", _("This must be stated."), name)
        days = {name: self.day(name) for name in _DATES}
        year = self.year()
        country = self.country()
        level = self.level()
        holder = self.text("holder")
        if self.errors or level is None or holder is None:
            return None
        try:
            return Certificate(
                number=self.text("number") or "none",
                holder_id=self.text("holder_id") or f"{(country or '-').lower()}:{_light(holder)}",
                holder=holder,
                country=country,
                region=self.text("region"),
                sector=sector_of(self.text("sector")),
                scheme=self.text("scheme"),
                level=level,
                year=year,
                previous=self.text("previous"),
                mark=self.mark,
                source=self.text("source"),
                applied_on=days["applied_on"],
                decided_on=days["decided_on"],
                valid_from=days["valid_from"],
                valid_until=days["valid_until"],
            )
        except ValidationError as error:
            for item in error.errors():
                message = _("The row cannot be entered: {reason}.")
                reason = item["msg"].removeprefix("Value error, ").rstrip(".")
                where = str(item["loc"][0]) if item["loc"] else None
                self.problem("row-form", message.format(reason=reason), where)
            return None

    def text(self, name: str) -> str | None:
        return self.cells[name][1] if name in self.cells else None

    def day(self, name: str) -> date | None:
        text = self.text(name)
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.problem("date-unreadable", _("This is not a date."), name, allowed="YYYY-MM-DD")
            return None

    def year(self) -> int | None:
        text = self.text("year")
        if text is None or (text.isascii() and text.isdigit() and 1900 <= int(text) <= 2200):
            return None if text is None else int(text)
        self.problem("year-unreadable", _("This is not a year."), "year", allowed="1900–2200")
        return None

    def country(self) -> str | None:
        text = self.text("country")
        code = None if text is None else country_of(text)
        if text is None:
            self.problem("country-missing", _("The country is not stated."), "country", warning=True)
        elif code is None:
            allowed = _("a code of two letters, or a name in English, German or Russian")
            self.problem("country-unknown", _("There is no such country."), "country", allowed=allowed)
        return code

    def level(self) -> str | None:
        text = self.text("level")
        if text is None or text.casefold() in self.levels:
            return None if text is None else text.casefold()
        message = _("This is not one of the levels; the row is left out.")
        self.problem("level-unknown", message, "level", allowed=", ".join(self.levels), warning=True)
        return None

    def problem(
        self, code: str, message: str, name: str | None, *, allowed: str | None = None, warning: bool = False
    ) -> None:
        heading, text = self.cells.get(name or "", (name, None))
        place = Place(self.found.file, row=self.row, column=heading)
        shown = None if text is None else shortened(text)
        self.found.problems.add(
            Problem(code, message, place, shown, allowed, "warning" if warning else "error")
        )
        self.errors += not warning


def _number(found: Import, into: Register | None) -> None:
    """Give every certificate without a number one made from its content: the same list gives the same numbers."""
    taken = {item.number for item in into.certificates} if into else set()
    taken |= {item.number for item in found.certificates.values()}
    for row, item in found.certificates.items():
        if item.number != "none":
            continue
        content = "|".join(str(part) for part in (_light(item.holder), item.country, item.level, _day(item)))
        stem = "L-" + hashlib.sha256(content.encode()).hexdigest()[:10]
        number, count = stem, 1
        while number in taken:
            count += 1
            number = f"{stem}-{count}"
        taken.add(number)
        found.certificates[row] = item.model_copy(update={"number": number})


def _duplicates(found: Import, into: Register | None) -> Iterator[Duplicate]:
    """Each row beside the first award before it of the same name, country and level that no date tells apart."""
    seen: dict[tuple[str, str | None, str], list[tuple[str, Certificate]]] = {}
    for item in into.certificates if into else ():
        place = _("register, {number}").format(number=item.number)
        seen.setdefault((_strong(item.holder), item.country, item.level), []).append((place, item))
    for row, item in found.certificates.items():
        same = seen.setdefault((_strong(item.holder), item.country, item.level), [])
        for place, other in same:
            if _may_be_one(item, other):
                yield Duplicate(
                    row=row,
                    holder=item.holder,
                    country=item.country,
                    level=item.level,
                    day=_day(item),
                    other=place,
                    other_holder=other.holder,
                    other_day=_day(other),
                    same_name=_light(item.holder) == _light(other.holder),
                )
                break
        same.append((_("row {row}").format(row=row), item))


def _may_be_one(one: Certificate, other: Certificate) -> bool:
    if one.decided_on and other.decided_on:
        return one.decided_on == other.decided_on
    return None in (one.decided_year, other.decided_year) or one.decided_year == other.decided_year


def _day(item: Certificate) -> str:
    return item.decided_on.isoformat() if item.decided_on else str(item.year or "–")


def _light(name: str) -> str:
    """A name without differences of case and white space: by it, awards of one holder are told to be of one."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())[:250]


def _strong(name: str) -> str:
    """A name without accents, punctuation and legal forms: by it, awards that may be the same are found."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", _light(name)) if not unicodedata.combining(sign)
    )
    return " ".join(_LEGAL.sub(" ", re.sub(r"[\W_]+", " ", plain)).split())
