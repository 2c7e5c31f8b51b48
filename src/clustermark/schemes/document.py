"""The scheme document: what a scheme file says, as frozen data.

One file holds one scheme: its sources, facts, indicators, gates, levels and the rules for validity,
disclosure and panels. `docs/scheme-format.md` explains every field to a person who writes one.
Rules that need more than one field (names that must exist, expressions that must parse) are in
`clustermark.schemes.check`; this module knows shapes only.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from clustermark.ground.documents import Document, Number
from clustermark.ground.texts import gettext as _
from clustermark.schemes.composite import Composite
from clustermark.schemes.improvement import Improvement
from clustermark.schemes.shapes import Code, Mark, Name, Origin, Origins, SchemeId, Source, Text, Unit
from clustermark.schemes.surveillance import Surveillance

__all__ = [
    "Code",
    "Mark",
    "Name",
    "Origin",
    "Origins",
    "SchemeDocument",
    "SchemeId",
    "Source",
    "Text",
    "Unit",
]


class Dimension(Document):
    """A group of indicators."""

    code: Code
    title: Text


class Fact(Document):
    """A number aggregated from one table or standard view of the dossier.

    `value` is one aggregate in the fact dialect, e.g. ``count(*) filter (where committed)``.
    """

    from_: Annotated[str, Field(alias="from")]
    value: str
    title: Text


class ChecklistItem(Document):
    """One point of a checklist: holds when the condition over facts is true."""

    item: Name
    title: Text
    when: str


class Indicator(Document):
    """One key indicator with exactly one scale: `measure`, `rubric` or `checklist`.

    `bands` are the edges of bands 1, 2, …: lower edges when `direction` is up, upper limits when it is
    down; a value equal to an edge is in the band. `points` gives the points of bands 0, 1, 2, …
    (default: the number of the band). An indicator that is not `scored` earns no points and counts
    only through its required value. `check` is a figure over facts that informs the rating of a `rubric` and is
    shown beside it; it earns nothing by itself.
    """

    code: Code
    title: Text
    dimension: Code
    counts: Text
    measure: str | None = None
    rubric: list[Text] | None = None
    check: str | None = None
    checklist: list[ChecklistItem] | None = None
    unit: Name
    decimals: Annotated[int, Field(ge=0, le=6)] = 4
    direction: Literal["up", "down"] = "up"
    bands: list[Number] = []
    points: list[Number] | None = None
    scored: bool = True
    required: Number | None = None
    minimum: bool = False
    evidence: list[Text] = []
    advice: Text | None = None
    origin: Origins

    @model_validator(mode="after")
    def _one_scale(self) -> Self:
        if sum(scale is not None for scale in (self.measure, self.rubric, self.checklist)) != 1:
            raise ValueError(_("Exactly one of measure, rubric and checklist is needed."))
        if self.check is not None and self.rubric is None:
            raise ValueError(_("A check stands beside a rubric."))
        return self

    @property
    def scale(self) -> Literal["measure", "rubric", "checklist"]:
        """Which scale the indicator is on."""
        if self.measure is not None:
            return "measure"
        return "rubric" if self.rubric is not None else "checklist"

    @property
    def band_points(self) -> list[Decimal]:
        """Points of bands 0, 1, 2, …; all zero when the indicator is not scored."""
        count = len(self.bands) + 1
        if not self.scored:
            return [Decimal(0)] * count
        return self.points or [Decimal(band) for band in range(count)]


class AllOf(Document):
    """Every rule must hold."""

    all: Annotated[list[Rule], Field(min_length=1)]


class AnyOf(Document):
    """At least one rule must hold."""

    any: Annotated[list[Rule], Field(min_length=1)]


class AtLeast(Document):
    """At least `n` of the rules must hold."""

    at_least: Annotated[int, Field(ge=1)]
    of: Annotated[list[Rule], Field(min_length=1)]


Rule = str | AllOf | AnyOf | AtLeast
"""A condition over names, or all / any / at least n of several rules."""


class Gate(Document):
    """A condition with a name that levels refer to; it earns no points."""

    gate: Name
    title: Text
    when: Rule
    supply: Text | None = None
    origin: Origins


class Level(Document):
    """A level of the label, lowest first in the file; reached when its rule holds."""

    level: Name
    title: Text
    when: Rule
    origin: Origins


class EarlierRenewal(Document):
    """What a renewal decided before a day (YYYY-MM-DD) added, where the scheme added something else then."""

    before: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
    renewal_years: Annotated[int, Field(ge=0)]


class Validity(Document):
    """How long an award is valid and how it is renewed.

    Of several rules in `earlier` that hold on a day, the one that ended first counts.
    """

    first_years: Annotated[int, Field(ge=0)]
    renewal_years: Annotated[int, Field(ge=0)] | None = None
    renewal_grace_months: Annotated[int, Field(ge=0)] | None = None
    renewal_adds_to: Literal["previous_end", "decision"] = "previous_end"
    starts: Literal["assessment", "decision"] = "assessment"
    ends: Literal["month_end", "same_day", "year_end"] = "month_end"
    earlier: list[EarlierRenewal] = []
    note: Text | None = None
    origin: Origins


class Disclosure(Document):
    """When figures about peers may be shown."""

    min_peers: Annotated[int, Field(ge=2)]
    origin: Origins


class Panel(Document):
    """Who assesses: number of experts, cooling-off years, days on site."""

    experts: Annotated[int, Field(ge=1)]
    cooling_off_years: Annotated[int, Field(ge=0)]
    same_country_allowed: bool = True
    site_days_first: Annotated[int, Field(ge=0)] | None = None
    site_days_renewal: Annotated[int, Field(ge=0)] | None = None
    origin: Origins


Days = Annotated[int, Field(ge=1)]


class Terms(Document):
    """Days that each step of a case may take; a step without a term has none.

    `hearing`, `objection` and `appeal` are terms of the cluster, `correction` is that of a condition, the rest bind
    whoever acts next (see `clustermark.casework`).
    """

    eligibility_days: Days | None = None
    completion_days: Days | None = None
    panel_days: Days | None = None
    objection_days: Days | None = None
    declaration_days: Days | None = None
    review_days: Days | None = None
    clarification_days: Days | None = None
    visit_days: Days | None = None
    rating_days: Days | None = None
    consensus_days: Days | None = None
    report_days: Days | None = None
    hearing_days: Days | None = None
    recommendation_days: Days | None = None
    decision_days: Days | None = None
    correction_days: Days | None = None
    appeal_days: Days | None = None
    origin: Origins


class Fee(Document):
    """One line of the price list."""

    item: Name
    title: Text
    amount: Number
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    origin: Origins


class Owner(Document):
    """Who owns the scheme, and whether the owner has endorsed this file."""

    name: str
    url: str | None = None
    endorsed: bool = False


class Change(Document):
    """One stated change to an inherited indicator, gate or level, with its reason."""

    indicator: Code
    set: dict[str, object]
    reason: Text


class Extends(Document):
    """The scheme whose indicators are taken, pinned to its digest, and every change to them."""

    scheme: SchemeId
    digest: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    drop: list[Code] = []
    changes: list[Change] = []


class SchemeDocument(Document):
    """A whole scheme, resolved: everything it takes from another scheme stands in it."""

    scheme: SchemeId
    version: str
    title: Text
    summary: Text
    owner: Owner
    notice: Text
    languages: list[Literal["en", "ru", "de"]]
    sources: dict[str, Source]
    extends: Extends | None = None
    units: dict[Name, Unit] = {}
    dimensions: list[Dimension] = []
    facts: dict[Name, Fact] = {}
    indicators: list[Indicator] = []
    gates: list[Gate] = []
    composite: Composite | None = None
    levels: list[Level]
    improvement: Improvement | None = None
    validity: Validity | None = None
    surveillance: Surveillance | None = None
    disclosure: Disclosure
    panel: Panel | None = None
    terms: Terms | None = None
    fees: list[Fee] = []
