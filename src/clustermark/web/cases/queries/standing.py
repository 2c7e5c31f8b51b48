"""The dossier of a case as one person may see it, and where each of its indicators stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from clustermark.dossiers.tables import TABLES
from clustermark.ground.problems import Problem, ProblemList
from clustermark.ground.texts import gettext, local
from clustermark.schemes.document import Indicator
from clustermark.scoring.scorecard import DimensionScore, IndicatorScore, Scorecard
from clustermark.web.cases.models import Case, Claim, Evidence
from clustermark.web.cases.queries.dossiers import (
    KEPT_APART,
    Content,
    content_for_panel,
    sealed_content,
    working_content,
)
from clustermark.web.cases.queries.schemes import scheme_of
from clustermark.web.cases.queries.scorecards import scorecard_of_content
from clustermark.web.cases.queries.stated import claims_of, evidence_of, filled, says_none
from clustermark.web.files.models import StoredFile

EDITED_IN = frozenset({"draft", "returned"})
State = Literal["empty", "claimed", "evidenced"]


@dataclass(frozen=True, slots=True)
class DossierShown:
    """A dossier as it is shown: its content, its scorecard by the claim (None while it has errors), its problems.

    `claims` by indicator and `evidence` are what the content says, not rows to be saved.
    """

    content: Content
    card: Scorecard | None
    problems: ProblemList
    claims: dict[str, Claim]
    evidence: list[Evidence]

    def evidence_for(self, code: str) -> list[Evidence]:
        """The evidence that is used for the indicator `code`."""
        return [one for one in self.evidence if code in one.indicators]


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in the task list: empty, claimed (there is a value) or evidenced (a file proves it too)."""

    indicator: Indicator
    title: str
    score: IndicatorScore | None
    claim: Claim | None
    evidence: int
    state: State


@dataclass(frozen=True, slots=True)
class Group:
    """A dimension with its indicators and how many of them have a value, and evidence."""

    code: str
    title: str
    lines: tuple[Line, ...]
    score: DimensionScore | None

    @property
    def claimed(self) -> int:
        """How many indicators have a value."""
        return sum(line.state != "empty" for line in self.lines)

    @property
    def evidenced(self) -> int:
        """How many have a value and evidence."""
        return sum(line.state == "evidenced" for line in self.lines)


@dataclass(frozen=True, slots=True)
class TableLine:
    """A table in the list of tables: rows, whether it is stated to be empty, how many problems its cells have."""

    name: str
    title: str
    help: str
    rows: int
    empty: bool
    problems: int
    edited_at: datetime | None


def dossier_shown(case: Case, *, applicant: bool) -> DossierShown:
    """The dossier for one who may see it: the cluster's own people see the draft, others what was last submitted."""
    content = _content(case, applicant=applicant)
    card, problems = scorecard_of_content(case, content, view="claim")
    files = {
        facts["sha256"]: StoredFile(sha256=facts["sha256"], size=facts["size"])
        for facts in content["files"].values()
    }
    claims = {claim.indicator: claim for claim in claims_of(content)}
    return DossierShown(content, card, problems, claims, evidence_of(content, files))


def _content(case: Case, *, applicant: bool) -> Content:
    if case.state in EDITED_IN and applicant:
        return working_content(case)
    if case.state in EDITED_IN:
        return sealed_content(case) or {"tables": {}, "files": {}}
    return content_for_panel(case)


def groups_of(case: Case, shown: DossierShown) -> list[Group]:
    """Every indicator of the scheme by dimension, with where it stands."""
    document = scheme_of(case.edition).document
    scores = {score.code: score for score in shown.card.indicators} if shown.card else {}
    dimensions = {score.code: score for score in shown.card.dimensions} if shown.card else {}
    return [
        Group(
            dimension.code,
            local(dimension.title),
            tuple(
                _line(indicator, scores.get(indicator.code), shown)
                for indicator in document.indicators
                if indicator.dimension == dimension.code
            ),
            dimensions.get(dimension.code),
        )
        for dimension in document.dimensions
    ]


def _line(indicator: Indicator, score: IndicatorScore | None, shown: DossierShown) -> Line:
    claim = shown.claims.get(indicator.code)
    claimed = claim is not None and (claim.rating is not None or claim.value is not None)
    has_value = claimed if score is None else score.value is not None
    evidence = len(shown.evidence_for(indicator.code))
    state: State = "empty" if not has_value else "evidenced" if evidence else "claimed"
    return Line(indicator, local(indicator.title), score, claim, evidence, state)


def tables_of(shown: DossierShown, edited: dict[str, datetime]) -> list[TableLine]:
    """Every table that is edited as rows, in the order of the format."""
    lines = []
    for name, spec in TABLES.items():
        if name in KEPT_APART:
            continue
        rows = shown.content["tables"].get(name, {"rows": []})["rows"]
        lines.append(
            TableLine(
                name,
                gettext(spec.title),
                gettext(spec.help),
                sum(any(row) for row in rows) if filled(rows) else 0,
                says_none(rows),
                sum(problem.place.file == f"{name}.csv" for problem in shown.problems),
                edited.get(name),
            )
        )
    return lines


def problems_of(
    problems: Iterable[Problem], table: str
) -> dict[tuple[int | None, str | None], list[Problem]]:
    """The problems of one table by row (as the file counts, the heading is 1) and column."""
    found: dict[tuple[int | None, str | None], list[Problem]] = {}
    for problem in problems:
        if problem.place.file == f"{table}.csv":
            found.setdefault((problem.place.row, problem.place.column), []).append(problem)
    return found
