"""The sealed decision record: everything that a certificate says, and nothing that it does not.

A certificate is built from this document alone, never from live rows. Its JSON Schema is
`docs/schemas/decision-record.json`; its digest stands in the credential.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from clustermark.certificates.number import PATTERN, read_number
from clustermark.ground.documents import Document, Number
from clustermark.ground.exact import digest
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import LocalText
from clustermark.ground.texts import gettext as _
from clustermark.scoring.scorecard import Scorecard

Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
Words = Annotated[str, Field(min_length=1, max_length=400)]
MAX_RECORD = 200_000
"""Characters that a file with a record may have."""


class Holder(Document):
    """The cluster organisation that holds the certificate; `country` is its ISO 3166-1 alpha-2 code."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    region: Words | None = None
    city: Words | None = None
    website: Annotated[str, Field(pattern=r"^https://[!-~]{1,400}$")] | None = None


class SchemeOfRecord(Document):
    """The scheme that the case was bound to: id, version, digest and title."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,80}$")]
    version: Annotated[str, Field(min_length=1, max_length=40)]
    digest: Digest
    title: LocalText


class PublishedPoints(Document):
    """Points, shown only with the holder's consent, given on the day `consented_on`."""

    points: Number
    max_points: Number
    consented_on: date


class PublicSummary(Document):
    """What the public may know of the scorecard.

    `indicators` were rated; `significantly_above` of `with_required_value` lie one band or more above the required
    value, `share` per cent of them (half up, one decimal; null when there are none).
    """

    indicators: Annotated[int, Field(ge=0)]
    significantly_above: Annotated[int, Field(ge=0)]
    with_required_value: Annotated[int, Field(ge=0)]
    share: Number | None = None
    published_points: PublishedPoints | None = None


def public_summary(card: Scorecard, *, consented_on: date | None = None) -> PublicSummary:
    """What the public may know of this scorecard; its points only when the holder gave consent, on that day."""
    points = None
    if consented_on is not None:
        points = PublishedPoints(points=card.points, max_points=card.max_points, consented_on=consented_on)
    counted = card.significantly_above
    return PublicSummary(
        indicators=len(card.indicators),
        significantly_above=counted.count,
        with_required_value=counted.of,
        share=counted.share,
        published_points=points,
    )


class DecisionRecord(Document):
    """A decision to award, as it was sealed.

    `notice` is what must stand on every certificate whose scheme is not endorsed by its owner or whose data are a
    sample. `valid_from` and `valid_until` are both days on which the certificate is valid. `renews` is the number of
    the certificate whose term this one continues.
    """

    format: Literal["clustermark-decision-record/1"] = "clustermark-decision-record/1"
    number: Annotated[str, Field(pattern=f"^{PATTERN}$")]
    holder: Holder
    scheme: SchemeOfRecord
    level: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")]
    level_title: LocalText
    sector: LocalText
    scope: LocalText
    decided_on: date
    valid_from: date
    valid_until: date
    decision_reference: Words
    decision_digest: Digest
    dossier_digest: Digest
    report_digest: Digest
    renews: Annotated[str, Field(pattern=f"^{PATTERN}$")] | None = None
    summary: PublicSummary
    notice: LocalText | None = None

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> DecisionRecord:
        if self.valid_until < self.valid_from:
            raise ValueError(_("The certificate would end before it begins."))
        number = read_number(self.number)
        stated = (number.country, number.year, number.month)
        if stated != (self.holder.country, self.decided_on.year, self.decided_on.month):
            raise ValueError(
                _("The number does not carry the holder's country and the month of the decision.")
            )
        for texts in (self.scheme.title, self.level_title, self.sector, self.scope, self.notice):
            if texts is not None and not all(texts.get("en", "") and text for text in texts.values()):
                raise ValueError(_("Each text needs an English version, and none may be empty."))
        counted = self.summary
        if not counted.significantly_above <= counted.with_required_value <= counted.indicators:
            raise ValueError(_("More indicators are significantly above than there are to compare."))
        return self

    @property
    def digest(self) -> str:
        """`sha256:…` over the canonical form of the record."""
        return digest(self.model_dump(mode="json", exclude_none=True))

    def to_json(self) -> str:
        """The record as JSON text, two spaces of indent, ending in a newline."""
        return self.model_dump_json(indent=2, exclude_none=True) + "\n"


def read_record(text: str, *, file: str) -> DecisionRecord:
    """The record in this JSON text; raises `ProblemsError` with everything that is wrong with it."""
    if len(text) > MAX_RECORD:
        message = _("The file is too large for a decision record.")
        raise ProblemsError([Problem("record-large", message, Place(file), allowed=str(MAX_RECORD))])
    try:
        return DecisionRecord.model_validate_json(text)
    except ValidationError as error:
        raise ProblemsError([_problem(item, file) for item in error.errors()]) from None
    except ProblemsError as error:  # the number, whose problem is told in its own words
        place = Place(file, field="number")
        raise ProblemsError(
            Problem(item.code, item.message, place, item.found, item.allowed) for item in error.problems
        ) from None


def _problem(item: Mapping[str, Any], file: str) -> Problem:
    field = ".".join(str(step) for step in item["loc"]) or None
    found = str(item["input"])[:80] if field and item["type"] != "missing" else None
    words = str(item["msg"]).removeprefix("Value error, ")
    message = _("This is not a decision record: {reason}.").format(reason=words.rstrip("."))
    return Problem("record-shape", message, Place(file, field=field), found)
