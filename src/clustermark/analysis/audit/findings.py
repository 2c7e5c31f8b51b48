from clustermark.analysis.audit.result import Finding, SchemeAudit
def findings_of(audit: SchemeAudit) -> list[Finding]:
    return []
