"""The sections of analyses: each built from the frozen document of its analysis, nothing worked out anew."""

from __future__ import annotations

from clustermark.reports.analyses import Analyses
from clustermark.reports.section import Section
from clustermark.scoring.scorecard import Scorecard


def sections_of(analyses: Analyses, scorecard: Scorecard) -> list[Section]:
    """The sections of the analyses at hand, in the order in which a reader asks: who, where, how sure, how on."""
    found = []
    if analyses.overrides is not None:
        from clustermark.reports.sections.overrides import overrides_section  # noqa: PLC0415 - only where there are any

        found.append(overrides_section(analyses.overrides))
    if analyses.agreement is not None:
        from clustermark.reports.sections.agreement import agreement_section  # noqa: PLC0415 - loads NumPy

        found.append(agreement_section(analyses.agreement))
    if analyses.peers is not None:
        from clustermark.reports.sections.peers import peers_section  # noqa: PLC0415 - loads NumPy

        found.append(
            peers_section(analyses.peers, {score.code: score.unit for score in scorecard.indicators})
        )
    if analyses.robustness is not None:
        from clustermark.reports.sections.robustness import robustness_section  # noqa: PLC0415 - loads NumPy

        found.append(robustness_section(analyses.robustness))
    if analyses.plan is not None:
        from clustermark.reports.sections.plan import plan_section  # noqa: PLC0415 - only when asked for

        found.append(plan_section(analyses.plan))
    return found
