"""The number of a certificate: country, year and month of the decision, serial, check digits.

``RU-2017-10-0042-23``: ISO 3166-1 alpha-2 code of the holder's country, year and month of the decision, the serial
of that country and month (four digits or more), and two check digits by ISO/IEC 7064, MOD 97-10, as IBANs have them:
every single wrong character and every swap of neighbours is found.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

PATTERN = r"[A-Z]{2}-[0-9]{4}-(?:0[1-9]|1[0-2])-[0-9]{4,9}-[0-9]{2}"
_SHAPE = re.compile(PATTERN, re.ASCII)


class CertificateNumber(NamedTuple):
    """The parts of a number; `str` writes it with its check digits."""

    country: str
    year: int
    month: int
    serial: int

    def __str__(self) -> str:
        stem = f"{self.country}-{self.year:04}-{self.month:02}-{self.serial:04}"
        return f"{stem}-{_check_digits(stem):02}"


def read_number(text: str) -> CertificateNumber:
    """The number written in `text`; raises `ProblemsError` when it is not one or its check digits do not fit."""
    if not _SHAPE.fullmatch(text):
        raise _wrong(_("This is not the number of a certificate."), text)
    country, year, month, serial, _check = text.split("-")
    number = CertificateNumber(country, int(year), int(month), int(serial))
    if str(number) != text:
        raise _wrong(_("The check digits of this number do not fit: it was mistyped."), text)
    return number


def _wrong(message: str, found: str) -> ProblemsError:
    allowed = _("country, year, month, serial and check digits, such as {number}").format(
        number=CertificateNumber("RU", 2017, 10, 42)
    )
    return ProblemsError([Problem("certificate-number", message, Place("number"), found[:80], allowed)])


def _check_digits(stem: str) -> int:
    """The digits that make the whole, letters as 10 to 35, leave 1 when divided by 97."""
    digits = "".join(str(int(character, 36)) for character in stem.replace("-", ""))
    return 98 - int(digits + "00") % 97
