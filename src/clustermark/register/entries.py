"""What a register holds: certificates as they were awarded, and the acts of their life.

A certificate is never rewritten. Whatever happens to it later is an act with its day, its reason and the
role of whoever decided; `clustermark.register.life` tells what follows from them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from clustermark.ground.documents import Document
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _

Number = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9./-]*$", max_length=60)]
"""The number of a certificate."""

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""

Word = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f\ufffe\uffff]*$")]
"""A text of one line, without control characters."""

Mark = Literal["decision", "imported", "unofficial", "synthetic"]
"""Where an entry comes from: a decision recorded here, an owner's old list, a list that no owner has endorsed,
or a generator of samples."""

ActKind = Literal[
    "issue",
    "award_conditionally",
    "extend",
    "suspend",
    "reinstate",
    "withdraw",
    "void",
    "renew",
    "report_change",
    "surveillance_due",
    "surveillance_done",
]

PUBLIC_ACTS: frozenset[ActKind] = frozenset(
    {"issue", "award_conditionally", "extend", "suspend", "reinstate", "withdraw", "void", "renew"}
)
"""Acts that everybody may know; reports and surveillance are between the holder and the owner."""

WITH_END: frozenset[ActKind] = frozenset({"extend", "suspend", "renew"})


class Certificate(Document):
    """One award, as it was made. Dates that an old list does not have are null; nothing is made up for them.

    `year` is the year of the decision where only that is known. The first term lasts from `valid_from` to
    `valid_until`, both included. `region` is a name; `sector` is one of the scheme's sectors in the dossier's words,
    or as an old list says it. `previous` is the number of the certificate that this one renews, where a renewal has a
    number of its own.
    """

    number: Number
    holder_id: Word
    holder: Word
    country: Country | None = None
    region: Word | None = None
    sector: Word | None = None
    scheme: Word | None = None
    scheme_version: Word | None = None
    scheme_digest: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")] | None = None
    level: Word
    applied_on: date | None = None
    decided_on: date | None = None
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    previous: Number | None = None
    mark: Mark
    source: Word | None = None

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        days = [self.applied_on, self.decided_on]
        if None not in days and days[0] > days[1]:  # type: ignore[operator]  # neither is null here
            raise ValueError(_("An award cannot be decided before it was applied for."))
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(_("A term cannot end before it begins."))
        if self.decided_on and self.year not in (None, self.decided_on.year):
            raise ValueError(_("The year is not that of the decision."))
        return self

    @property
    def decided_year(self) -> int | None:
        """The year of the decision, as far as it is known."""
        return self.decided_on.year if self.decided_on else self.year


class Act(Document):
    """One act in the life of a certificate, decided or reported `on` a day.

    `until` is the last day of what the act grants: the term of a suspension, the new end of an extension or a
    renewal. `starts` is the first day of a renewed term. `change` names the kind of change that a holder reports. `by`
    is the role of who acted (board, secretariat, holder), `reference` the decision it rests on.
    """

    certificate: Number
    kind: ActKind
    on: date
    reason: Annotated[
        str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")
    ]
    by: Word
    until: date | None = None
    starts: date | None = None
    change: Word | None = None
    reference: Word | None = None

    @model_validator(mode="after")
    def _parts_of_its_kind(self) -> Self:
        if (self.until is not None) != (self.kind in WITH_END):
            raise ValueError(
                _("An end is stated for extensions, suspensions and renewals, and for nothing else.")
            )
        if (self.starts is not None) != (self.kind == "renew"):
            raise ValueError(_("The first day of a term is stated for renewals, and for nothing else."))
        if (self.change is not None) != (self.kind == "report_change"):
            raise ValueError(_("A kind of change is stated for reported changes, and for nothing else."))
        if self.starts and self.until and self.until < self.starts:
            raise ValueError(_("A term cannot end before it begins."))
        return self


class Register(Document):
    """A register: its certificates, the acts of their lives in the order in which they were decided, and its terms.

    `official` says whether the owner of the scheme keeps it; `notice` is shown wherever it is used.
    """

    format: Literal["clustermark-register/1"] = "clustermark-register/1"
    title: Word
    official: bool = False
    notice: Annotated[str, Field(min_length=1)]
    licence: Word
    certificates: list[Certificate]
    acts: list[Act] = []

    @cached_property
    def _acts_of(self) -> dict[str, list[Act]]:
        found: dict[str, list[Act]] = {}
        for act in self.acts:
            found.setdefault(act.certificate, []).append(act)
        return found

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields replaced; the index of acts is made anew."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("_acts_of", None)
        return copied

    def acts_of(self, number: str) -> list[Act]:
        """The acts of one certificate, in their order."""
        return self._acts_of.get(number, [])

    def certificate(self, number: str) -> Certificate:
        """The certificate with this number; raises ProblemsError when there is none."""
        for certificate in self.certificates:
            if certificate.number == number:
                return certificate
        message = _("The register has no certificate with this number.")
        raise ProblemsError([Problem("certificate-unknown", message, Place(self.title), found=number)])

    def known_on(self, day: date) -> Register:
        """The register as it stood at the end of a day: later acts and later awards are not in it.

        An award with a year alone is in it from the beginning of that year; one without any date always.
        """
        return self.model_copy(
            update={
                "certificates": [item for item in self.certificates if _awarded_by(item, day)],
                "acts": [act for act in self.acts if act.on <= day],
            }
        )

    def to_json(self) -> str:
        """The register as JSON text with one certificate or act a line, ending in a newline; nulls are left out."""
        head = self.model_dump(mode="json", exclude={"certificates", "acts"})
        lines = [f" {_json(name)}: {_json(value)}," for name, value in head.items()]
        for name, items in (("certificates", self.certificates), ("acts", self.acts)):
            listed = ",\n  ".join(_json(item.model_dump(mode="json", exclude_none=True)) for item in items)
            lines.append(f' "{name}": [\n  {listed}\n ]' + ("," if name == "certificates" else ""))
        return "\n".join(["{", *lines, "}"]) + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _awarded_by(certificate: Certificate, day: date) -> bool:
    if certificate.decided_on is not None:
        return certificate.decided_on <= day
    return certificate.year is None or certificate.year <= day.year


def read_register(text: str | bytes, *, file: str) -> Register:
    """The register in a JSON text; raises ProblemsError with every place where it is not one."""
    try:
        register = Register.model_validate_json(text)
    except ValidationError as error:
        raise ProblemsError(_shape_problems(error, file)) from None
    problems = list(register_problems(register, file=file))
    if problems:
        raise ProblemsError(problems)
    return register


def _shape_problems(error: ValidationError, file: str) -> list[Problem]:
    message = _("This part of the register is not as the format asks: {reason}.")
    return [
        Problem(
            "register-form",
            message.format(reason=item["msg"].removeprefix("Value error, ").rstrip(".")),
            Place(file, field=".".join(map(str, item["loc"])) or None),
        )
        for item in error.errors()[:100]
    ]


def register_problems(register: Register, *, file: str) -> Iterable[Problem]:
    """Numbers that stand twice, acts of certificates that are not there, and entries that must not stand together."""
    numbers: set[str] = set()
    for index, certificate in enumerate(register.certificates):
        if certificate.number in numbers:
            place = Place(file, field=f"certificates.{index}")
            message = _("Two certificates have the same number.")
            yield Problem("number-twice", message, place, found=certificate.number)
        numbers.add(certificate.number)
    for index, act in enumerate(register.acts):
        if act.certificate not in numbers:
            place = Place(file, field=f"acts.{index}")
            message = _("The register has no certificate with this number.")
            yield Problem("certificate-unknown", message, place, found=act.certificate)
    marks = {certificate.mark for certificate in register.certificates}
    if "synthetic" in marks and len(marks) > 1:
        message = _("Made-up and real certificates do not stand in one register.")
        yield Problem("marks-mixed", message, Place(file), found=", ".join(sorted(marks)))
    if register.official and marks & {"synthetic", "unofficial"}:
        message = _("An official register holds only what its owner has decided or taken over.")
        yield Problem("marks-unofficial", message, Place(file), found=", ".join(sorted(marks)))
