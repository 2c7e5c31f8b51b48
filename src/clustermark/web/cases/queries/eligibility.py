"""Whether an application may be admitted: the gates of its scheme, and how complete its dossier is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clustermark.ground.problems import Problem
from clustermark.scoring.scorecard import GateResult
from clustermark.web.cases.models import Case, SealedRecord
from clustermark.web.cases.queries.scorecards import scorecard_of_content
from clustermark.web.cases.queries.sealed import content_of, latest


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The check of one application. `valued` and `evidenced` count indicators of `indicators`.

    `without` are the codes and titles of indicators that have neither a value nor a claim; `record` is the sealed
    dossier, None where none was sealed.
    """

    gates: Sequence[GateResult]
    problems: Sequence[Problem]
    indicators: int
    valued: int
    evidenced: int
    without: Sequence[tuple[str, str]]
    record: SealedRecord | None

    @property
    def eligible(self) -> bool:
        """Whether every gate is met and the dossier has no errors."""
        return all(gate.met for gate in self.gates) and not any(
            one.severity == "error" for one in self.problems
        )


def eligibility_of(case: Case) -> Eligibility:
    """The check of `case` as submitted: never of what the cluster has changed since in a returned dossier."""
    record = latest(case, "dossier")
    content = content_of(record)["dossier"] if record else {"tables": {}, "files": {}}
    card, problems = scorecard_of_content(case, content, view="claim")
    evidenced = _evidenced(content["tables"].get("evidence"))
    scores = card.indicators if card else []
    return Eligibility(
        gates=card.gates if card else (),
        problems=list(problems.problems),
        indicators=len(scores),
        valued=sum(score.value is not None for score in scores),
        evidenced=sum(score.code in evidenced for score in scores),
        without=[(score.code, score.title) for score in scores if score.value is None],
        record=record,
    )


def _evidenced(table: dict[str, Any] | None) -> set[str]:
    """The codes of the indicators for which the table of evidence holds a file."""
    if not table or "indicators" not in table["header"]:
        return set()
    at = list(table["header"]).index("indicators")
    return {code.strip() for row in table["rows"] for code in row[at].split(";")}
