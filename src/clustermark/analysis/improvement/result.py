"""The result of a search for the path to a level, as a frozen document that says everything in words."""

from __future__ import annotations

from datetime import date
from typing import Literal

from clustermark.ground.documents import Document, Number


class FactChange(Document):
    """What one fact is and must become; `change` is the difference."""

    fact: str
    title: str
    old: Number
    new: Number
    change: Number


class Step(Document):
    """What is done about one indicator: from where to where, its effort, and what it means in records.

    `actions` are sentences; `facts` the smallest change of records that was found (empty for ratings,
    checklists and corrected values). `days` are person-days.
    """

    code: str
    title: str
    scale: Literal["measure", "rubric", "checklist"]
    unit: str
    old_value: Number | None
    new_value: Number
    old_band: int
    new_band: int
    points_gained: Number
    days: Number
    months: int
    after: list[str]
    actions: list[str]
    facts: list[FactChange]
    advice: str | None = None


class Bar(Document):
    """One bar of the timeline: months from the start of the plan; `end` is the month in which it is done."""

    code: str
    title: str
    start: int
    end: int


class Proof(Document):
    """The proof that no plan takes fewer person-days: the solver's lower bound equals the plan's days."""

    days: Number
    bound: Number
    gap: Number


class Plan(Document):
    """One plan: its steps in the scheme's order, its outcome as the kernel found it, and its timeline.

    The proof of a next-best plan is over all plans that do not contain a better one.
    """

    days: Number
    months: int
    steps: list[Step]
    points: Number
    level: str | None
    level_title: str | None
    timeline: list[Bar]
    proof: Proof
    words: str


class ConflictPart(Document):
    """One condition of a conflict: of the level, a limit, an indicator that is fixed, or a need."""

    kind: Literal["rule", "minimum", "limit", "fixed", "needs"]
    of: str
    words: str


class Fixed(Document):
    """An indicator that no plan changes, and why."""

    code: str
    title: str
    reason: str


class ChangedFact(Document):
    """A change that was asked for: a fact by its name or an indicator by its code."""

    name: str
    title: str
    old: Number | bool | None
    new: Number | bool | None


class WhatIf(Document):
    """Points and level before and after changes, with the indicators whose value or points moved."""

    changes: list[ChangedFact]
    points_before: Number
    points: Number
    level_before: str | None
    level: str | None
    level_title: str | None
    indicators: list[Moved]
    words: str


class Moved(Document):
    """An indicator that a change moved."""

    code: str
    title: str
    unit: str
    old_value: Number | None
    new_value: Number | None
    old_band: int
    new_band: int
    points_gained: Number


class ImprovementPlan(Document):
    """The path of one dossier to one level.

    `status` is ``reached`` (nothing to do), ``planned`` (`plan` is the cheapest, `alternatives` the next-best
    different ones, at most three), or ``impossible`` (`conflict` cannot hold together; `smallest` says that no
    conflict has fewer parts). With `what_if`, everything starts from the changed values.
    """

    format: Literal["clustermark-improvement/1"] = "clustermark-improvement/1"
    language: Literal["en", "ru", "de"]
    cluster: str
    scheme: str
    scheme_title: str
    scheme_digest: str
    dossier_digest: str
    view: str
    as_of: date
    points: Number
    max_points: Number
    level: str | None
    target: str
    target_title: str
    status: Literal["reached", "planned", "impossible"]
    words: str
    at_most: int
    years: int
    plan: Plan | None = None
    alternatives: list[Plan] = []
    conflict: list[ConflictPart] = []
    smallest: bool | None = None
    fixed: list[Fixed] = []
    what_if: WhatIf | None = None
    effort_from: Literal["scheme", "user", "none"]
    limit: str
    notice: str

    def to_json(self) -> str:
        """The plan as JSON text, two spaces of indent, ending in a newline."""
        return self.model_dump_json(indent=2) + "\n"
