"""The findings: what in the figures the owner of the scheme should know, in plain words, worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clustermark.analysis.audit import findings_results, findings_structure
from clustermark.analysis.audit.result import Finding, SchemeAudit, Severity

ORDER: tuple[Severity, ...] = ("serious", "notable", "note")

_PARTS: tuple[Callable[[SchemeAudit], Iterator[Finding]], ...] = (
    findings_results.find_whole,
    findings_results.find_availability,
    findings_structure.find_outliers,
    findings_structure.find_correlations,
    findings_structure.find_consistency,
    findings_structure.find_components,
    findings_structure.find_weights,
    findings_results.find_removal,
    findings_results.find_scenarios,
    findings_results.find_bunching,
    findings_results.find_agreement,
    findings_results.find_chances,
)


def findings_of(audit: SchemeAudit) -> list[Finding]:
    """All findings in the current language, serious ones first, in the order of the parts within."""
    found = [finding for part in _PARTS for finding in part(audit)]
    return sorted(found, key=lambda finding: ORDER.index(finding.severity))
