"""The analyses that a report may carry beside the scorecard."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clustermark.analysis.agreement.panel import AgreementReport
    from clustermark.analysis.improvement import ImprovementPlan
    from clustermark.analysis.peers import PeerReport
    from clustermark.analysis.robustness import Robustness
    from clustermark.casework.overrides import Overrides
    from clustermark.scoring.scorecard import Scorecard

FORMAT = "clustermark-report/1"


@dataclass(frozen=True)
class Analyses:
    """The frozen documents of the analyses asked for, in the language of the report; null: not asked for.

    `overrides` are the rules set aside in the case, where there are any.
    """

    overrides: Overrides | None = None
    agreement: AgreementReport | None = None
    peers: PeerReport | None = None
    robustness: Robustness | None = None
    plan: ImprovementPlan | None = None

    def __bool__(self) -> bool:
        return any(value is not None for value in vars(self).values())


def report_json(scorecard: Scorecard, analyses: Analyses) -> str:
    """The scorecard as JSON; with analyses, an object with the scorecard and each analysis as its own document."""
    if not analyses:
        return scorecard.to_json()
    content: dict[str, Any] = {"format": FORMAT, "scorecard": json.loads(scorecard.to_json())}
    for name, document in vars(analyses).items():
        if document is not None:
            content[name] = json.loads(document.to_json())
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
